-- title: Interface traffic
-- about: what each interface of a device carries, by SNMP: rates in both directions with their course, and the load where the speed is
--        known. Counters of 64 bits are taken where there are any, and 32 bits may wrap round between two looks; an agent that starts
--        anew, and counters that jump, leave a gap in place of a peak
-- needs: net HOST:PORT/udp; net HOST:9/udp if BUSY
-- lab:   snmp on linux in simulated time
-- arg:   host string = 10.0.2.2 | the agent
-- arg:   port integer 1..65535 = 161 | where it listens
-- arg:   version string = 2c | of SNMP: 1, 2c, or 3 with a user
-- arg:   community string = public | of versions 1 and 2c
-- arg:   user string = | of version 3
-- arg:   auth_password string = | its password, by SHA
-- arg:   priv_password string = | its password for AES
-- arg:   interval seconds 0.1..3600 = 1 | between two looks
-- arg:   looks integer 1..100000 = 20 | how often, after the first
-- arg:   busy integer 0..100000 = 0 | datagrams of 1000 bytes to send to the device's discard port between two looks, more and more of them, to see something
-- shows: with --busy 20
--   interface  state  in                                out                                load
--   ---------  -----  ----------  --------------------  -----------  --------------------  ------
--   lo         up     0 bit/s     ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  0 bit/s      ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
--   eth0       up     3.4 Mbit/s  ▁▁▂▂▃▃▃▄▄▅▅▅▆▆▇▇▇███  87.8 kbit/s  █▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  0.03 %
--   eth1       up     0 bit/s     ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  0 bit/s      ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  0.00 %
-- returns: list | a record for each interface, as it was at the last look
--   interface string | name
--   state string | up, down or another state of the MIB
--   received number | bits a second
--   sent number | bits a second
--   load number | share of the speed, from 0 to 1, where that is known
-- see:   RFC 2863 section 3.1.6; tutorial/19_snmp_bulk; recipes/snmp_table
-- categories: monitoring, safe, snmp
-- author: the moonwire authors
-- version: 1.0

local dgram, script, snmp, tabulate, task = require "dgram", require "script", require "snmp", require "tabulate", require "task"
local args = script.args()
local BARS, SPEED_OF_WRAP = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}, 2 ^ 32 * 8 -- bits
local s = assert(snmp.open{host = args.host, port = args.port, version = args.user and "3" or args.version, community = args.community,
  user = args.user, auth_password = args.auth_password, priv_password = args.priv_password})

local function look()
  local uptime = assert(s:get("sysUpTime.0"))
  local rows = {}
  for _, row in ipairs(assert(s:table("ifTable", "ifXTable"))) do rows[row.ifIndex.value] = row end
  return {uptime = uptime, rows = rows}
end

-- bits is how many bits passed each second between two looks; nil when that can't be told. The agent's own clock says how
-- long that was. Version 1 has no 64-bit counters: there the agent leaves them out.
local function bits(row, before, now, last, wide, narrow)
  local new, old = row[wide] or row[narrow], before and (before[wide] or before[narrow])
  local jump, jumped = row.ifCounterDiscontinuityTime, before and before.ifCounterDiscontinuityTime
  local seconds = now:delta(last, now, last)
  if not (new and old and seconds and seconds > 0) or new.type ~= old.type or (jump and jumped and jump.value ~= jumped.value) then return nil end
  return new:delta(old) * 8 / (seconds / 100)
end

local function rate(value)
  if not value then return "?" end
  for _, unit in ipairs{{1e9, "Gbit/s"}, {1e6, "Mbit/s"}, {1e3, "kbit/s"}} do
    if value >= unit[1] then return ("%.1f %s"):format(value / unit[1], unit[2]) end
  end
  return ("%.0f bit/s"):format(value)
end

-- course draws rates as bars up to the highest; where one is missing there is a gap.
local function course(list, count)
  local most, bars = 1, {}
  for i = 1, count do most = math.max(most, list[i] or 0) end
  for i = 1, count do bars[i] = list[i] and BARS[math.max(1, math.ceil(list[i] / most * #BARS))] or " " end
  return table.concat(bars)
end

local seen, restarts, order = {}, 0, {}
local last = look()
for n = 1, args.looks do
  if args.busy > 0 then
    local to = assert(dgram.udp{to = args.host .. ":9"})
    for _ = 1, args.busy * n do to:send(("x"):rep(1000)) end
    to:close()
  end
  task.sleep(args.interval)
  local now = look()
  if not now.uptime:delta(last.uptime, now.uptime, last.uptime) then restarts = restarts + 1 end
  for index, row in pairs(now.rows) do
    local one = seen[index]
    if not one then
      one = {index = index, received = {}, sent = {}}
      seen[index], order[#order + 1] = one, one
    end
    one.row = row
    one.received[n] = bits(row, last.rows[index], now.uptime, last.uptime, "ifHCInOctets", "ifInOctets")
    one.sent[n] = bits(row, last.rows[index], now.uptime, last.uptime, "ifHCOutOctets", "ifOutOctets")
  end
  last = now
  script.progress(n, args.looks)
end

table.sort(order, function(a, b) return a.index < b.index end)
local lines, records = {}, {}
for i, one in ipairs(order) do
  local row, received, sent = one.row, one.received[args.looks], one.sent[args.looks]
  local speed = row.ifHighSpeed and row.ifHighSpeed.value * 1e6 or row.ifSpeed and row.ifSpeed.value or 0
  local load = speed > 0 and received and ("%.2f %%"):format(math.max(received, sent or 0) / speed * 100) or ""
  records[i] = {interface = (row.ifName or row.ifDescr).text, state = row.ifOperStatus.text, received = received, sent = sent,
    load = speed > 0 and received and math.max(received, sent or 0) / speed or nil}
  local wraps = not row.ifHCInOctets and speed * args.interval > SPEED_OF_WRAP and "32 bits may wrap twice between two looks" or ""
  lines[i] = {(row.ifName or row.ifDescr).text, row.ifOperStatus.text, rate(received), course(one.received, args.looks), rate(sent),
    course(one.sent, args.looks), load, wraps}
end
print(tabulate(lines, {"interface", "state", "in", "", "out", "", "load", ""}))
if restarts > 0 then print(("the agent started anew %d times meanwhile"):format(restarts)) end
if #order == 0 then script.nothing_found("the agent has no interfaces") end
return records
