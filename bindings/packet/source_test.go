package packet_test

import (
	"os"
	"strings"
	"testing"

	"moonwire/bindings/bytes"
	"moonwire/bindings/packet"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// again makes each packet anew from its own source, and looks at it in every way.
const again = `
local packet, bytes, u64 = require "packet", require "bytes", require "u64"
local names = setmetatable({u64 = u64, packet = packet}, {__index = function(_, name) return packet[name] or _G[name] end})
local function check(name, first, wire)
  local p = packet.decode(wire, first)
  local source = p:lua()
  local f = assert(loadstring(source:match "^local" and source or "return " .. source), name)
  local q = setfenv(f, names)()
  local made = type(q) == "string" and q or q:bytes()
  if made ~= wire then
    print(("%s: %s\nmakes %s\nnot   %s"):format(name, source, bytes.hex(made), bytes.hex(wire)))
  end
  return p
end
for _, case in ipairs(cases) do
  local name, first, wire = case[1], case[2], bytes.unhex(case[3])
  local p = check(name, first, wire)
  assert(#p:show{print = false} > 0 and #p:hexdump{print = false} > 0 and #p:rfc{print = false} > 0 and #p:json() > 0 and #tostring(p) > 0)
  for _ = 1, 2 do -- as no sender has it
    local at = math.random(#wire)
    check(name .. " changed", first, wire:sub(1, at - 1) .. string.char(math.random(0, 255)) .. wire:sub(at + 1))
  end
  check(name .. " cut short", first, wire:sub(1, math.random(0, #wire)))
end`

// Every packet that Scapy built for the tests of the layers prints a source that makes the same bytes; so do changed ones.
func TestSources(t *testing.T) {
	text, err := os.ReadFile("../../host/packet/layers/testdata/wire.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases strings.Builder
	cases.WriteString("local cases = {\n")
	for line := range strings.Lines(string(text)) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
		first, wire, ok := strings.Cut(rest, "\t")
		if !ok {
			t.Fatalf("wire.txt: %q", line)
		}
		cases.WriteString(`{"` + name + `", "` + first + `", "` + wire + `"},` + "\n")
	}
	cases.WriteString("}\n")
	if out := hosttest.Run(t, cases.String()+again, packet.Module(), bytes.Module(), u64.Module()); out != "" {
		t.Error(out)
	}
}
