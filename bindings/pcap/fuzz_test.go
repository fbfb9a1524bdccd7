package pcap_test

import (
	"os"
	"testing"

	"moonwire/bindings/packet"
	"moonwire/bindings/pcap"
	"moonwire/host/hosttest"
)

// FuzzDecode reads anything as a capture file: by packets, by bytes, through a filter, and all that stands around them.
func FuzzDecode(f *testing.F) {
	for _, name := range []string{"testdata/one.pcap", "testdata/rich.pcapng"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	hosttest.Fuzz(f, `local bytes = ...
local f, message, kind = pcap.decode(bytes)
if not f then
  assert(message and kind == "malformed", tostring(message))
  return
end
local n, total = 0, 0
local ok, err = try(function()
  for p, meta in f:packets() do
    n, total = n + 1, total + meta.caplen
    local _ = tostring(p) .. tostring(meta) .. tostring(meta.comment) .. tostring(meta.direction) .. tostring(meta.drops) .. tostring(meta.t)
  end
end)
assert(ok or err.kind == "malformed", tostring(err))
try(f.interfaces, f) try(f.names, f) try(f.secrets, f) try(f.sections, f) try(f.blocks, f)
local g = pcap.decode(bytes)
local m, all = 0, 0
local again = try(function() for b in g:packets{raw = true} do m, all = m + 1, all + #b end end)
assert(n == m and total == all and ok == again, "packets and bytes differ")
local counted, message = pcap.decode(bytes):count()
assert(counted == n or not ok, "count differs")
try(function() pcap.decode(bytes):count("udp or ip6") end)`, pcap.Module(), packet.Module())
}
