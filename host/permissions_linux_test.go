package host_test

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"moonwire/host"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// inWorld runs Lua under some grants in a network, and gives what it printed.
func inWorld(t *testing.T, n network.Network, grants, code string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var out bytes.Buffer
	o := host.Options{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Network: n, Permissions: allowed(t, grants)}
	if err := host.New(o).Run(ctx, host.Code("test", code)); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return out.String()
}

// TestTAPUnderPolicy joins a lab to this machine, which hears from the lab what was granted and nothing else.
func TestTAPUnderPolicy(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	if _, err := exec.LookPath("ip"); err != nil {
		t.Skip("no ip")
	}
	const join = `
		local lab, socket = require "lab", require "socket"
		local net = lab{"h1 -- R1 -- h2"}
		local b, problem = net:bridge{link = "h1--R1", tap = "mwp0", addresses = {"10.0.1.9/24"}, routes = {["10.0.0.0/16"] = "10.0.1.1"}}
		if not b then return print(problem) end
	`
	const lawful = "configure on mwp*; raw on mwp0 to 10.0.1.9 from 10.0.1.0/24"
	for _, tt := range []struct{ name, grants, code, want string }{
		{"nothing", "", join, `lab:bridge: changing interface mwp0 is not allowed: the script declares no configure; --allow-configure="on mwp0" would allow it` + "\n"},
		{"no frames", "configure on mwp0", join, `lab:bridge: joining a lab to mwp0 is not allowed: the script declares no raw; --allow-raw="on mwp0" would allow it` + "\n"},
		{"another device", "configure on mwp0; raw on mwp1", join, `lab:bridge: joining a lab to mwp0 is not allowed: the script declares raw on mwp1; --allow-raw="on mwp0" would allow it` + "\n"},
		{"what was granted", lawful + "; net 10.0.1.0/24; listen 10.0.1.9:80/tcp", join + `
			net.h1:serve_echo{}
			local c = assert(socket.connect(net.h1.address, 7))
			c:send("hello\n")
			print((c:receive()))
			local l = assert(socket.bind("10.0.1.9", 80))
			net.h1:spawn(function() assert(socket.connect("10.0.1.9", 80)):send("from the lab\n") end)
			print((l:accept():receive()))`, "hello\nfrom the lab\n"},
		{"from elsewhere", lawful + "; listen 10.0.1.9:80/tcp", join + `
			local l = assert(socket.bind("10.0.1.9", 80))
			l:settimeout(1)
			net.h2:spawn(function() local s = socket.tcp() s:settimeout(0.5) s:connect("10.0.1.9", 80) end)
			print(l:accept())`, "nil\ttimeout\n"},
		{"to elsewhere", "configure on mwp0; raw on mwp0 to 10.0.1.9:81/tcp from any; listen 10.0.1.9/tcp", join + `
			local l, m = assert(socket.bind("10.0.1.9", 80)), assert(socket.bind("10.0.1.9", 81))
			l:settimeout(1)
			net.h1:spawn(function() local s = socket.tcp() s:settimeout(0.5) s:connect("10.0.1.9", 80) end)
			print(l:accept())
			net.h2:spawn(function() assert(socket.connect("10.0.1.9", 81)):send("granted\n") end)
			print((m:accept():receive()))`, "nil\ttimeout\ngranted\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := inWorld(t, nil, tt.grants, tt.code); got != tt.want {
				t.Errorf("got:  %swant: %s", got, tt.want)
			}
			if out, err := exec.Command("ip", "link", "show", "dev", "mwp0").CombinedOutput(); err == nil {
				t.Errorf("the device is left: %s", out)
			}
		})
	}
}

// TestLeaseUnderPolicy gives an interface what a lease says, as far as the script may configure it.
func TestLeaseUnderPolicy(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = host.New(host.Options{Network: hosts[1].Network, Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}}).Run(ctx, host.Code("server", `
			assert(require "dhcp".server{iface = "eth0", pool = "10.0.0.50-10.0.0.60", router = "10.0.0.2", dns = "10.0.0.2"}):serve()`))
	}()
	defer func() {
		cancel()
		<-ended
	}()
	const frames = "raw on eth0 from any; listen 0.0.0.0:68/udp; "
	const acquire = `
		local dhcp, link = require "dhcp", require "link"
		local client = assert(dhcp.client{iface = "eth0", timeout = 20})
		local lease = assert(client:acquire())
		local function has()
			for _, i in ipairs(link.interfaces()) do
				for _, a in ipairs(i.addresses) do
					if a:match "^10%.0%.0%.[56]%d/24$" then return true end
				end
			end
			return false
		end
	`
	for _, tt := range []struct{ name, grants, code, want string }{
		{"nothing", frames, acquire + `print(has(), select(2, lease:apply{resolver = false}))`,
			`false	dhcp.lease:apply: adding an address on eth0 is not allowed: the script declares no configure; --allow-configure="on eth0" would allow it	denied` + "\n"},
		{"another link", frames + "configure on eth1", acquire + `print(select(2, lease:apply{resolver = false}))`,
			`dhcp.lease:apply: adding an address on eth0 is not allowed: the script declares configure on eth1; --allow-configure="on eth0" would allow it	denied` + "\n"},
		{"that link", frames + "configure on eth0", acquire + `print(has(), lease:apply{resolver = false} == lease, has()) assert(lease:release()) print(has())`, "false\ttrue\ttrue\nfalse\n"},
		{"name servers", frames + "configure on eth0", acquire + `print(select(2, lease:apply{resolver = true})) print(has())`,
			"dhcp.lease:apply: setting name servers is not allowed: the script declares configure on eth0; --allow-configure would allow it\tdenied\nfalse\n"},
		{"all of it", frames + "configure", acquire + `print((select(2, lease:apply{resolver = true}):find "resolv.conf of its own") ~= nil)`, "true\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := inWorld(t, hosts[0].Network, tt.grants, tt.code); got != tt.want {
				t.Errorf("got:  %swant: %s", got, tt.want)
			}
		})
	}
}
