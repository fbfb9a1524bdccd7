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

// FuzzReassemble feeds a reassembler with any frames: each begins with its length, and a datagram comes out as a packet.
func FuzzReassemble(f *testing.F) {
	piece := "\x1cE\x00\x00\x1c\x00\x07\x20\x00\x40\xfd\x00\x00\x0a\x00\x00\x01\x0a\x00\x00\x0201234567"
	last := "\x18E\x00\x00\x18\x00\x07\x00\x01\x40\xfd\x00\x00\x0a\x00\x00\x01\x0a\x00\x00\x02abcd"
	f.Add(piece + last)
	f.Add(piece + piece + last)
	hosttest.Fuzz(f, `
		local data = ...
		for _, policy in ipairs{"first", "last", "linux", "bsd", "rfc5722"} do
			local r, at = packet.reassemble{policy=policy, limit=2000, timeout=5}, 1
			while at < #data do
				local n = data:byte(at)
				local whole, events = r:add(packet.decode(data:sub(at + 1, at + n), "ip"), at)
				if whole then assert(type(whole:bytes()) == "string") end
				at = at + 1 + n
			end
			for _, e in ipairs(r:flush()) do assert(e.kind == "timeout") end
		end`, packet.Module())
}

// FuzzFits compares any bytes as any layer with any bytes as any other, and with any expression.
func FuzzFits(f *testing.F) {
	const arp = "\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x01\x08\x06\x00\x01\x08\x00\x06\x04\x00\x01\x02\x00\x00\x00\x00\x01\x0a\x00\x00\x01\x00\x00\x00\x00\x00\x00\x0a\x00\x00\x02"
	f.Add("\x00\x2a" + arp + arp)
	f.Add("\x00\x2a" + arp + "arp and ether broadcast")
	f.Add("\x07\x01E(udp port 53 or ip[2:2] > 9) and not host 10.0.0.1")
	hosttest.Fuzz(f, `
		local data = ...
		local names = packet.layers()
		local first = data:byte(1) == 0 and "eth" or names[(data:byte(1) or 0) % #names + 1]
		local n = 2 + (data:byte(2) or 0)
		local p, rest = packet.decode(data:sub(3, n), first), data:sub(n + 1)
		assert(p:fits(p) == p:fits(p))
		for _, pattern in ipairs{packet.decode(rest, first), packet.decode(rest, "eth")} do
			local fits, why = p:fits(pattern)
			assert(fits == true and why == nil or fits == false and type(why) == "string")
		end
		local ok, fits = try(p.fits, p, rest)
		assert(type(fits) == (ok and "boolean" or "string"))`, packet.Module())
}
