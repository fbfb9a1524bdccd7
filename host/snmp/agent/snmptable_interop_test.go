//go:build interop && unix

package agent_test

import (
	"fmt"
	"strings"
	"testing"

	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/snmptest"
)

// TestSNMPTable has snmptable print rows of ours, one of which lacks a column.
func TestSNMPTable(t *testing.T) {
	t.Parallel()
	var vars []message.Var
	for row := 1; row <= 40; row++ {
		cell := func(column int, v message.Value) {
			vars = append(vars, variable(fmt.Sprintf("1.3.6.1.2.1.2.2.1.%d.%d", column, row), v))
		}
		cell(1, message.Integer(int64(row)))
		cell(2, message.Text(fmt.Sprintf("eth%d", row)))
		if row != 7 {
			cell(4, message.Integer(1500))
		}
		cell(8, message.Integer(int64(1+row%2)))
		cell(10, message.Counter32(uint32(row)<<26))
	}
	_, addr := start(t, agent.Options{Trees: tree(t, vars...), Communities: []agent.Community{{Name: "public", Rules: []agent.Rule{agent.Full}}}})
	printed := snmptest.Run(t, "snmptable", "-M", snmptest.MIBs(t), "-m", "IF-MIB", "-v2c", "-c", "public", "-Cf", "|", "-Oe", addr, "ifTable")
	_, printed, _ = strings.Cut(printed, "\n\n")
	lines := strings.Split(strings.TrimSpace(printed), "\n")
	if len(lines) != 41 {
		t.Fatalf("%d lines:\n%s", len(lines), printed)
	}
	names := strings.Split(lines[0], "|")
	for i, line := range lines[1:] {
		row := map[string]string{}
		for j, text := range strings.Split(line, "|") {
			row[names[j]] = text
		}
		mtu := "1500"
		if i+1 == 7 {
			mtu = "?"
		}
		want := fmt.Sprintf("%d eth%d %s %d %d", i+1, i+1, mtu, 1+(i+1)%2, (i+1)<<26)
		if got := strings.Join([]string{row["ifIndex"], row["ifDescr"], row["ifMtu"], row["ifOperStatus"], row["ifInOctets"]}, " "); got != want {
			t.Errorf("row %d: %q, want %q", i+1, got, want)
		}
	}
}
