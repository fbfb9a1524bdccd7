package bytes_test

import (
	"testing"

	"moonwire/bindings/bytes"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// FuzzUnpack takes the first line for a format and the rest for data: what is unpacked packs again.
func FuzzUnpack(f *testing.F) {
	f.Add(">I2 s1 z i3\n\x01\x02\x02ab" + "c\x00\x01\x02\x03")
	f.Add("!8 b Xi8 d f\n" + "0123456789abcdef0123456789abcdef")
	f.Add("<i16 I9\n" + "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00\x00\x00\x00\x00\x00\x00\x00")
	hosttest.Fuzz(f, `local data = ...
local format, rest = data:match "^([^\n]*)\n(.*)$"
if not format then return end
try(bytes.packsize, format)
try(bytes.pack, format, 1, 2, "a")
local function again(...)
  local n = select("#", ...)
  local values = {...}
  local next = values[n]
  values[n] = nil
  local packed = bytes.pack(format, unpack(values, 1, n - 1))
  assert(#packed == next - 1, "another length")
  local once = {bytes.unpack(format, packed)}
  for i = 1, n do assert(tostring(once[i]) == tostring(select(i, ...)), "another value") end
end
local ok, err = try(bytes.unpack, format, rest)
if ok and not format:find "[fdn]" then again(bytes.unpack(format, rest)) end
`, bytes.Module(), u64.Module())
}

// FuzzText reads hexadecimal and base 64: what is read is written and read alike.
func FuzzText(f *testing.F) {
	f.Add("de:ad be-ef")
	f.Add("Zm9v\r\nYg==")
	hosttest.Fuzz(f, `local text = ...
local raw = bytes.unhex(text)
if raw then assert(bytes.unhex(bytes.hex(raw)) == raw) end
raw = bytes.unbase64(text)
if raw then assert(bytes.unbase64(bytes.base64(raw)) == raw) end
assert(bytes.unhex(bytes.hex(text, ":")) == text)
assert(bytes.unbase64(bytes.base64(text)) == text)
bytes.hexdump(text)
for _, kind in ipairs{"internet", "crc32", "crc32c", "crc16", "adler32", "fletcher16"} do bytes.checksum(text, kind) end
`, bytes.Module())
}
