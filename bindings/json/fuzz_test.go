package json_test

import (
	"testing"

	"moonwire/bindings/json"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// FuzzDecode reads texts: what is read is written and read alike.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{`{"a": [1, -2.5e3, "\ud83d\ude00\n", null, true]}`, `[[], {}, 18446744073709551615, ""]`, `"\u00e9`, `[1,]`, `-0x1p4`} {
		f.Add(text)
	}
	hosttest.Fuzz(f, `local text = ...
try(cjson.decode, text)
local value = json.decode(text)
if value ~= nil then
  local ok, once = try(json.encode, value, {sort = true})
  if ok then
    local twice = json.encode(json.decode(once), {sort = true})
    assert(once == twice, once .. " became " .. twice)
    local pretty = json.encode(value, {sort = true, indent = 2})
    assert(json.encode(json.decode(pretty), {sort = true}) == once)
  end
end`, json.Module(), json.Cjson(), u64.Module())
}
