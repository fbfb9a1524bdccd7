//go:build interop && unix

package scripts_test

import (
	"bufio"
	"context"
	"io"
	"strconv"
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/snmp/snmptest"
)

// TestSNMPOfSnmpd runs the scripts about versions 1 and 2c, as they are, against net-snmp's agent.
func TestSNMPOfSnmpd(t *testing.T) {
	t.Parallel()
	agent := snmptest.SnmpdOf(t, nil, "sysContact me@example.com")
	where := whereIs(t, agent.Addr)
	for name, wants := range map[string][]string{
		"tutorial/18_snmp_get":  {"sysContact.0 = me@example.com", "sysName.0     Null", "community         \"public\""},
		"tutorial/19_snmp_bulk": {"softwareLoopback", "ifDescr, non-repeaters 0, max-repetitions 1:\n  ifDescr.1 = lo\n", "\nsysUpTime ifDescr"},
		"tutorial/20_snmp_set":  {"read back:  sysName.0 = SNMPv2R2", "seen there: look at its prompt", "sysName.0: noAccess", "sysUpTime.0: notWritable", "sysName.0: wrongType"},
		"tutorial/23_snmp_v1":   {"version 1 has no getbulk", "sysName.0 sysName.9       no_such_name  sysName.9 = noSuchInstance", "generic_trap   linkDown (2)"},
		"recipes/if_traffic":    {"lo         up"},
	} {
		args := map[string]any{"host": where["host"], "port": where["port"]}
		if name == "recipes/if_traffic" {
			args["looks"], args["interval"] = 3.0, 0.2
		}
		got := shippedAs(t, name).with(t, nil, args)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in\n%s", name, want, got)
			}
		}
	}
}

// whereIs are the arguments host and port of scripts.
func whereIs(t *testing.T, addr string) map[string]any {
	t.Helper()
	name, digits, _ := strings.Cut(addr, ":")
	port, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{"host": name, "port": float64(port)}
}

// aLab opens a lab in real time, with its hosts' agents behind ports of the loopback interface, and gives their addresses.
func aLab(t *testing.T, name string, hosts ...string) map[string]string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan error, 1)
	code := `local net, task = require "lab".open((...)), require "task"
local forwards = {}
for _, host in ipairs{select(2, ...)} do
  forwards[#forwards + 1] = assert(net:forward("127.0.0.1:0", host .. ":161", {protocol = "udp"}))
  print(host, forwards[#forwards]:address())
end
print("ready")
task.sleep(3600)`
	go func() {
		err := host.New(host.Options{Args: append([]string{name}, hosts...), Stdout: in, Stdin: strings.NewReader("")}).Run(ctx, host.Code("lab", code))
		in.CloseWithError(err)
		done <- err
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	addrs := map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) == 2 {
			addrs[words[0]] = words[1]
		}
		if lines.Text() == "ready" {
			go io.Copy(io.Discard, out)
			return addrs
		}
	}
	t.Fatal("the lab doesn't open")
	return nil
}

// TestNetSNMPOfLab has net-snmp's commands ask a router of a lab.
func TestNetSNMPOfLab(t *testing.T) {
	t.Parallel()
	addr := aLab(t, "snmp", "R2")["R2"]
	v2c := func(program string, rest ...string) string {
		t.Helper()
		return snmptest.Run(t, program, append([]string{"-v2c", "-c", "public", "-On"}, rest...)...)
	}
	wants := func(got string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("no %q in\n%s", want, got)
			}
		}
	}
	walk := v2c("snmpwalk", addr, "1.3.6.1.2.1.1")
	wants(walk, `.1.3.6.1.2.1.1.1.0 = STRING: "R2, a router of a moonwire lab"`, `.1.3.6.1.2.1.1.6.0 = STRING: "second floor"`)
	for _, repetitions := range []string{"1", "7", "50"} {
		steps, bulk := v2c("snmpwalk", addr, "1.3.6.1.2.1.4.34"), v2c("snmpbulkwalk", "-Cr"+repetitions, addr, "1.3.6.1.2.1.4.34")
		if steps != bulk || !strings.Contains(bulk, ".1.3.6.1.2.1.4.34.1.3.1.4.10.0.2.2 = INTEGER: 2") {
			t.Errorf("snmpwalk:\n%ssnmpbulkwalk -Cr%s:\n%s", steps, repetitions, bulk)
		}
	}
	wants(snmptest.Run(t, "snmpstatus", "-v2c", "-c", "public", addr), "=>[R2, a router of a moonwire lab] Up:", "Interfaces: 3,")
	netstat := snmptest.Run(t, "snmpnetstat", "-v2c", "-c", "public", "-Crn", addr)
	wants(netstat, "10.0.1.0/24                10.0.2.1                   <UG>    eth0", "fd00:0:0:3::/64                    ::                                      <U>     eth1")
	wants(snmptest.Run(t, "snmpnetstat", "-v2c", "-c", "public", "-Cin", addr), "eth1   1500 10.0.3/24 10.0.3.1")
	for _, u := range []snmptest.User{{Name: "testuser", Auth: "SHA", AuthPassword: "auth12345", Priv: "AES", PrivPassword: "priv12345"},
		{Name: "testdes", Auth: "MD5", AuthPassword: "auth12345", Priv: "DES", PrivPassword: "priv12345"},
		{Name: "test256", Auth: "SHA-256", AuthPassword: "auth12345", Priv: "AES-256", PrivPassword: "priv12345"},
		{Name: "testauth", Auth: "SHA", AuthPassword: "auth12345"}, {Name: "testopen"}} {
		wants(snmptest.Run(t, "snmpget", append(u.Args(), "-On", addr, "1.3.6.1.2.1.1.5.0")...), `.1.3.6.1.2.1.1.5.0 = STRING: "R2"`)
	}
	private := []string{"-v2c", "-c", "private", "-On", addr}
	wants(snmptest.Run(t, "snmpset", append(private, "1.3.6.1.2.1.2.2.1.7.3", "i", "2", "1.3.6.1.2.1.1.5.0", "s", "core")...),
		`.1.3.6.1.2.1.1.5.0 = STRING: "core"`)
	wants(v2c("snmpget", addr, "1.3.6.1.2.1.2.2.1.8.3", "1.3.6.1.2.1.1.5.0"), ".8.3 = INTEGER: 2", `"core"`)
	text, code := snmptest.Try(t, "snmpset", append(private, "1.3.6.1.2.1.1.5.0", "s", "again", "1.3.6.1.2.1.1.3.0", "t", "5")...)
	if code == 0 || !strings.Contains(text, "notWritable") {
		t.Errorf("%d: %s", code, text)
	}
	wants(v2c("snmpget", addr, "1.3.6.1.2.1.1.5.0"), `"core"`)
}
