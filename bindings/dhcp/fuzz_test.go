package dhcp_test

import (
	"strings"
	"testing"

	"moonwire/bindings/dhcp"
	"moonwire/bindings/packet"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// FuzzDecode reads any bytes as a message through Lua: every view has to come out, and what isn't changed is written as it
// was read. A list of its options makes the same options again.
func FuzzDecode(f *testing.F) {
	head := "\x01\x01\x06\x00\x12\x34\x56\x78" + strings.Repeat("\x00", 228) + "\x63\x82\x53\x63"
	for _, options := range []string{
		"\x35\x01\x01\x37\x03\x01\x03\x06\x3d\x07\x01\x02\x00\x00\x00\x00\x01\xff",
		"\x35\x01\x05\x03\x04\x0a\x00\x00\x01\x79\x08\x18\x0a\x00\x00\x0a\x00\x00\x01\x77\x05\x01a\x00\xc0\x00\xff",
		"\x52\x0c\x01\x04eth0\x02\x04abcd\x51\x07\x05\x00\x00\x02pc\x00\xff\x00\x00",
		"\x34\x01\x03\x7d\x09\x00\x00\x00\x09\x04\x01\x02ab\x7c\x08\x00\x00\x00\x09\x03\x02ab\x5a\x0b\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x05",
		"\x0c\x09abc", "\x0c", "\x00\x00",
	} {
		f.Add(head + options)
	}
	f.Add(head[:100])
	hosttest.Fuzz(f, `
		local data = ...
		local m, why, kind = dhcp.decode(data)
		if not m then assert(kind == "malformed" and #data < 44, why) return end
		assert(m:bytes() == data, "building changed the bytes")
		assert(m:copy():bytes() == data)
		tostring(m) m:show{print=false} m:fingerprint() m:lua()
		for _, p in ipairs(m.problems) do assert(type(p) == "string") end
		local list = m.list
		for i, o in ipairs(list) do
			assert(o.name == "pad" or o.name == "end" or m[o.code] ~= nil and m:raw(o.code))
		end
		assert(m:packet():bytes() == data)
		if m.cookie then
			local n = dhcp.message{complete=false, cookie=true, xid=m.xid, options=list}
			for i, o in ipairs(n.list) do assert(o.code == list[i].code and o.data == list[i].data) end
		end
		m:bytes{max=300}
		try(function() m.options.router = "10.0.0.1" m.options.host_name = nil m:bytes() end)`, dhcp.Module(), packet.Module(), u64.Module())
}

// FuzzValue sets an option to any text: a value or an error, and what is written is read.
func FuzzValue(f *testing.F) {
	for _, seed := range []string{"\x0310.0.0.1", "\x0cpc", "\x7710.a", "\x79" + "10.0.0.0/8 10.0.0.1", "\x3d" + "02:00:00:00:00:01", "\x51" + "a.b"} {
		f.Add(seed)
	}
	hosttest.Fuzz(f, `
		local data = ...
		if #data == 0 then return end
		local m = dhcp.message{xid=1}
		local code = data:byte()
		if not try(function() m[code] = data:sub(2) end) then return end
		local n = dhcp.decode(m:bytes())
		assert(n:raw(code) == m:raw(code) and #n.problems == 0, n.problems[1])`, dhcp.Module())
}
