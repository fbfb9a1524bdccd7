package packet_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"moonwire/bindings/bytes"
	"moonwire/bindings/packet"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// seed decides how TestSources changes packets.
var seed = flag.Int64("seed", 0, "the changes of TestSources, as a run that failed said them; 0: others each time")

// check makes a packet anew from its own source.
const check = `
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
`

// again makes each packet anew from its own source, and looks at it in every way.
const again = check + `
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

// alike reads and writes every field in the short way and by the metamethods.
const alike = `
local packet, bytes = require "packet", require "bytes"
local fields = setmetatable({}, {__index = function(t, layer)
  local list = {}
  for name in packet.describe(layer):gmatch "\n%s+(%S+)" do list[#list + 1] = name end
  t[layer] = list
  return list
end})
local function text(v)
  if type(v) ~= "table" then return tostring(v) end
  local parts = {}
  for i, e in ipairs(v) do parts[i] = text(e) end
  return "{" .. table.concat(parts, ",") .. "}"
end
local meta, metas = debug.getmetatable(packet.ip{}), debug.getmetatable(packet.ip{}.ip)
local compared = 0
for _, case in ipairs(cases) do
  local wire = bytes.unhex(case[3])
  local p, q = packet.decode(wire, case[2]), packet.decode(wire, case[2])
  for i, name in ipairs(p:names()) do
    assert(p[name] == meta.__index(p, name), name)
    for _, field in ipairs(fields[name]) do
      local there, short = pcall(function() return p[i][field] end)
      local known, long = pcall(metas.__index, q[i], field)
      assert(there == known and text(short) == text(long), case[1] .. " " .. name .. "." .. field)
      if there and type(short) ~= "table" and short ~= nil then
        local ok, why = pcall(function() p[i][field] = short end)
        local right, reason = pcall(metas.__newindex, q[i], field, short)
        assert(ok == right and p:bytes() == q:bytes(), case[1] .. " set " .. name .. "." .. field)
        compared = compared + 1
      end
    end
  end
end
assert(compared > 3000, compared)`

// sharedNames are all hardware types: several have one name.
const sharedNames = check + `
for n = 0, 255 do
  check("htype " .. n, "dhcp", packet.dhcp{htype = n}:bytes())
  check("hwtype " .. n, "arp", packet.arp{hwtype = n}:bytes())
end
assert(packet.arp{hwtype = "ATM"}.arp.hwtype == 16)`

// Every packet that Scapy built for the tests of the layers prints a source that makes the same bytes; so do changed ones.
func TestSources(t *testing.T) {
	n := *seed
	if n == 0 {
		n = 1 + rand.Int64N(1<<31)
	}
	t.Logf("the same changes again: -run TestSources -seed %d", n)
	overWire(t, fmt.Sprintf("math.randomseed(%d)\n", n)+again)
}

// A name that several numbers have stands for one of them, and is said for that one only.
func TestSourcesOfSharedNames(t *testing.T) {
	t.Parallel()
	if out := hosttest.Run(t, sharedNames, packet.Module(), bytes.Module(), u64.Module()); out != "" {
		t.Error(out)
	}
}

// The short ways to fields give what the metamethods give.
func TestShortcuts(t *testing.T) { overWire(t, alike) }

// overWire runs a program over the packets that Scapy built; what it prints is wrong.
func overWire(t *testing.T, program string) {
	t.Parallel()
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
	if out := hosttest.Run(t, cases.String()+program, packet.Module(), bytes.Module(), u64.Module()); out != "" {
		t.Error(out)
	}
}
