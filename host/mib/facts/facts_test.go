package facts_test

import (
	"strings"
	"testing"

	"moonwire/host/mib"
	"moonwire/host/mib/facts"
	"moonwire/host/snmp/oid"
)

// What the RFCs say of well-known objects.
func TestTable(t *testing.T) {
	tree := mib.New(facts.Table())
	for _, tt := range []struct {
		name, oid string
		kind      mib.Kind
		access    mib.Access
		syntax    string
	}{
		{"sysDescr", "1.3.6.1.2.1.1.1", mib.Scalar, mib.ReadOnly, "DisplayString"},
		{"SNMPv2-MIB::sysName", "1.3.6.1.2.1.1.5", mib.Scalar, mib.ReadWrite, "DisplayString"},
		{"ifTable", "1.3.6.1.2.1.2.2", mib.Table, mib.NotAccessible, ""},
		{"ifEntry", "1.3.6.1.2.1.2.2.1", mib.Row, mib.NotAccessible, ""},
		{"ifHCInOctets", "1.3.6.1.2.1.31.1.1.1.6", mib.Column, mib.ReadOnly, "Counter64"},
		{"ipAddressAddr", "1.3.6.1.2.1.4.34.1.2", mib.Column, mib.NotAccessible, "InetAddress"},
		{"atNetAddress", "1.3.6.1.2.1.3.1.1.3", mib.Column, mib.ReadWrite, "NetworkAddress"},
		{"snmpTargetSpinLock", "1.3.6.1.6.3.12.1.1", mib.Scalar, mib.ReadWrite, "TestAndIncr"},
		{"snmpTrapAddress", "1.3.6.1.6.3.18.1.3", mib.Scalar, mib.AccessibleForNotify, "IpAddress"},
		{"usmStatsUnknownUserNames", "1.3.6.1.6.3.15.1.1.3", mib.Scalar, mib.ReadOnly, "Counter32"},
		{"linkDown", "1.3.6.1.6.3.1.1.5.3", mib.Notification, mib.NoAccess, ""},
		{"mib-2", "1.3.6.1.2.1", mib.Identifier, mib.NoAccess, ""},
		{"enterprises", "1.3.6.1.4.1", mib.Identifier, mib.NoAccess, ""},
		{"pimInterfaceTable", "1.3.6.1.2.1.157.1.1", mib.Table, mib.NotAccessible, ""}, // PIM-MIB is older
	} {
		n, err := tree.Find(tt.name)
		if err != nil {
			t.Error(err)
			continue
		}
		syntax := ""
		if n.Syntax != nil {
			syntax = n.Syntax.String()
		}
		if n.OID.String() != tt.oid || n.Kind != tt.kind || n.Access != tt.access || syntax != tt.syntax {
			t.Errorf("%s: %s, %s, %q, %q", tt.name, n.OID, n.Kind, n.Access, syntax)
		}
		if back := tree.At(n.OID); back == nil || back.Name != n.Name {
			t.Errorf("%s: its OID leads to %v", tt.name, back)
		}
	}
}

func TestRows(t *testing.T) {
	tree := mib.New(facts.Table())
	for _, tt := range []struct{ row, index, augments string }{
		{"ifEntry", "IF-MIB::ifIndex", "::"},
		{"ifXEntry", "IF-MIB::ifIndex", "IF-MIB::ifEntry"},
		{"ipAddressEntry", "IP-MIB::ipAddressAddrType IP-MIB::ipAddressAddr", "::"},
		{"snmpTargetAddrEntry", "SNMP-TARGET-MIB::snmpTargetAddrName implied", "::"},
		{"vacmAccessEntry", "SNMP-VIEW-BASED-ACM-MIB::vacmGroupName SNMP-VIEW-BASED-ACM-MIB::vacmAccessContextPrefix " +
			"SNMP-VIEW-BASED-ACM-MIB::vacmAccessSecurityModel SNMP-VIEW-BASED-ACM-MIB::vacmAccessSecurityLevel", "::"},
	} {
		n, err := tree.Find(tt.row)
		if err != nil {
			t.Error(err)
			continue
		}
		var parts []string
		for _, i := range n.Index {
			parts = append(parts, i.String())
			if i.Implied {
				parts = append(parts, "implied")
			}
			if i.Syntax == nil {
				t.Errorf("%s: %s has no type", tt.row, i.Ref)
			}
		}
		if got := strings.Join(parts, " "); got != tt.index || n.Augments.String() != tt.augments {
			t.Errorf("%s: index %s, augments %s", tt.row, got, n.Augments)
		}
	}
}

// Every node is found by its OID and by its module and name, and is below a place that has a name.
func TestEveryNode(t *testing.T) {
	table := facts.Table()
	tree, count := mib.New(table), 0
	for _, name := range table.Modules() {
		for _, n := range table.Module(name).Nodes {
			count++
			if found, err := tree.Find(n.String()); err != nil || found != n {
				t.Errorf("%s: found %v, %v", n, found, err)
			}
			if o, _, err := tree.Resolve(n.String() + ".0"); err != nil || o.String() != n.OID.String()+".0" {
				t.Errorf("%s.0: %s, %v", n, o, err)
			}
			if nodes, length := table.Deepest(n.OID); length != len(n.OID) || !contains(nodes, n) {
				t.Errorf("%s: its OID leads to %v", n, nodes)
			}
		}
	}
	if count < 20000 {
		t.Errorf("%d nodes", count)
	}
}

func contains(nodes []*mib.Node, n *mib.Node) bool {
	for _, o := range nodes {
		if o == n {
			return true
		}
	}
	return false
}

func TestNames(t *testing.T) {
	tree := mib.New(facts.Table())
	for text, want := range map[string]string{
		"1.3.6.1.2.1.1.3.0":       "SNMPv2-MIB::sysUpTime.0", // not sysUpTimeInstance
		"1.3.6.1.2.1.2.2.1.2.7":   "IF-MIB::ifDescr.7",       // not RFC1213-MIB's
		"1.3.6.1.4.1.99999.1":     "SNMPv2-SMI::enterprises.99999.1",
		"1.3.6.1.6.3.15.1.1.3.0":  "SNMP-USER-BASED-SM-MIB::usmStatsUnknownUserNames.0",
		"2.5.4":                   "2.5.4",
		"1.3.6.1.2.1.31.1.1.1.18": "IF-MIB::ifAlias",
	} {
		o, err := oid.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := tree.Qualified(o); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func BenchmarkName(b *testing.B) {
	tree, o := mib.New(facts.Table()), oid.MustParse("1.3.6.1.2.1.2.2.1.2.7")
	b.ReportAllocs()
	for b.Loop() {
		tree.Name(o)
	}
}

func BenchmarkResolve(b *testing.B) {
	tree := mib.New(facts.Table())
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := tree.Resolve("ifDescr.7"); err != nil {
			b.Fatal(err)
		}
	}
}
