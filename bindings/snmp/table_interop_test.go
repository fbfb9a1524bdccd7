//go:build interop && unix

package snmp_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/hosttest"
	"moonwire/host/snmp/snmptest"
)

// A mibTable is what snmptable has to be told of a table: this machine has no MIB files.
type mibTable struct {
	name, parent string // parent below mib-2
	index        []string
	columns      []mibColumn
}

type mibColumn struct {
	name   string
	number int
	syntax string
}

// mibTables are some that snmpd serves, with columns that stay the same for a while.
var mibTables = []mibTable{
	{"ifTable", "2 2", []string{"ifIndex"}, []mibColumn{{"ifIndex", 1, "INTEGER"}, {"ifDescr", 2, "Text"}, {"ifMtu", 4, "INTEGER"},
		{"ifSpeed", 5, "Gauge32"}, {"ifAdminStatus", 7, "INTEGER { up(1), down(2), testing(3) }"},
		{"ifOperStatus", 8, "INTEGER { up(1), down(2), testing(3), unknown(4), dormant(5), notPresent(6), lowerLayerDown(7) }"}}},
	{"sysORTable", "1 9", []string{"sysORIndex"}, []mibColumn{{"sysORDescr", 3, "Text"}}},
	{"ipAddrTable", "4 20", []string{"ipAdEntAddr"}, []mibColumn{{"ipAdEntAddr", 1, "IpAddress"}, {"ipAdEntIfIndex", 2, "INTEGER"},
		{"ipAdEntNetMask", 3, "IpAddress"}, {"ipAdEntBcastAddr", 4, "INTEGER"}}},
	{"hrDeviceTable", "25 3 2", []string{"hrDeviceIndex"}, []mibColumn{{"hrDeviceIndex", 1, "INTEGER"}, {"hrDeviceDescr", 3, "Text"}}},
}

// text writes a module that stands alone: it imports nothing.
func (t mibTable) text() string {
	var b strings.Builder
	b.WriteString("TEST-MIB DEFINITIONS ::= BEGIN\norg OBJECT IDENTIFIER ::= { iso 3 }\nmib-2 OBJECT IDENTIFIER ::= { org 6 1 2 1 }\n" +
		"Text ::= TEXTUAL-CONVENTION DISPLAY-HINT \"255a\" STATUS current DESCRIPTION \"text\" SYNTAX OCTET STRING\n")
	object := func(name, syntax, access, more, at string) {
		fmt.Fprintf(&b, "%s OBJECT-TYPE SYNTAX %s MAX-ACCESS %s STATUS current DESCRIPTION \"\" %s ::= { %s }\n", name, syntax, access, more, at)
	}
	row := strings.TrimSuffix(t.name, "Table") + "Entry"
	sequence := strings.ToUpper(row[:1]) + row[1:]
	fmt.Fprintf(&b, "place OBJECT IDENTIFIER ::= { mib-2 %s }\n", t.parent[:strings.LastIndex(t.parent, " ")])
	object(t.name, "SEQUENCE OF "+sequence, "not-accessible", "", "place "+t.parent[strings.LastIndex(t.parent, " ")+1:])
	object(row, sequence, "not-accessible", "INDEX { "+strings.Join(t.index, ", ")+" }", t.name+" 1")
	fmt.Fprintf(&b, "%s ::= SEQUENCE { x INTEGER }\n", sequence)
	if t.columns[0].name != t.index[0] {
		object(t.index[0], "INTEGER", "not-accessible", "", row+" 1")
	}
	for _, c := range t.columns {
		object(c.name, c.syntax, "read-only", "", fmt.Sprintf("%s %d", row, c.number))
	}
	return b.String() + "END\n"
}

// TestTables compares tables with snmptable's, column by column.
func TestTables(t *testing.T) {
	t.Parallel()
	d := snmptest.SnmpdOf(t, nil)
	for _, table := range mibTables {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "TEST-MIB.txt"), []byte(table.text()), 0o644); err != nil {
			t.Fatal(err)
		}
		theirs := snmptest.Run(t, "snmptable", "-M", dir, "-m", "TEST-MIB", "-v2c", "-c", "public", "-Cf", "|", d.Addr, table.name)
		_, theirs, _ = strings.Cut(theirs, "\n\n")
		var lines []string
		for line := range strings.Lines(theirs) {
			if !strings.Contains(line, "WARNING") {
				lines = append(lines, strings.TrimRight(line, "\n"))
			}
		}
		names := make([]string, len(table.columns))
		for i, c := range table.columns {
			names[i] = c.name
		}
		ours := run(t, d.Addr, fmt.Sprintf(`
local names = {}
for name in (%q):gmatch("%%S+") do names[#names + 1] = name end
print(table.concat(names, "|"))
for _, row in ipairs(assert(assert(snmp.open{host=agent}):table(%q, {columns=names}))) do
  local line = {}
  for i, name in ipairs(names) do line[i] = row[name] and row[name].text or "?" end
  print(table.concat(line, "|"))
end`, strings.Join(names, " "), table.name))
		if len(lines) < 2 {
			t.Errorf("%s: snmptable printed no rows:\n%s", table.name, theirs)
		}
		hosttest.SameLines(t, strings.TrimRight(ours, "\n"), strings.Join(lines, "\n"))
	}
}
