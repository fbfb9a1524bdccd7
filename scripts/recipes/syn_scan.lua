-- title: SYN scan
-- about: which TCP ports of a host are open, by the first segment of a handshake alone: SYN, ACK says open, RST closed, silence or
--        an ICMP error that something between filters. Our system, which knows of no connection, resets what was opened
-- needs: raw on IFACE to HOST/tcp
-- lab:   pair on h1
-- arg:   host address = 10.0.0.2 | whom to scan; ask its owner first
-- arg:   ports ports = 1-1024 | ports and ranges, parted by commas
-- arg:   rate rate = 5000pps | segments, at most
-- arg:   wait seconds 0.05..60 = 1 | for answers after the last segment
-- arg:   closed boolean | list closed ports, too
-- shows: in its test
--   10.0.0.2: 2 open, 1022 closed, 0 filtered
--   port  state  ttl  answered in
--   ----  -----  ---  -----------
--     22  open    64  0.0 ms
--     80  open    64  0.0 ms
-- returns: list | a record for each open port, and for each closed one if asked for
--   port port | of the host
--   state string | open or closed
--   ttl integer | hop limit of the answer
--   rtt seconds | until it answered
-- see:   RFC 9293 section 3.10.7; moonwire doc link
-- categories: discovery, intrusive, tcp
-- author: the moonwire authors
-- version: 1.0

local link, packet, script, tabulate = require "link", require "packet", require "script", require "tabulate"
local args = script.args()
local source = math.random(32768, 60999)
local l = assert(link.open(nil, {to = args.host}))
local net = args.host:find(":", 1, true) and packet.ipv6 or packet.ip

-- A list in a field makes a packet for each of its values.
local probes = net{dst = args.host} / packet.tcp{sport = source, dport = args.ports, flags = "S"}
local found, counts = {}, {open = 0, closed = 0, filtered = 0}
script.found(found)
local function answer(sent, received, rtt)
  local flags = received.tcp and received.eth and not received.icmp and not received.icmp6 and received:text("tcp.flags") or ""
  local state = flags:find("R") and "closed" or flags:find("S") and "open" or "filtered"
  counts[state] = counts[state] + 1
  if state == "open" or (state == "closed" and args.closed) then
    found[#found + 1] = {port = sent.tcp.dport, state = state, ttl = received.ttl or received.hlim, rtt = rtt}
  end
end
local function progress(done, total) script.progress(done, total, "segments") end
local r = assert(l:exchange(probes, {timeout = args.wait, retry = 1, rate = args.rate, filter = "tcp or icmp or icmp6", answer = answer,
  progress = progress}))
l:close()
counts.filtered = counts.filtered + #r.unanswered
table.sort(found, function(a, b) return a.port < b.port end)
local rows = {}
for i, f in ipairs(found) do rows[i] = {f.port, f.state, f.ttl, ("%.1f ms"):format(f.rtt * 1000)} end
print(("%s: %d open, %d closed, %d filtered"):format(args.host, counts.open, counts.closed, counts.filtered))
if #rows > 0 then print(tabulate(rows, {"port", "state", "ttl", "answered in"})) end
if counts.open == 0 then script.nothing_found("no port is open") end
return found
