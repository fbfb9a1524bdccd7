//go:build interop

package dgram

import (
	"regexp"
	"strings"
	"testing"

	"moonwire/host/network/nettest"
)

// TestAsIputils compares what the Lua script finds with what ping, tracepath and traceroute find on the same path.
func TestAsIputils(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPath(t)
	ours := runOn(t, p.Client, "testdata/path.lua")
	lines := func(pattern string) []string {
		var out []string
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(ours, -1) {
			out = append(out, m[1])
		}
		return out
	}
	for _, c := range []struct{ version, dst, hops, mtu, ttl string }{
		{"-4", "10.0.13.2", `hop\t\d\t(10[\d.]+)`, `mtu of\t10.0.13.2\t(\d+)`, `ping\t10.0.13.2\ttrue\tpayload 1\t(\d+)`},
		{"-6", "fd00:13::2", `hop\t\d\t(fd[\da-f:]+)`, `mtu of\tfd00:13::2\t(\d+)`, `ping\tfd00:13::2\ttrue\tpayload 1\t(\d+)`},
	} {
		hops, mtu, ttl := lines(c.hops), lines(c.mtu), lines(c.ttl)
		theirs := regexp.MustCompile(`(?m)^ *\d+  (\S+)  `).FindAllStringSubmatch(p.Client.Output(t, "traceroute", c.version, "-n", "-q1", c.dst), -1)
		var theirHops []string
		for _, m := range theirs {
			theirHops = append(theirHops, m[1])
		}
		if strings.Join(hops, " ") != strings.Join(theirHops, " ") || len(hops) != 3 {
			t.Errorf("hops %v, traceroute %v", hops, theirHops)
		}
		if out := p.Client.Output(t, "tracepath", c.version, "-n", c.dst); !strings.Contains(out, "pmtu "+mtu[len(mtu)-1]+" hops 3 back 3") {
			t.Errorf("mtu %v, tracepath\n%s", mtu, out)
		}
		if out := p.Client.Output(t, "ping", c.version, "-n", "-c1", c.dst); !strings.Contains(out, "ttl="+ttl[0]+" ") {
			t.Errorf("ttl %v, ping\n%s", ttl, out)
		}
	}
	fresh := nettest.NewPath(t)
	script := `ping -n -c1 -W2 -M do -s 1400 10.0.13.2; true`
	if out := fresh.Client.Output(t, "sh", "-c", script); !strings.Contains(out, "From 10.0.11.2 icmp_seq=1 Frag needed and DF set (mtu = 1300)") {
		t.Error(out)
	}
	if !strings.Contains(ours, "error\t3\t4\t10.0.11.2\t1300\t") {
		t.Error(ours)
	}
}
