//go:build interop

package stdlib_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
	"moonwire/host/network/nettest"
)

// on runs Lua on a node and returns the lines it printed.
func on(t *testing.T, n *nettest.Node, source string) string {
	t.Helper()
	return strings.TrimSpace(hosttest.RunIn(t, n.Network, source, catalog.Modules()...))
}

// firsts are the first groups of all matches of a pattern, joined.
func firsts(pattern, text string) string {
	var all []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return strings.Join(all, " ")
}

var versions = []struct{ flag, host string }{{"-4", "10.0.13.2"}, {"-6", "fd00:13::2"}}

// TestHopsAsTraceroute compares the hops with those that traceroute finds, by each protocol.
func TestHopsAsTraceroute(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPath(t)
	for _, v := range versions {
		for proto, flag := range map[string]string{"udp": "-U", "icmp": "-I"} {
			theirs := firsts(`(?m)^ *\d+  (\S+)  `, p.Client.Output(t, "traceroute", v.flag, flag, "-n", "-q1", v.host))
			ours := on(t, p.Client, fmt.Sprintf(`
				for _, hop in ipairs(require "traceroute"(%q, {proto = %q}).hops) do print(hop.from) end`, v.host, proto))
			if ours = strings.ReplaceAll(ours, "\n", " "); ours != theirs || strings.Count(ours, " ") != 2 {
				t.Errorf("%s %s: hops %q, traceroute %q", v.host, proto, ours, theirs)
			}
		}
	}
}

// TestMTUAsTracepath compares the MTU and the hops with what tracepath finds and with what the kernel has learned.
func TestMTUAsTracepath(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	for _, v := range versions {
		p := nettest.NewPath(t)
		ours := on(t, p.Client, fmt.Sprintf(`
			local m = assert(require "pmtu"(%q))
			print(("pmtu %%d hops %%d"):format(m.mtu, #m.hops))
			for _, hop in ipairs(m.hops) do print(hop.from) end`, v.host))
		summary, hops, _ := strings.Cut(ours, "\n")
		if learned := p.Client.Output(t, "ip", v.flag, "route", "get", v.host); firsts(`mtu (\d+)`, learned) != "1300" {
			t.Errorf("the kernel learned of no smaller MTU: %s", learned)
		}
		theirs := p.Client.Output(t, "tracepath", v.flag, "-n", v.host)
		if !strings.Contains(theirs, summary+" back 3") {
			t.Errorf("%s, tracepath\n%s", summary, theirs)
		}
		list := strings.Fields(firsts(`(?m)^ *\d+:  (\S*[.:]\S*) .*ms`, theirs))
		if list = slices.Compact(list); strings.Join(list, "\n") != hops { // it asks the first hop twice
			t.Errorf("hops\n%s\ntracepath %v\n%s", hops, list, theirs)
		}
	}
}

// TestHopMTUAsTracerouteMTU compares each hop's MTU with traceroute --mtu, which names it where it shrinks.
func TestHopMTUAsTracerouteMTU(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPath(t)
	theirs := firsts(`F=(\d+)`, p.Client.Output(t, "traceroute", "-n", "--mtu", "10.0.13.2"))
	ours := on(t, p.Client, `
		local last
		for _, hop in ipairs(require "pmtu"("10.0.13.2").hops) do
			if hop.mtu ~= last then print(hop.mtu) end
			last = hop.mtu
		end`)
	if ours = strings.ReplaceAll(ours, "\n", " "); ours != theirs {
		t.Errorf("MTUs %q, traceroute --mtu %q", ours, theirs)
	}
}

// TestStatisticsAsPing computes the statistics of the times that iputils' ping printed, and compares them with its own.
func TestStatisticsAsPing(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPath(t)
	theirs := p.Client.Output(t, "ping", "-n", "-c20", "-i0.002", "10.0.13.2")
	times := strings.ReplaceAll(firsts(`time=([\d.]+) ms`, theirs), " ", ", ")
	ours := on(t, p.Client, `
		local times, n = {`+times+`}, 0
		local prober = {host = "h", method = "replayed", send = function() return true end, close = function() end}
		function prober:receive()
			n = n + 1
			return {seq = n, what = "reply", from = "h", rtt = times[n] / 1000, size = 56}
		end
		package.loaded.probe = {open = function() return prober end}
		local p = require "ping"("h", {count = #times, interval = 0}):run()
		print(("%d packets transmitted, %d received"):format(p.sent, p.received))
		print(p.min * 1000, p.avg * 1000, p.max * 1000, p.mdev * 1000)`)
	counts, numbers, _ := strings.Cut(ours, "\n")
	if !strings.Contains(theirs, counts) {
		t.Errorf("%s, ping\n%s", counts, theirs)
	}
	var got, want [4]float64
	fmt.Sscan(numbers, &got[0], &got[1], &got[2], &got[3])
	fmt.Sscanf(firsts(`mdev = (\S+) ms`, theirs), "%f/%f/%f/%f", &want[0], &want[1], &want[2], &want[3])
	for i := range got { // ping computes in whole microseconds
		if d := got[i] - want[i]; d < -0.0021 || d > 0.0021 || want[i] == 0 {
			t.Errorf("min, avg, max, mdev %v, ping %v", got, want)
		}
	}
}

// TestResolveAsArping compares the MAC address with the one that arping finds.
func TestResolveAsArping(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	h1 := nettest.NewLAN(t, 2)[0]
	theirs := firsts(`(?i)\[?((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\]?`, h1.Output(t, "arping", "-c1", "-I", "eth0", "10.0.0.2"))
	for _, via := range []string{"frames", "system"} {
		ours := on(t, h1, fmt.Sprintf(`print((assert(require "arp".open("eth0", {via = %q})):resolve("10.0.0.2")))`, via))
		if !strings.EqualFold(ours, strings.Fields(theirs)[0]) {
			t.Errorf("by %s %q, arping %q", via, ours, theirs)
		}
	}
}
