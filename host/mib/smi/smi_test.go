package smi

import (
	"fmt"
	"strings"
	"testing"

	"moonwire/host/mib"
	"moonwire/host/mib/facts"
	"moonwire/host/network"
)

// known is what the runtime has without any files.
var known = mib.New(facts.Table())

// lines is a set as text: a line for each node.
func lines(s *Set) string {
	var b strings.Builder
	for _, m := range s.Modules {
		fmt.Fprintf(&b, "%s\n", m.Name)
		for _, n := range m.Nodes {
			b.WriteString("  " + line(n) + "\n")
		}
	}
	return b.String()
}

// line is a node with all that is known of it.
func line(n *mib.Node) string {
	words := []string{n.Name, n.OID.String(), n.Kind.String()}
	if n.Syntax != nil {
		words = append(words, typeText(n.Syntax))
	}
	for _, s := range []string{n.Access.String(), n.Status.String()} {
		if s != "" {
			words = append(words, s)
		}
	}
	if n.Units != "" {
		words = append(words, fmt.Sprintf("units %q", n.Units))
	}
	if n.Augments.Name != "" {
		words = append(words, "augments", n.Augments.String())
	}
	for _, x := range n.Index {
		name := x.String()
		if x.Name == "" {
			name = typeText(x.Syntax)
		}
		if x.Implied {
			name = "implied " + name
		}
		words = append(words, "by "+name)
	}
	for _, o := range n.Objects {
		words = append(words, "with "+o.String())
	}
	return strings.Join(words, " ")
}

// typeText is a type with all that is known of it.
func typeText(s *mib.Syntax) string {
	text := s.Base.String()
	if s.Name != "" {
		text = s.Module + "::" + s.Name + "=" + text
	}
	for _, e := range s.Enums {
		text += fmt.Sprintf(" %s(%d)", e.Name, e.Value)
	}
	for _, r := range s.Ranges {
		text += fmt.Sprintf(" %d..%d", r.Min, r.Max)
	}
	for _, r := range s.Sizes {
		text += fmt.Sprintf(" size %d..%d", r.Min, r.Max)
	}
	if s.Hint != "" {
		text += fmt.Sprintf(" hint %q", s.Hint)
	}
	return "[" + text + "]"
}

// told are the problems of a set, a line each.
func told(s *Set) string {
	var b strings.Builder
	for i := range s.Problems {
		fmt.Fprintf(&b, "%s %s\n", s.Problems[i].Level(), &s.Problems[i])
	}
	return b.String()
}

// same compares texts line by line.
func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got = strings.TrimSpace(got); got == strings.TrimSpace(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(strings.TrimSpace(want), "\n")
	for i := range max(len(g), len(w)) {
		var a, b string
		if i < len(g) {
			a = strings.TrimSpace(g[i])
		}
		if i < len(w) {
			b = strings.TrimSpace(w[i])
		}
		if a != b {
			t.Errorf("%s, line %d:\n got %s\nwant %s", what, i+1, a, b)
		}
	}
}

const lakeside = `LAKESIDE-OLD-MIB
lakesideOld 1.3.6.1.4.1.32473.9 identifier
oldName 1.3.6.1.4.1.32473.9.1 scalar [SNMPv2-TC::DisplayString=OctetString size 0..32 hint "255a"] read-write mandatory
oldTable 1.3.6.1.4.1.32473.9.2 table not-accessible mandatory
oldEntry 1.3.6.1.4.1.32473.9.2.1 row not-accessible mandatory by LAKESIDE-OLD-MIB::oldNumber by [Integer32 1..9]
oldNumber 1.3.6.1.4.1.32473.9.2.1.1 column [Integer32] read-only mandatory
oldState 1.3.6.1.4.1.32473.9.2.1.2 column [LAKESIDE-OLD-MIB::OldState=Integer32 off(0) on(1)] write-only optional
oldFlow 1.3.6.1.4.1.32473.9.2.1.3 column [Gauge32] read-only mandatory
oldPeer 1.3.6.1.4.1.32473.9.2.1.4 column [IpAddress] read-only mandatory
oldLeak 1.3.6.1.4.1.32473.9.0.3 notification with LAKESIDE-OLD-MIB::oldNumber with LAKESIDE-OLD-MIB::oldState
oldWarm 1.3.6.1.4.1.32473.9.7.0.0 notification
oldCold 1.3.6.1.6.3.1.1.5.1 notification
LAKESIDE-PUMP-MIB
pumpMIB 1.3.6.1.4.1.32473.2.1 module
pumpCount 1.3.6.1.4.1.32473.2.1.1 scalar [Integer32 0..16 100..100 255..512] read-only current units "pumps"
pumpTable 1.3.6.1.4.1.32473.2.1.2 table not-accessible current
pumpEntry 1.3.6.1.4.1.32473.2.1.2.1 row not-accessible current by LAKESIDE-PUMP-MIB::pumpSite by implied LAKESIDE-PUMP-MIB::pumpName
pumpSite 1.3.6.1.4.1.32473.2.1.2.1.1 column [IpAddress] not-accessible current
pumpName 1.3.6.1.4.1.32473.2.1.2.1.2 column [LAKESIDE-TC::Label=OctetString size 1..8 hint "16a"] not-accessible current
pumpState 1.3.6.1.4.1.32473.2.1.2.1.3 column [LAKESIDE-TC::PumpState=Integer32 idle(1) pumping(2) fault(-1)] read-write current
pumpMoved 1.3.6.1.4.1.32473.2.1.2.1.4 column [Counter64] read-only deprecated
pumpTank 1.3.6.1.4.1.32473.2.1.2.1.5 column [LAKESIDE-TC::Litres=Unsigned32 0..40000 hint "d-1"] read-create current
pumpFlags 1.3.6.1.4.1.32473.2.1.2.1.6 column [Bits hot(0) wet(1)] accessible-for-notify current
pumpExtraTable 1.3.6.1.4.1.32473.2.1.3 table not-accessible current
pumpExtraEntry 1.3.6.1.4.1.32473.2.1.3.1 row not-accessible current augments LAKESIDE-PUMP-MIB::pumpEntry by LAKESIDE-PUMP-MIB::pumpSite by implied LAKESIDE-PUMP-MIB::pumpName
pumpKind 1.3.6.1.4.1.32473.2.1.3.1.1 column [ObjectIdentifier] read-only current
pumpNotifications 1.3.6.1.4.1.32473.2.1.0 identifier
pumpFailed 1.3.6.1.4.1.32473.2.1.0.1 notification current with LAKESIDE-PUMP-MIB::pumpState with LAKESIDE-PUMP-MIB::pumpTank
pumpGroup 1.3.6.1.4.1.32473.2.1.4 object group current
pumpNotificationGroup 1.3.6.1.4.1.32473.2.1.5 notification group current
pumpCompliance 1.3.6.1.4.1.32473.2.1.6 compliance
pumpAgent 1.3.6.1.4.1.32473.2.1.7 capabilities
LAKESIDE-SMI
lakeside 1.3.6.1.4.1.32473 module
lakesideProducts 1.3.6.1.4.1.32473.1 identity current
lakesideMgmt 1.3.6.1.4.1.32473.2 identifier
lakesideLong 1.3.6.1.4.1.32473.3 identifier
lakesideNumber 1.3.6.1.4.1.32473.4 identifier
lakesideDeep 1.3.6.1.4.1.32473.2.7.2 identifier
lakesideOuter 1.3.6.1.4.1.32473.5 identifier
lakesideAlias 1.3.6.1.4.1.32473.2.7.2 identifier
LAKESIDE-TC
`

// TestLoad reads files whose names say nothing of their modules, in an order that none of them needs.
func TestLoad(t *testing.T) {
	t.Parallel()
	s, err := Load(t.Context(), network.OSFiles(), []string{"testdata/lakeside"}, Options{Known: known})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "nodes", lines(s), lakeside)
	same(t, "problems", told(s), "")
	var names []string
	for _, typ := range s.Modules[3].Types {
		names = append(names, typeText(typ))
	}
	same(t, "types", strings.Join(names, "\n"), `
[LAKESIDE-TC::Label=OctetString size 0..16 hint "16a"]
[LAKESIDE-TC::Litres=Unsigned32 0..40000 hint "d-1"]
[LAKESIDE-TC::PumpState=Integer32 idle(1) pumping(2) fault(-1)]`)
}

// moduleText is the text of a module with definitions below a node named top.
func moduleText(definitions string) string {
	return "EX-MIB DEFINITIONS ::= BEGIN\nIMPORTS enterprises FROM SNMPv2-SMI;\ntop OBJECT IDENTIFIER ::= { enterprises 32473 }\n" + definitions + "\nEND\n"
}

// object is the text of an OBJECT-TYPE in one line.
func object(name, syntax, number string) string {
	return name + " OBJECT-TYPE SYNTAX " + syntax + " MAX-ACCESS read-only STATUS current DESCRIPTION \"d\" ::= { top " + number + " }\n"
}
