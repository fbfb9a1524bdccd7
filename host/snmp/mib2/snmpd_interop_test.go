//go:build interop && linux

package mib2_test

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"moonwire/host/network/nettest"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/mib2"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/snmptest"
)

// makeInterfaces makes the namespace that the test is in one with interfaces of several states, addresses, routes and neighbours.
func makeInterfaces(t *testing.T) {
	t.Helper()
	for line := range strings.Lines(`
ip link set lo up
ip link add veth0 address 02:00:00:00:00:01 type veth peer name veth1 address 02:00:00:00:00:02
ip link set veth0 up mtu 1400
ip link set veth1 up
ip address add 10.1.0.1/24 dev veth0
ip address add 10.1.1.1/30 dev veth0
ip address add fd00:1::1/64 dev veth0 nodad
ip link add idle0 type veth peer name idle1
ip link set idle0 alias unused
ip route add 10.9.0.0/16 via 10.1.0.2 metric 7
ip route add default via 10.1.0.3
ip neighbour add 10.1.0.2 lladdr 02:00:00:00:00:02 dev veth0
`) {
		if words := strings.Fields(line); len(words) > 0 {
			if out, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", line, err, out)
			}
		}
	}
	exec.Command("ping", "-c", "3", "-i", "0.01", "-W", "1", "-s", "2000", "10.1.0.2").Run() // nobody answers
}

// TestLinuxAsSnmpd tells of Linux what net-snmp's agent tells of it: each object that both have is compared, and counters
// that go on while they are read lie between two looks.
func TestLinuxAsSnmpd(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	makeInterfaces(t)
	host, err := mib2.New(t.Context(), mib2.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close()
	first := below(host, "")
	peer := snmptest.SnmpdOf(t, nil) // it keeps for seconds what it has read
	compared := 0
	for _, root := range []string{"2.1", "2.2.1", "31.1.1", "4.1", "4.2", "4.20", "4.22", "4.24.4.1.1", "4.24.4.1.2", "4.24.4.1.4", "4.24.4.1.5", "4.24.4.1.6",
		"4.31.1.1.3", "4.31.1.1.14", "4.31.1.1.20", "4.34.1.3", "4.34.1.4", "4.35.1.4", "5.1", "5.3", "5.14", "6.1", "6.2", "6.3", "6.4", "6.5", "6.14", "7.2",
		"4.3", "4.10", "4.17", "4.19"} {
		before := below(host, root)
		theirs := walk(t, peer.Addr, "1.3.6.1.2.1."+root)
		after := below(host, root)
		for name, ours := range before {
			text, both := theirs[name]
			if !both {
				continue
			}
			if differs[column(name)] || differs[name] {
				continue
			}
			compared++
			if !agree(ours, first[name], after[name], text) {
				t.Errorf("%s is %s, snmpd says %s", name, shown(ours), text)
			}
		}
		for name := range theirs {
			if _, both := before[name]; !both && !unknown[column(name)] {
				t.Errorf("%s is missing, snmpd says %s", name, theirs[name])
			}
		}
	}
	t.Logf("%d objects compared", compared)
	if compared < 120 {
		t.Errorf("only %d objects compared", compared)
	}
}

// unknown are columns that Linux doesn't count, for which net-snmp tells zero.
var unknown = map[string]bool{
	"2.2.1.12": true, "2.2.1.15": true, "2.2.1.18": true, "2.2.1.21": true, "31.1.1.1.3": true, "31.1.1.1.4": true, "31.1.1.1.5": true,
	"31.1.1.1.9": true, "31.1.1.1.12": true, "31.1.1.1.13": true,
}

// differs are columns and variables where net-snmp tells something else, for a reason.
var differs = map[string]bool{
	"2.2.1.11": true, "31.1.1.1.7": true, // 5.9.3 says zero for virtual Ethernet, where the kernel has counted
	"31.1.1.1.14":           true,                                    // its traps of links are off unless configured
	"31.1.1.1.18":           true,                                    // it has aliases of its own, not the kernel's
	"4.20.1.4":              true,                                    // the kernel has all-ones for broadcasts, whether or not an address was given them
	"1.3.6.1.2.1.2.2.1.5.1": true, "1.3.6.1.2.1.31.1.1.1.15.1": true, // a speed for lo, which has none
}

// column is the table and column of a name below mib-2.
func column(name string) string {
	name = strings.TrimPrefix(name, "1.3.6.1.2.1.")
	for _, table := range []string{"2.2.1.", "31.1.1.1.", "4.20.1."} {
		if rest, ok := strings.CutPrefix(name, table); ok {
			number, _, _ := strings.Cut(rest, ".")
			return table + number
		}
	}
	return name
}

// below are our variables below a name of mib-2.
func below(h *mib2.Host, root string) map[string]message.Value {
	all, view := map[string]message.Value{}, h.View()
	at := oid.MustParse(strings.TrimSuffix("1.3.6.1.2.1."+root, "."))
	for name := at; ; {
		v, ok := view.Next(name)
		if !ok || !v.Name.HasPrefix(at) {
			return all
		}
		all[v.Name.String()], name = v.Value, v.Name
	}
}

// walk is what snmpd says, as snmpwalk prints it, by name.
func walk(t *testing.T, addr, root string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for line := range strings.Lines(snmptest.Run(t, "snmpwalk", "-v2c", "-c", "public", "-On", addr, root)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), " = "); ok && !strings.HasPrefix(value, "No ") {
			all[strings.TrimPrefix(name, ".")] = value
		}
	}
	return all
}

// agree says whether snmpwalk's text is our value, or a number between what it was first and after.
func agree(ours, first, after message.Value, text string) bool {
	if shown(ours) == text {
		return true
	}
	_, digits, _ := strings.Cut(text, ": ")
	n, err := strconv.ParseUint(digits, 10, 64)
	counts := ours.Type == message.TypeCounter32 || ours.Type == message.TypeCounter64
	return err == nil && counts && first.Uint() <= n && n <= after.Uint()
}

// shown is a value as snmpwalk prints it without MIBs.
func shown(v message.Value) string {
	switch v.Type {
	case message.TypeInteger:
		return fmt.Sprintf("INTEGER: %d", v.Int())
	case message.TypeCounter32, message.TypeCounter64, message.TypeGauge32:
		return fmt.Sprintf("%s: %d", v.Type, v.Uint())
	case message.TypeTimeTicks:
		return fmt.Sprintf("Timeticks: (%d) %s", v.Uint(), message.Uptime(v.Uint()))
	case message.TypeIPAddress:
		return "IpAddress: " + v.Addr().String()
	case message.TypeObjectIdentifier:
		return "OID: ." + v.OID().String()
	}
	b := v.Bytes()
	for _, c := range b {
		if c < 32 || c > 126 {
			return fmt.Sprintf("Hex-STRING: % X", b)
		}
	}
	if len(b) == 0 {
		return `""`
	}
	return fmt.Sprintf("STRING: %q", b)
}
