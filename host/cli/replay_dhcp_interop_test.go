//go:build interop && linux

package cli_test

import (
	"strings"
	"testing"

	"moonwire/host/dhcp/dhcptest"
)

// TestReplayDHCP records the life of a lease that another's server gives: its messages, the address that is put on the
// interface and taken away, a name that the server knows; and plays it when that server is gone.
func TestReplayDHCP(t *testing.T) {
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers {
		t.Run(server.Name, func(t *testing.T) {
			lan := dhcptest.NewLAN(t, 1)
			peer := server.Start(t, lan.Server, dhcptest.LAN4())
			recorded(t, "released", strings.ReplaceAll(`
local dhcp, link, task, socket = require "dhcp", require "link", require "task", require "socket"
local c = assert(dhcp.client{iface = "PORT", host_name = "recorded"})
local offer = assert(c:discover())
print(offer.options.server_identifier, assert(c:request(offer)).address)
local lease = assert(c:acquire())
print(lease.address, lease.mask, lease.t1)
assert(lease:apply{resolver = false})
local watcher = task.spawn(function()
  local l = assert(link.open("PORT"))
  for p in l:sniff{filter = "arp or icmp", timeout = 0.5} do print(p) end
  l:close()
end)
local u = assert(socket.udp4())
print(u:setpeername(lease.server, 9))
print(u:getsockname())
u:close()
watcher:join()
assert(lease:renew())
assert(lease:release())
c:close()
print("released")
`, "PORT", dhcptest.Port), peer.Kill, "--netns", lan.Clients[0].Path)
		})
	}
}
