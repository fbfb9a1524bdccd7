//go:build interop && unix

package snmptest

import (
	"fmt"
	"testing"

	"moonwire/host/network/nettest/peer"
)

// Snmptrapd starts net-snmp's receiver by UDP and TCP. It takes notifications of community public and, for informs, of each
// of users; traps of version 3 need a line such as `createUser -e 0x8000000001020304 NAME …` beside `authUser log NAME`,
// since there the sender's engine has the say. A notification is a line in its log that begins with TRAP1 or TRAP2:
//
//	TRAP1 enterprise generic specific agent | variables
//	TRAP2 user level community | variables
func Snmptrapd(t *testing.T, users []User, lines ...string) *Daemon {
	t.Helper()
	conf := []string{"authCommunity log,execute,net public", "doNotLogTraps no",
		`format1 TRAP1 %N %w %q %a | %v\n`, `format2 TRAP2 %u %x %P | %v\n`}
	for _, u := range users {
		level := map[string]string{"noAuthNoPriv": "noauth", "authNoPriv": "auth", "authPriv": "priv"}[u.Level()]
		conf = append(conf, u.create(), "authUser log "+u.Name+" "+level)
	}
	dir, addr := t.TempDir(), fmt.Sprintf("127.0.0.1:%d", Port(t))
	configure(t, dir, "snmptrapd.conf", append(conf, lines...))
	p := peer.Start(t, environment(t, dir), "/usr/sbin/snmptrapd", "-f", "-Lo", "-On", "-n", "udp:"+addr, "tcp:"+addr)
	p.Expect(t, "NET-SNMP version")
	taken(t, p, addr)
	return &Daemon{Process: p, Addr: addr, Dir: dir}
}
