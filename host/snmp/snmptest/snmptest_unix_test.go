//go:build interop && unix

package snmptest_test

import (
	"strings"
	"testing"

	"moonwire/host/snmp/snmptest"
)

const sysServices = ".1.3.6.1.2.1.1.7.0"

func contains(t *testing.T, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Errorf("%q is not in:\n%s", part, text)
	}
}

func TestSnmpd(t *testing.T) {
	t.Parallel()
	agent := snmptest.Snmpd(t, "sysServices 72")
	get := func(where string, args ...string) string {
		return snmptest.Run(t, "snmpget", append(args, "-On", where, sysServices)...)
	}
	contains(t, get(agent.Addr, "-v2c", "-c", "public"), "= INTEGER: 72")
	contains(t, get("tcp:"+agent.Addr, "-v1", "-c", "public"), "= INTEGER: 72")
	for _, u := range snmptest.Users {
		contains(t, get(agent.Addr, u.Args()...), "= INTEGER: 72")
	}
	set := func(args ...string) string {
		text, _ := snmptest.Try(t, "snmpset", append(args, "-On", agent.Addr, ".1.3.6.1.2.1.1.5.0", "s", "R2")...)
		return text
	}
	contains(t, set("-v2c", "-c", "public"), "noAccess")
	contains(t, set("-v2c", "-c", "private"), `"R2"`)

	engine := func() (id, boots string) {
		const head = ".1.3.6.1.6.3.10.2.1."
		text := snmptest.Run(t, "snmpget", append(snmptest.FindUser("sha").Args(), "-On", agent.Addr, head+"1.0", head+"2.0")...)
		id, boots, _ = strings.Cut(text, head+"2.0")
		return id, boots
	}
	id, boots := engine()
	agent.Restart(t)
	if id2, boots2 := engine(); id != id2 || boots == boots2 {
		t.Errorf("before the restart %s boots%s, after it %s boots%s", id, boots, id2, boots2)
	}
}

func TestSnmptrapd(t *testing.T) {
	t.Parallel()
	user := snmptest.FindUser("sha-256+aes")
	trapd := snmptest.Snmptrapd(t, []snmptest.User{user}, `createUser -e 0x8000000001020304 trapper SHA "authpass12"`, "authUser log trapper auth")
	const link = ".1.3.6.1.6.3.1.1.5.3"
	variable := []string{".1.3.6.1.2.1.2.2.1.1.7", "i", "7"}
	snmptest.Run(t, "snmptrap", append([]string{"-v1", "-c", "public", trapd.Addr, ".1.3.6.1.4.1.8072.9999", "192.0.2.1", "6", "17", "100"}, variable...)...)
	trapd.Expect(t, "TRAP1 .1.3.6.1.4.1.8072.9999 6 .17 192.0.2.1 | .1.3.6.1.2.1.2.2.1.1.7 = INTEGER: 7")
	snmptest.Run(t, "snmpinform", append(append(user.Args(), trapd.Addr, "100", link), variable...)...)
	trapd.Expect(t, "user sha-256+aes")
	snmptest.Run(t, "snmptrap", append([]string{"-v3", "-e", "0x8000000001020304", "-u", "trapper", "-l", "authNoPriv", "-a", "SHA", "-A", "authpass12", trapd.Addr, "100", link}, variable...)...)
	trapd.Expect(t, "user trapper")
}

func TestSnmpsimAndPysnmp(t *testing.T) {
	t.Parallel()
	sim := snmptest.Snmpsim(t, map[string]string{"public.snmprec": "1.3.6.1.2.1.1.7.0|2|72\n"})
	host, port, _ := strings.Cut(sim.Addr, ":")
	text := snmptest.Pysnmp(t, `
import sys
from pysnmp.hlapi import *
e, status, index, vars = next(getCmd(SnmpEngine(), CommunityData("public"), UdpTransportTarget((sys.argv[1], int(sys.argv[2])), timeout=5),
    ContextData(), ObjectType(ObjectIdentity("1.3.6.1.2.1.1.7.0"))))
print(e, status, [int(v[1]) for v in vars])
`, host, port)
	contains(t, text, "None 0 [72]")
}
