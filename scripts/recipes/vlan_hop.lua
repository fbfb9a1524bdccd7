-- title: VLAN hop test
-- about: does a switch let frames with crafted VLAN tags into another VLAN? One switch takes the outer tag off, the next one goes
--        by the inner. Nothing comes back that way, so a second interface of this machine, in the other VLAN, is the witness
-- needs: raw on IFACE to 255.255.255.255:9/udp from 192.0.2.1; sniff on WITNESS
-- arg:   witness string | interface in the VLAN that frames must not get into
-- arg:   inner integer 1..4094 = 20 | that VLAN
-- arg:   outer integer 0..4094 = 1 | native VLAN of the trunk between switches
-- arg:   wait seconds 0.05..60 = 1 | how long the witness listens after each frame
-- shows: in its test
--   frame with                     seen in the other VLAN
--   --------------------  -------  -----------------------------------------------------------------------------------------
--   no tag                stopped
--   the inner tag alone   stopped
--   outer and inner tag   hops     eth 02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff / ip 192.0.2.1 > 255.255.255.255 / udp 9 > 9 / raw 29 bytes
--   outer as service tag  stopped
--   VLAN 0 and inner tag  stopped
-- returns: list | a record for each kind of frame
--   frame string | what is special about it
--   hops boolean | it was seen in the other VLAN
--   seen string | as it came there
-- see:   IEEE 802.1Q clause 9; tutorial/08_mac_addresses
-- categories: security, intrusive, vlan
-- author: the moonwire authors
-- version: 1.0

local link, packet, script, tabulate = require "link", require "packet", require "script", require "tabulate"
local args, rows, records, hopped = script.args(), {}, {}, 0
local dot1q, dot1ad = packet.dot1q, packet.dot1ad

local ATTEMPTS = {
  {"no tag", function(p) return p end},
  {"the inner tag alone", function(p) return dot1q{vlan = args.inner} / p end},
  {"outer and inner tag", function(p) return dot1q{vlan = args.outer} / dot1q{vlan = args.inner} / p end},
  {"outer as service tag", function(p) return dot1ad{vlan = args.outer} / dot1q{vlan = args.inner} / p end},
  {"VLAN 0 and inner tag", function(p) return dot1q{vlan = 0} / dot1q{vlan = args.inner} / p end},
}

script.found(records)
local from = assert(link.open(script.iface()))
local witness = assert(link.open(args.witness, {promiscuous = true}))
for i, attempt in ipairs(ATTEMPTS) do
  local token = ("moonwire vlan hop %d %d"):format(i, math.random(1e9))
  local load = packet.ip{src = "192.0.2.1", dst = "255.255.255.255"} / packet.udp{sport = 9, dport = 9} / token
  assert(from:send(packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / attempt[2](load)))
  local arrived
  for p in witness:sniff{timeout = args.wait, direction = "in"} do
    if p:bytes():find(token, 1, true) then
      arrived = p
      break
    end
  end
  rows[i] = {attempt[1], arrived and "hops" or "stopped", arrived and tostring(arrived) or ""}
  records[i] = {frame = attempt[1], hops = arrived ~= nil, seen = arrived and tostring(arrived)}
  if arrived then hopped = hopped + 1 end
  script.progress(i, #ATTEMPTS, "frames")
end
from:close()
witness:close()
print(tabulate(rows, {"frame with", "", "seen in the other VLAN"}))
if hopped == 0 then script.nothing_found("no frame gets there") end
return records
