package host_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"moonwire/host"
	"moonwire/host/vm"
)

// refusals are calls that the world refuses, in several ways, on this machine and in a lab.
const refusals = `
local function try(what, f)
  local got = {pcall(f)}
  for i = 2, 3 do if type(got[i]) ~= "userdata" then print(what, tostring(got[i])) end end
end
local dgram, link, snmp, socket, tls = require "dgram", require "link", require "snmp", require "socket", require "tls"
local dhcp, dhcp6, pcap, mib, lab, lfs = require "dhcp", require "dhcp6", require "pcap", require "mib", require "lab", require "lfs"
local ping, arp, traceroute, serve, task = require "ping", require "arp", require "traceroute", require "serve", require "task"
local script, HOST = require "script", ...
local free = assert(socket.bind(HOST, 0))
local _, port = free:getsockname()
try("taken", function() return socket.bind(HOST, port) end)
try("taken", function() return dgram.udp{address = "192.0.2.77:9"} end)
try("not TLS", function()
  task.spawn(function() local c = free:accept() c:send(("plain\n"):rep(9)) c:close() end)
  return assert(tls.wrap(socket.connect(HOST, port), {name = "x.example"})):handshake()
end)
free:close()
try("refused", function() return socket.connect(HOST, port) end)
try("refused", function() local u = dgram.udp{to = HOST .. ":" .. port, timeout = 0.2} u:send "x" return u:receive() end)
try("refused", function() local u = dgram.udp{to = HOST .. ":" .. port, timeout = 0.2} u:send "x" task.sleep(0.01) return u:send "y" end)
try("too long", function() return dgram.udp():send(("x"):rep(70000), HOST .. ":" .. port) end)
try("closed", function() local u = dgram.udp() u:close() return u:send("x", HOST .. ":9") end)
try("closed", function() local u = dgram.udp() u:close() return u:receive() end)
try("silent", function() return snmp.open{host = HOST, port = port, timeout = 0.1, retries = 0}:get "sysName.0" end)
try("silent", function() return snmp.open{host = HOST, port = port, transport = "tcp", timeout = 0.1, retries = 0}:get "sysName.0" end)
if script.lab() then try("unroutable", function() return snmp.open{host = "0.0.0.9", timeout = 0.1, retries = 0}:get "sysName.0" end) end
if script.lab() then try("no trap", function() return snmp.trap{host = "0.0.0.9", trap = "coldStart"} end) end
try("no inform", function() return snmp.inform{host = HOST, port = port, trap = "coldStart", timeout = 0.1, retries = 0} end)
try("no agent", function() return snmp.agent{address = "192.0.2.77", port = 9} end)
try("no listener", function() return snmp.listen{address = "192.0.2.77", port = 9} end)
try("no interface", function() return link.open "nosuch0" end)
try("no interface", function() return dhcp.client{iface = "nosuch0"} end)
try("no interface", function() return dhcp6.client{iface = "nosuch0"} end)
try("no interface", function() return dhcp.server{iface = "nosuch0", pool = "10.9.0.1-10.9.0.9"} end)
try("no interface", function() return dhcp6.server{iface = "nosuch0"} end)
try("no interface", function() return dhcp.relay{iface = "nosuch0", server = "10.9.0.1"} end)
try("no interface", function() return arp.open "nosuch0" end)
try("no file", function() return pcap.open "/no/such/file" end)
try("no file", function() return pcap.create "/no/such/file" end)
try("no file", function() return mib.load "/no/such/file" end)
try("no file", function() return dhcp.leases "/no/such/file" end)
try("no file", function() return lab.open "/no/such/lab.lua" end)
try("no file", function() return task.worker "/no/such.lua" end)
try("no file", function() return require "script".open "nothing" end)
try("no file", function() return io.open "/no/such/file" end)
try("no folder", function() return lfs.rmdir "/no/such/folder" end)
if script.lab() then try("no name", function() return socket.connect("nothing.invalid", 9) end) end
if script.lab() then try("no name", function() return dgram.udp{to = "nothing.invalid:9"} end) end
if script.lab() then try("no name", function() return ping("nothing.invalid") end) end
try("no service", function() return serve.echo{address = "192.0.2.77", port = 7} end)
`

// TestRefusalsAreInWords holds what the world's refusals say: words about the network, and nothing of Go.
func TestRefusalsAreInWords(t *testing.T) {
	t.Parallel()
	for _, where := range []struct {
		host string
		lab  host.Lab
	}{{"127.0.0.1", host.Lab{}}, {"10.0.1.1", host.Lab{Name: "h1 -- R1 -- h2", On: "R1"}}} {
		t.Run(where.host, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			h := host.New(host.Options{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Args: []string{where.host}, Lab: where.lab,
				Limits: vm.Limits{Timeout: time.Minute}})
			if err := h.Run(context.Background(), host.Code("refusals.lua", refusals)); err != nil {
				t.Error(err)
			}
			for line := range strings.Lines(out.String()) {
				if internals.MatchString(line) {
					t.Error(strings.TrimSpace(line))
				}
			}
			if n := strings.Count(out.String(), "\n"); n < 30 {
				t.Errorf("%d lines:\n%s", n, out.String())
			}
		})
	}
}
