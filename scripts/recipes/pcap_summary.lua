-- title: What is in this capture?
-- about: how many packets in how much time, which protocols, and who says most to whom; of a pcap or pcapng file
-- needs: read FILE
-- arg:   file file | the capture
-- arg:   filter string = | only what this expression matches, in tcpdump's language
-- arg:   top integer 1.. = 5 | how many conversations
-- shows: with ../testdata/fragments.pcap
--   pcap, 8 packets, 7888 octets, 0.003 s
--
--   protocols    packets  octets
--   -----------  -------  ------
--   eth ip             6    5260
--   eth ip icmp        2    2628
--
--   conversation           packets  octets
--   ---------------------  -------  ------
--   10.0.11.2 - 10.0.13.2        8    7888
-- returns: list | a record for the whole file, then for each stack of protocols and each conversation
--   kind string | file, protocols or conversation
--   name string | of the protocols, or who talks; of the file its format
--   packets integer | how many
--   octets integer | in them
--   seconds seconds | of the file: from the first packet to the last
-- see:   moonwire doc pcap; moonwire doc ladder
-- categories: capture, safe
-- author: the moonwire authors
-- version: 1.0

local pcap, script, tabulate = require "pcap", require "script", require "tabulate"
local args = script.args()
local file = assert(pcap.open(args.file, {filter = args.filter}))

-- A tally counts packets and bytes by a name.
local function tally() return {order = {}} end

local function count(t, name, bytes)
  local row = t[name]
  if not row then
    row = {name = name, packets = 0, bytes = 0}
    t[name], t.order[#t.order + 1] = row, row
  end
  row.packets, row.bytes = row.packets + 1, row.bytes + bytes
end

local function show(t, title, most)
  table.sort(t.order, function(a, b) return a.bytes > b.bytes or a.bytes == b.bytes and a.name < b.name end)
  local rows = {unpack(t.order, 1, most)}
  for i, row in ipairs(rows) do rows[i] = {row.name, row.packets, row.bytes} end
  print("\n" .. tabulate(rows, {title, "packets", "octets"}))
end

-- Both directions are one conversation: the smaller address goes first.
local function conversation(p)
  local net = p.ip or p.ipv6 or p.eth
  if not net then return "other" end
  local a, b = net.src, net.dst
  if b < a then a, b = b, a end
  return a .. " - " .. b
end

local protocols, talks, first, last, total, octets = tally(), tally(), nil, 0, 0, 0
local whole, problem = pcall(function()
  for p, meta in file:packets() do
    first, last = first or meta.t, meta.t
    total, octets = total + 1, octets + meta.len
    count(protocols, table.concat(p:names(), " "):gsub(" raw$", ""), meta.len)
    count(talks, conversation(p), meta.len)
    if total % 1000 == 0 then script.progress(total, nil, "packets") end
  end
end)
if total == 0 and whole then script.nothing_found("no packet matches") end
print(("%s, %d packets, %d octets, %.3f s"):format(file:format(), total, octets, last - (first or 0)))
if not whole then print("then the file is damaged: " .. tostring(problem)) end
show(protocols, "protocols")
show(talks, "conversation", args.top)

local records = {{kind = "file", name = file:format(), packets = total, octets = octets, seconds = last - (first or 0)}}
local function list(kind, t)
  for _, row in ipairs(t.order) do records[#records + 1] = {kind = kind, name = row.name, packets = row.packets, octets = row.bytes} end
end
list("protocols", protocols)
list("conversation", talks)
return records
