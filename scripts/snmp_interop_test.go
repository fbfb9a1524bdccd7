//go:build interop && unix

package scripts_test

import (
	"strings"
	"testing"

	"moonwire/host/snmp/snmptest"
)

// TestSNMPWalk compares the recipe's lines with snmpbulkwalk's of the same agent. Counters and clocks move meanwhile: lines in
// which two walks of snmpbulkwalk differ have to have the same name only.
func TestSNMPWalk(t *testing.T) {
	d := snmptest.SnmpdOf(t, nil)
	for _, root := range []string{"1.3.6.1.2.1.1", "1.3.6.1.2.1.2", "1.3.6.1.2.1.4", "1.3.6.1.2.1.11", "1.3.6.1.6", "1.3.6.1.2.1.1.5.0"} {
		walk := func() []string {
			return strings.Split(snmptest.Run(t, "snmpbulkwalk", "-v2c", "-c", "public", "-On", d.Addr, root), "\n")
		}
		before := walk()
		ours := strings.Split(recipe(t, "snmp_walk").with(t, nil, map[string]any{"host": d.Addr, "root": root, "numeric": true}), "\n")
		after := walk()
		if len(ours) != len(before) || len(after) != len(before) {
			t.Errorf("%s: %d lines, snmpbulkwalk printed %d and %d", root, len(ours), len(before), len(after))
			continue
		}
		for i, line := range ours {
			name, _, _ := strings.Cut(before[i], " = ")
			if line != before[i] && (before[i] == after[i] || !strings.HasPrefix(line, name+" = ")) {
				t.Errorf("%s, line %d\n got %s\nwant %s", root, i+1, line, before[i])
			}
		}
	}
}
