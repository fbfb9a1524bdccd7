//go:build interop && unix

package facts_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"moonwire/host/mib"
	"moonwire/host/mib/facts"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/snmptest"
)

// make mibs writes the table that is built in.
func TestRegenerate(t *testing.T) {
	t.Parallel()
	anew := filepath.Join(t.TempDir(), "table.gz")
	if out, err := exec.Command("go", "run", "./generate", "-o", anew).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !bytes.Equal(unpacked(t, anew), unpacked(t, "table.gz")) {
		t.Error("table.gz is not what the sources give: make mibs")
	}
}

func unpacked(t *testing.T, file string) []byte {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// assigned is a node in pysnmp's modules: ifIndex = MibTableColumn((1, 3, 6, …
var assigned = regexp.MustCompile(`(?m)^(\w+) = (?:Mib\w+|ModuleIdentity|ObjectIdentity|NotificationType|ObjectGroup|NotificationGroup|ModuleCompliance)\(\(([\d, ]+)\).*?(?:setLabel\("(.*?)"\))?$`)

// All nodes of pysnmp's tables have their names and OIDs, both ways.
func TestPysnmpTables(t *testing.T) {
	t.Parallel()
	tree, seen := mib.New(facts.Table()), 0
	for _, folder := range []string{"pysnmp_mibs", "pysnmp/smi/mibs"} {
		files, err := filepath.Glob("/usr/lib/python3/dist-packages/" + folder + "/[A-Z]*.py")
		if err != nil || len(files) == 0 {
			t.Fatalf("no modules in %s: python3-pysnmp4 and python3-pysnmp4-mibs are needed", folder)
		}
		for _, file := range files {
			module := strings.TrimSuffix(filepath.Base(file), ".py")
			if slices.Contains([]string{"PYSNMP-MIB", "PYSNMP-SOURCE-MIB", "PYSNMP-USM-MIB", "IPATM-IPMC-MIB", "SNMPv2-SMI"}, module) ||
				strings.HasPrefix(module, "NET-SNMP-") {
				continue // pysnmp's own, those that generate corrects, net-snmp's
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range assigned.FindAllStringSubmatch(string(text), -1) {
				name := m[1]
				if m[3] != "" {
					name = m[3]
				}
				if dropped := module + "::" + name; dropped == "DLSW-MIB::null" || dropped == "SNMP-VIEW-BASED-ACM-MIB::vacmContextStatus" {
					continue
				}
				seen++
				same(t, tree, module, name, oid.MustParse(strings.ReplaceAll(m[2], ", ", ".")))
			}
		}
	}
	if seen < 20000 {
		t.Errorf("only %d nodes", seen)
	}
	t.Logf("%d nodes", seen)
}

// same says that a name leads to an OID, and back.
func same(t *testing.T, tree *mib.Tree, module, name string, o oid.OID) {
	t.Helper()
	n, err := tree.Find(module + "::" + name)
	if err != nil {
		t.Error(err)
		return
	}
	if !slices.Equal(n.OID, o) {
		t.Errorf("%s: %s, want %s", n, n.OID, o)
	}
	if back := tree.At(o); back == nil || back.Name != name {
		t.Errorf("%s: %v, want %s", o, back, name)
	}
}

// What snmptranslate reads in the texts of SNMPv2-MIB, IF-MIB, RFC1213-MIB and others is in the table.
func TestNetSNMPTexts(t *testing.T) {
	t.Parallel()
	dir, tree := snmptest.MIBs(t), mib.New(facts.Table())
	lines := regexp.MustCompile(`(?m)^"(.+?)"\s+"([\d.]+)"`)
	found := lines.FindAllStringSubmatch(snmptest.Run(t, "snmptranslate", "-M", dir, "-m", "RFC1213-MIB:IF-MIB:SNMPv2-MIB", "-Tz"), -1)
	if len(found) < 250 {
		t.Fatalf("snmptranslate prints %d nodes", len(found))
	}
	var objects []string
	for _, m := range found {
		o := oid.MustParse(m[2])
		n := tree.At(o)
		if n == nil || n.Name != m[1] {
			t.Errorf("%s is %v, snmptranslate says %s", o, n, m[1])
			continue
		}
		if named, err := tree.Find(m[1]); err != nil || !slices.Equal(named.OID, o) {
			t.Errorf("%s is %v, %v; snmptranslate says %s", m[1], named, err, o)
		}
		if n.Kind.Object() {
			objects = append(objects, n.OID.String())
		}
	}
	args := append([]string{"-M", dir, "-m", "IF-MIB:SNMPv2-MIB", "-Td", "-OS"}, objects...)
	for _, text := range strings.Split(snmptest.Run(t, "snmptranslate", args...), "::= {") {
		definition(t, tree, text)
	}
}

var clause = regexp.MustCompile(`(?m)^  (SYNTAX|MAX-ACCESS|DISPLAY-HINT|INDEX|AUGMENTS|UNITS|STATUS)\s+(.*?)\s*$`)

// definition compares an object with what snmptranslate -Td prints of it.
func definition(t *testing.T, tree *mib.Tree, text string) {
	head := regexp.MustCompile(`(?m)^([\w-]+::[\w-]+)\n`).FindStringSubmatch(text)
	if head == nil {
		return
	}
	n, err := tree.Find(head[1])
	if err != nil {
		t.Error(err)
		return
	}
	for _, m := range clause.FindAllStringSubmatch(text, -1) {
		var got string
		switch m[1] {
		case "MAX-ACCESS":
			got = n.Access.String()
		case "DISPLAY-HINT":
			got = `"` + n.Syntax.Hint + `"`
		case "INDEX":
			got = "{ " + n.IndexNames() + " }"
		case "AUGMENTS":
			got = "{ " + n.Augments.Name + " }"
		case "SYNTAX":
			if got = enumeration(n.Syntax); got == "" {
				continue
			}
			m[2] = strings.TrimPrefix(m[2], "INTEGER ")
			if strings.HasPrefix(n.Syntax.Module, "IANA") && strings.HasPrefix(got, strings.TrimSuffix(m[2], "}")) {
				continue // the registry has grown since
			}
		default:
			continue
		}
		if got != m[2] {
			t.Errorf("%s: %s is %s, snmptranslate says %s", n, m[1], got, m[2])
		}
	}
}

// enumeration is as snmptranslate prints one; "" where the type has none.
func enumeration(s *mib.Syntax) string {
	if s == nil || len(s.Enums) == 0 {
		return ""
	}
	parts := make([]string, len(s.Enums))
	for i, e := range s.Enums {
		parts[i] = e.Name + "(" + oid.OID{uint32(e.Value)}.String() + ")"
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
