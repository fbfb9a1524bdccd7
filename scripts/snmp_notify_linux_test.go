//go:build interop

package scripts_test

import (
	"os/exec"
	"strings"
	"testing"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
	"moonwire/host/snmp/snmptest"
)

// watching makes snmpd tell of links that go down or come up. It has no names of MIBs here.
func watching(sink string) []string {
	const entry = ".1.3.6.1.2.1.2.2.1."
	objects := entry + "1 " + entry + "7 " + entry + "8"
	return []string{sink + " 127.0.0.1:162 public", "createUser internal MD5 internalpass", "rouser internal", "iquerySecName internal",
		"notificationEvent up .1.3.6.1.6.3.1.1.5.4 " + objects, "notificationEvent down .1.3.6.1.6.3.1.1.5.3 " + objects,
		`monitor -r 1 -e up "up" ` + entry + "8 != 2", `monitor -r 1 -e down "down" ` + entry + "8 == 2"}
}

// TestNotificationsOfSnmpd runs the tutorials unedited beside snmpd, which shuts a real interface and tells so.
func TestNotificationsOfSnmpd(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	for _, args := range [][]string{{"link", "set", "lo", "up"}, {"link", "add", "wan0", "type", "veth", "peer", "name", "far0"},
		{"link", "set", "wan0", "up"}, {"link", "set", "far0", "up"}} {
		if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
			t.Fatalf("ip %v: %v: %s", args, err, out)
		}
	}
	for _, tt := range []struct {
		script, sink string
		want         []string
	}{
		{"21_snmp_trap", "trap2sink", []string{"interface wan0 (index ", "is down, set down by the administrator", "linkUp from 127.0.0.1"}},
		{"22_snmp_inform", "informsink", []string{"x--- response --|", ": again", "came again; answers: "}},
	} {
		agent := snmptest.SnmpdOf(t, nil, watching(tt.sink)...)
		got := tutorial(t, tt.script).with(t, network.Kernel(), map[string]any{"router": agent.Addr, "interface": "wan0", "wait": 15.0})
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", tt.script, want, got)
			}
		}
		agent.Interrupt(t)
	}
}

// tutorial finds a tutorial script.
func tutorial(t *testing.T, name string) shippedScript {
	t.Helper()
	for _, s := range shipped(t) {
		if s.name() == "tutorial/"+name {
			return s
		}
	}
	t.Fatalf("no tutorial %s", name)
	return shippedScript{}
}
