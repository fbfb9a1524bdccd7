package pcap_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"moonwire/bindings/packet"
	"moonwire/bindings/pcap"
	"moonwire/host/hosttest"
)

// benchPackets is how many the file has.
const benchPackets = 100000

// BenchmarkPackets is one packet that Lua reads two fields of, one that it reads none of, and one that it counts.
func BenchmarkPackets(b *testing.B) {
	file := filepath.Join(b.TempDir(), "bench.pcap")
	hosttest.Run(b, fmt.Sprintf(`local w = pcap.create(%q)
local b = (packet.eth{} / packet.ip{dst="10.0.0.2"} / packet.udp{sport=1000, dport=33434} / ("x"):rep(22)):bytes()
for i = 1, %d do w:write(b, {time=i}) end
w:close()`, file, benchPackets), pcap.Module(), packet.Module())
	for _, bb := range []struct{ name, body string }{
		{"two fields", "for p in f:packets() do n = n + p.ip.ttl + p.udp.dport end"},
		{"no field", "for p in f:packets() do n = n + 1 end"},
		{"bytes", "for p in f:packets{raw=true} do n = n + 1 end"},
		{"meta", "for p, meta in f:packets() do n = n + meta.len end"},
		{"count", "n = f:count()"},
		{"count a filter", "n = f:count('udp port 33434')"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for range (b.N + benchPackets - 1) / benchPackets {
				hosttest.Run(b, fmt.Sprintf("local f, n = pcap.open(%q), 0\n%s", file, bb.body), pcap.Module(), packet.Module())
			}
		})
	}
}
