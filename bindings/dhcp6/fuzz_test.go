package dhcp6_test

import (
	"testing"

	"moonwire/bindings/dhcp6"
	"moonwire/bindings/packet"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// FuzzDecode reads any bytes: nothing may fail, every view comes out, and the source makes the same message.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"\x01\x00\x00\x07\x00\x01\x00\x0a\x00\x03\x00\x01\x02\x00\x00\x00\x00\x01\x00\x03\x00\x0c\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x06\x00\x04\x00\x17\x00\x18",
		"\x0c\x00" + "0123456789abcdef0123456789abcdef" + "\x00\x12\x00\x01x\x00\x09\x00\x08\x01\x00\x00\x07\x00\x0e\x00\x00",
		"\x07\x00\x00\x07\x00\x17\x00\x03abc\x00\x27\x00\x03\x01\x01a\x00\x38\x00\x05\x00\x03\x00\x01\x00",
		"\x01\x00\x00\x07\x00\x03\x00\x09\x00",
	} {
		f.Add(seed)
	}
	hosttest.Fuzz(f, `
		local data = ...
		local m = dhcp6.decode(data)
		if not m then return end
		assert(m:bytes() == data, "decoding changed the bytes")
		tostring(m) m:show{print=false}
		for _, row in ipairs(m.list) do
			local v = m.options[row.code]
			assert(v ~= nil)
			try(function() m:copy().options[row.code] = v end)
		end
		for _, p in ipairs(m.problems) do assert(type(p) == "string") end
		try(m.inner, m) try(m.innermost, m)
		m:packet():summary()
		do
			local env = {dhcp6=dhcp6, u64=u64, math=math}
			local text = m:lua():gsub("\\\\", "\0"):gsub("\\x(%x%x)", function(h) return ("\\%03d"):format(tonumber(h, 16)) end):gsub("%z", "\\\\")
			local n = setfenv(assert(loadstring("return " .. text)), env)()
			assert(n:bytes() == data, m:lua())
		end
		try(function() m:forward{link="::1", peer="::2"}:inner() end)`, dhcp6.Module(), packet.Module(), u64.Module())
}
