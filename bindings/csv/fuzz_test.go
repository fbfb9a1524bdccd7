package csv_test

import (
	"testing"

	"moonwire/bindings/csv"
	"moonwire/host/hosttest"
)

// FuzzParse reads texts, whole and in pieces: what is read is written and read alike.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"a,b\r\nc,\"d \"\"e\"\"\"\n", "\"\"\n\n,\n", "a\"b", "\"a\"b", "\"a\r\nb\",c"} {
		f.Add(text)
	}
	hosttest.Fuzz(f, `local text = ...
local rows = csv.parse(text)
try(csv.parse, text, {header = true})
local at, pieces = 0, {}
local ok = try(function()
  for row in csv.rows(function() at = at + 1 return at <= #text and text:sub(at, at) or nil end) do pieces[#pieces + 1] = row end
end)
assert(ok == (rows ~= nil), "whole and in pieces differ")
if rows then
  local function same(other)
    assert(#other == #rows)
    for i, row in ipairs(rows) do
      assert(#row == #other[i])
      for j, field in ipairs(row) do assert(field == other[i][j]) end
    end
  end
  same(pieces)
  same(csv.parse(csv.format(rows)))
end`, csv.Module())
}
