package pcap_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"moonwire/bindings/packet"
	"moonwire/bindings/pcap"
	"moonwire/host/hosttest"
)

// FuzzFilter takes anything as a filter: it counts packets, or raises an error that points at a column.
func FuzzFilter(f *testing.F) {
	capture, err := os.ReadFile("testdata/one.pcap")
	if err != nil {
		f.Fatal(err)
	}
	for _, expression := range []string{"", "tcp port 80", "host 10.0.0.1 or (net 10/8 and not arp)", "ip[2:2] % 7 = 1 ^ 2",
		"vlan 5 and geneve 1", "protochain 6", "portrange 1-", "ether host 1:2:3:4:5:6", "net 2001:db8::/32", "((", "\\"} {
		f.Add(expression)
	}
	var bytes strings.Builder
	for _, b := range capture {
		fmt.Fprintf(&bytes, "\\%03d", b)
	}
	hosttest.Fuzz(f, `local expression = ...
local f = assert(pcap.decode("`+bytes.String()+`"))
local ok, n = try(f.count, f, expression)
assert(ok and n >= 0 or tostring(n):find("at column %d"), tostring(n))
f:close()`, pcap.Module(), packet.Module())
}
