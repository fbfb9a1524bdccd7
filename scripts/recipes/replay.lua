-- title: Replay a capture
-- about: send the packets of a capture file again, with their timing or another, and with other addresses; lengths and checksums
--        are made to fit
-- needs: raw on IFACE from any; read FILE
-- arg:   file file | the capture
-- arg:   filter string = | only what this expression matches, in tcpdump's language
-- arg:   speed number 0.. = 1 | 2 is twice as fast as captured, 0 as fast as it goes
-- arg:   rewrite list of string = | addresses to change, IP or MAC, as 10.0.0.1=10.9.0.1,02:00:00:00:00:01=02:00:00:00:00:09
-- arg:   loops integer 1.. = 1 | how often
-- shows: in its test
--   3 packets, 3910 octets in 0.001 s, at most 0.5 ms late
-- returns: record | what was sent
--   packets integer | how many
--   octets integer | in them
--   seconds seconds | that it took
--   late seconds | behind the capture's times, at most
--   refused integer | packets that the system refused
-- see:   moonwire doc pcap; moonwire doc link
-- categories: traffic, intrusive, capture
-- author: the moonwire authors
-- version: 1.0

local clock, lfs, link, packet, pcap = require "clock", require "lfs", require "link", require "packet", require "pcap"
local script, task = require "script", require "task"
local args, changes = script.args(), {}
for _, word in ipairs(args.rewrite or {}) do
  local from, to = word:match("^(.-)=(.+)$")
  if not from then script.fail("rewrite: '" .. word .. "' is no OLD=NEW") end
  changes[from] = to
end

local FIELDS = {"eth.src", "eth.dst", "arp.hwsrc", "arp.hwdst", "arp.psrc", "arp.pdst", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst"}
local CHECKSUMS = {"ip.chksum", "tcp.chksum", "udp.chksum", "icmp6.cksum"} -- those that cover addresses

local function rewritten(p)
  local changed = false
  for _, field in ipairs(FIELDS) do
    local to = changes[p:get(field)]
    if to then
      p:set(field, to)
      changed = true
    end
  end
  for _, field in ipairs(changed and CHECKSUMS or {}) do
    if p:get(field) then p:set(field, packet.auto) end
  end
  return p
end

local l = assert(link.open(script.iface()))
-- total is how many packets there will be; nil where the file can't be read twice, or is damaged.
local total
if lfs.attributes(args.file, "mode") == "file" then
  local whole, count = pcall(function() return assert(pcap.open(args.file)):count(args.filter) end)
  total = whole and count * args.loops or nil
end
local count, octets, latest, start = 0, 0, 0, clock.monotonic()
for _ = 1, args.loops do
  local begun = clock.monotonic()
  for p, meta in assert(pcap.open(args.file, {filter = args.filter})):packets() do
    local wait = args.speed > 0 and begun + meta.t / args.speed - clock.monotonic() or 0
    if wait > 0 then task.sleep(wait) end
    latest = math.max(latest, args.speed > 0 and -wait or 0)
    assert(l:send(rewritten(p)))
    count, octets = count + 1, octets + meta.len
    script.progress(count, total, "packets")
  end
end
local stats, took = l:stats(), clock.since(start)
l:close()
print(("%d packets, %d octets in %.3f s, at most %.1f ms late"):format(count, octets, took, latest * 1000))
if stats.send_errors > 0 then print(("%d were refused by the system"):format(stats.send_errors)) end
return {packets = count, octets = octets, seconds = took, late = latest, refused = stats.send_errors}
