//go:build interop

package dhcp_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/hosttest"
	"moonwire/host/network/nettest"
)

// watching runs Lua on a node while the test goes on, and returns how to wait for what it prints. The Lua says when it listens.
func watching(t *testing.T, n *nettest.Node, source string) func() []string {
	t.Helper()
	said := hosttest.Beside(t, n.Network, source, catalog.Modules()...)
	return func() []string { return strings.Split(strings.TrimSpace(strings.ReplaceAll(said(), "\t", " ")), "\n") }
}

// has says that a line holds all these words.
func has(list []string, words ...string) bool {
	return slices.ContainsFunc(list, func(line string) bool {
		for _, word := range words {
			if !strings.Contains(line, word) {
				return false
			}
		}
		return true
	})
}

// TestWatchSeesOthers watches other people's clients and server, and compares the leases with those that the clients say they
// have; then it builds the same table from what tcpdump wrote down.
func TestWatchSeesOthers(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers {
		t.Run(server.Name, func(t *testing.T) {
			lan := dhcptest.NewLAN(t, 3)
			wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
			server.Start(t, lan.Server, dhcptest.LAN4())
			told := watching(t, lan.Server, `
				local w = dhcp.watch{iface = "eth0", timeout = 100, allow = {"10.0.0.1"}}
				require "beside".ready()
				for event in w do
					print(event.kind, event)
					if event.kind == "released" then break end -- which the test does last
				end
				for _, l in ipairs(w.leases) do print("lease", l.address, l.mac, l.server, l.time, l.state) end
				for _, c in ipairs(w.clients) do print("fingerprint", c.mac, c.message:fingerprint().text) end`)
			first := dhcptest.Dhclient(t, lan.Clients[0], "-4", "-1")
			one := first.Await(t, "BOUND").Vars["new_ip_address"]
			two := dhcptest.Udhcpc(t, lan.Clients[1]).Await(t, "bound").Vars["ip"]
			three := dhcptest.Dhcpcd(t, lan.Clients[2], "ipv4only").Await(t, "BOUND").Vars["new_ip_address"]
			first.DhclientRelease(t, lan.Clients[0], "-4")
			list := told()
			rows := []string{fmt.Sprintf("%s 02:00:00:00:00:02 10.0.0.1 600 released", one), fmt.Sprintf("%s 02:00:00:00:00:03 10.0.0.1 600 bound", two),
				fmt.Sprintf("%s 02:00:00:00:00:04 10.0.0.1 600 bound", three)}
			for _, row := range rows {
				if !has(list, "lease "+row) {
					t.Errorf("no lease %s", row)
				}
			}
			for _, words := range [][]string{{"granted 02:00:00:00:00:02 got " + one}, {"released 02:00:00:00:00:02 released " + one}, {"server 02:00:00:00:00:01 answers as server 10.0.0.1"},
				{"fingerprint 02:00:00:00:00:03 ", "1,3,6,12,15,28,42", "udhcp"}} {
				if !has(list, words...) {
					t.Errorf("nothing with %q", words)
				}
			}
			if has(list, "rogue ") || has(list, "conflict ") || has(list, "spoofed ") || has(list, "starvation ") {
				t.Error("false alarms")
			}
			if t.Failed() {
				t.Log(strings.Join(list, "\n"))
			}
			read := hosttest.Run(t, fmt.Sprintf(`for _, l in ipairs(assert(dhcp.leases(%q))) do print(l.address, l.mac, l.server, l.time, l.state) end`, wire.File(t)), catalog.Modules()...)
			for _, row := range rows {
				if !strings.Contains(strings.ReplaceAll(read, "\t", " "), row+"\n") {
					t.Errorf("no %s in what was captured:\n%s", row, read)
				}
			}
		})
	}
}

// TestWatchSeesOthers6 does that with addresses and prefixes of IPv6.
func TestWatchSeesOthers6(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range []dhcptest.Server{{Name: "dhcpd", Start: dhcptest.Dhcpd}, {Name: "kea", Start: dhcptest.Kea}} {
		t.Run(server.Name, func(t *testing.T) {
			lan := dhcptest.NewLAN(t, 1)
			server.Start(t, lan.Server, dhcptest.LAN6())
			told := watching(t, lan.Server, `
				local w = dhcp.watch{iface = "eth0", timeout = 100}
				require "beside".ready()
				local released = 0
				for event in w do
					print(event.kind, event)
					if event.kind == "released" then released = released + 1 end
					if released == 2 then break end -- the address and the prefix
				end
				for _, l in ipairs(w.leases) do print("lease", l.address, l.mac, l.time, l.state) end`)
			c := dhcptest.Dhclient(t, lan.Clients[0], "-6", "-1", "-P", "-N")
			vars := c.Await(t, "BOUND6").Vars
			c.DhclientRelease(t, lan.Clients[0], "-6", "-P", "-N")
			list := told()
			for _, lent := range []string{vars["new_ip6_address"], "fd80:"} {
				if !has(list, "granted 02:00:00:00:00:02 got "+lent) || !has(list, "lease "+lent, "02:00:00:00:00:02 600 released") {
					t.Errorf("no lease of %s in\n%s", lent, strings.Join(list, "\n"))
				}
			}
		})
	}
}

// TestWatchSeesStarvation has dhcpstarv eat up a pool.
func TestWatchSeesStarvation(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	dhcptest.Kea(t, lan.Server, dhcptest.LAN4())
	told := watching(t, lan.Server, `
		local w = dhcp.watch{iface = "eth0", timeout = 100, pool = {"10.0.0.100-10.0.0.199"}, events = {"starvation", "spoofed", "lost"}}
		require "beside".ready()
		local clients, pool
		for event in w do
			local text = tostring(event)
			print(event.kind, event.count, event)
			clients, pool = clients or text:find "25 of them from", pool or text:find "of the pool's 100 addresses are leased"
			if clients and pool then break end
		end`)
	dhcptest.Start(t, lan.Clients[0], nil, "dhcpstarv", "-i", dhcptest.Port)
	list := told()
	if !has(list, "starvation 25 25 new clients within 10s, 25 of them from 02:00:00:00:00:02") || !has(list, "of the pool's 100 addresses are leased") {
		t.Errorf("told\n%s", strings.Join(list, "\n"))
	}
}
