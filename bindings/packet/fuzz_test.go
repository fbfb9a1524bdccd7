package packet_test

import (
	"testing"

	"moonwire/bindings/packet"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// FuzzDecode reads any bytes as any layer: nothing may fail, every view has to come out, and building again gives the
// same bytes.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"\x00\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x01\x08\x00\x45\x00\x00\x1d\x00\x01\x00\x00\x40\x11\x66\xcd\x0a\x00\x00\x01\x0a\x00\x00\x02\x03\xe8\x82\x9a\x00\x09\x00\x00x",
		"\x00\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x01\x08\x06\x00\x01\x08\x00\x06\x04\x00\x01\x02\x00\x00\x00\x00\x01\x0a\x00\x00\x01\x00\x00\x00\x00\x00\x00\x0a\x00\x00\x02",
		"\x00", "\x07\x45", "\x2a",
	} {
		f.Add(seed)
	}
	hosttest.Fuzz(f, `
		local data = ...
		local names = packet.layers()
		local first = names[(data:byte(1) or 0) % #names + 1]
		if data:byte(1) == 0 then first = "eth" end
		local raw = data:sub(2)
		local p = packet.decode(raw, first)
		for i, name in ipairs(p:names()) do
			local layer = p[i]
			tostring(layer)
		end
		p:summary() p:json()
		p:show{print=false} p:hexdump{print=false} p:rfc{print=false}
		assert(p:bytes() == raw, "building changed the bytes")
		assert(p:build():bytes() == raw)
		assert(p:diff(packet.decode(raw, first)) == nil)
		local q = p / "more"
		q:bytes()`, packet.Module(), u64.Module())
}
