//go:build interop && unix

package snmptest

import (
	"fmt"
	"testing"

	"moonwire/host/network/nettest/peer"
)

// Snmpd starts net-snmp's agent by UDP and TCP. Community public reads, private writes, and each of Users does both. Lines
// of snmpd.conf may add to that. A user's keys take time to make: Snmpd makes all of Users, SnmpdOf those that are given.
func Snmpd(t *testing.T, lines ...string) *Daemon {
	t.Helper()
	return SnmpdOf(t, Users, lines...)
}

// SnmpdOf is Snmpd with some users only.
func SnmpdOf(t *testing.T, users []User, lines ...string) *Daemon {
	t.Helper()
	conf := []string{"rocommunity public", "rwcommunity private", "dontLogTCPWrappersConnects yes"}
	for _, u := range users {
		level := map[string]string{"noAuthNoPriv": "noauth", "authNoPriv": "auth", "authPriv": "priv"}[u.Level()]
		conf = append(conf, u.create(), "rwuser "+u.Name+" "+level)
	}
	dir := t.TempDir()
	configure(t, dir, "snmpd.conf", append(conf, lines...))
	return startSnmpd(t, dir, fmt.Sprintf("127.0.0.1:%d", Port(t)))
}

// Restart ends snmpd in order and starts it anew at the same address: it keeps its engine identifier and has one boot more.
func (d *Daemon) Restart(t *testing.T) {
	t.Helper()
	d.Interrupt(t)
	d.Process = startSnmpd(t, d.Dir, d.Addr).Process
}

func startSnmpd(t *testing.T, dir, addr string) *Daemon {
	t.Helper()
	p := peer.Start(t, environment(t, dir), "/usr/sbin/snmpd", "-f", "-Lo", "-I", "-smux", "udp:"+addr, "tcp:"+addr)
	p.Expect(t, "NET-SNMP version")
	return &Daemon{Process: p, Addr: addr, Dir: dir}
}
