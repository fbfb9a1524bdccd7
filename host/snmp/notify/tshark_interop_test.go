//go:build interop && unix

package notify_test

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/notify"
	"moonwire/host/snmp/snmptest"
	"moonwire/host/snmp/usm"
)

// TestTshark sends traps in all versions, and has tshark read and decrypt what left.
func TestTshark(t *testing.T) {
	t.Parallel()
	l, dir := listen(t, nil), t.TempDir()
	own := usm.NewEngine(usm.NewEngineID("sender"), 7, network.ClockFrom(ctx).Now())
	targets := []notify.Target{{Version: message.V1, Agent: netip.MustParseAddr("192.0.2.7")}, {Version: message.V2c}}
	for _, name := range []string{"open", "signed", "sealed", "old"} {
		targets = append(targets, notify.Target{Version: message.V3, User: people()[name], Engine: own})
	}
	var dump strings.Builder
	for _, to := range targets {
		to.To, to.Network, to.Community = l.Addresses()[0], "udp", []byte("public")
		b, err := notify.Send(ctx, to, linkDown)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range b {
			if i%16 == 0 {
				fmt.Fprintf(&dump, "\n%06x", i)
			}
			fmt.Fprintf(&dump, " %02x", c)
		}
		dump.WriteString("\n")
	}
	file, pcap := filepath.Join(dir, "traps.txt"), filepath.Join(dir, "traps.pcap")
	if err := os.WriteFile(file, []byte(dump.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	snmptest.Run(t, "text2pcap", "-u", "1161,162", file, pcap)
	args := []string{"-r", pcap, "-o", "snmp.display_oid:FALSE", "-T", "fields", "-E", "separator=|"}
	for _, user := range []string{`"open","MD5","","DES",""`, `"signed","SHA1","authpass12","DES",""`, `"sealed","SHA2-256","authpass12","AES256","privpass12"`,
		`"old","MD5","authpass12","DES","privpass12"`} {
		args = append(args, "-o", `uat:snmp_users:"",`+user)
	}
	for _, f := range []string{"_ws.malformed", "snmp.msgUserName", "snmp.v3.auth", "snmp.generic_trap", "snmp.agent_addr", "snmp.time_stamp", "snmp.name",
		"snmp.value.oid", "snmp.value.timeticks"} {
		args = append(args, "-e", f)
	}
	const variables = "1.3.6.1.2.1.1.3.0,1.3.6.1.6.3.1.1.4.1.0,1.3.6.1.2.1.2.2.1.1.2|1.3.6.1.6.3.1.1.5.3|4711"
	want := []string{"|||2|192.0.2.7|4711|1.3.6.1.2.1.2.2.1.1.2||", "||||||" + variables}
	for _, u := range []string{"open|", "signed|1", "sealed|1", "old|1"} {
		want = append(want, "|"+u+"||||"+variables)
	}
	got := strings.TrimSpace(snmptest.Run(t, "tshark", args...))
	lines := strings.Split(got, "\n")
	lines = lines[max(len(lines)-len(want), 0):] // tshark tells root what it thinks of it first
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("tshark reads\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}
