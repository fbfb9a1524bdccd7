--- Turn captured packets into the ladder's events: who they are from and to, and what they say in a few words.
---@package
local answer = require "probe.answer"
local packet = require "packet"
local packets = {}

local BROADCAST = {["ff:ff:ff:ff:ff:ff"] = true, ["255.255.255.255"] = true}
local NOBODY = {["0.0.0.0"] = true, ["::"] = true} -- the sources of hosts that have no address yet

-- ends returns whom a packet is from and to: addresses of IP or ARP, else those of the link. A host without an address goes
-- by its link's, also when a DHCP server sends to the address that it is about to have: nameless are such hosts.
local function ends(p, nameless)
  local link, net = p.eth, p.ip or p.ipv6
  local from, to = link and link.src, link and link.dst
  if net then
    if nameless and p.dhcp and link then
      nameless[link.src] = nameless[link.src] or NOBODY[net.src]
      return nameless[link.src] and link.src or net.src, nameless[link.dst] and link.dst or BROADCAST[net.dst] and "everybody" or net.dst
    end
    from, to = not NOBODY[net.src] and net.src or from or net.src, net.dst
  elseif p.arp then
    if not NOBODY[p.arp.psrc] then from = p.arp.psrc end
    if p.arp.psrc ~= p.arp.pdst then to = p.arp.pdst end
  end
  return from or "?", BROADCAST[to] and "everybody" or to or "?"
end

local say = {} -- by protocol: a packet in words

function say.arp(p)
  local arp = p.arp
  if arp.op ~= 1 then return ("%s is at %s"):format(arp.psrc, arp.hwsrc) end
  if arp.psrc == arp.pdst then return ("%s is mine"):format(arp.psrc) end
  return ("who has %s?"):format(arp.pdst)
end

-- Errors have the names that probe gives them, other messages those of the packet's own fields.
local ERRORS = {icmp = {[3] = true, [11] = true, [12] = true}, icmp6 = {true, true, true, true}}
local ECHO = {icmp = {[0] = true, [8] = true}, icmp6 = {[128] = true, [129] = true}}

local function message(layer, family)
  return function(p)
    local icmp, name = p[layer], (p:text(layer .. ".type") or "?"):gsub("%-", " ")
    if ECHO[layer][icmp.type] then return ("%s %d"):format(name, icmp.seq) end
    if not ERRORS[layer][icmp.type] then return name end
    local what, text = answer.meaning(family, icmp.type, icmp.code)
    return what == "too big" and ("%s, MTU %d"):format(text, icmp[layer == "icmp" and "nexthopmtu" or "mtu"]) or text
  end
end

say.icmp, say.icmp6 = message("icmp", "inet"), message("icmp6", "inet6")

local FLAGS = {{"S", "SYN"}, {"F", "FIN"}, {"R", "RST"}, {"P", "PSH"}, {"A", "ACK"}}

local function size(count) return ("%d byte%s"):format(count, count == 1 and "" or "s") end

local function load_of(p) return p.raw and #p.raw.load or 0 end

-- Sequence numbers count from each direction's first.
function say.tcp(p, first)
  local tcp, from, to = p.tcp, ends(p)
  local there, back = ("%s %d %s %d"):format(from, tcp.sport, to, tcp.dport), ("%s %d %s %d"):format(to, tcp.dport, from, tcp.sport)
  first[there] = first[there] or tcp.seq
  local words, bits = {}, p:text("tcp.flags") or ""
  for _, flag in ipairs(FLAGS) do
    if bits:find(flag[1], 1, true) then words[#words + 1] = flag[2] end
  end
  local parts = {table.concat(words, ", "), "seq " .. (tcp.seq - first[there]) % 2 ^ 32}
  if bits:find("A", 1, true) and first[back] then parts[#parts + 1] = "ack " .. (tcp.ack - first[back]) % 2 ^ 32 end
  if load_of(p) > 0 then parts[#parts + 1] = size(load_of(p)) end
  return table.concat(parts, " ")
end

function say.udp(p)
  return ("%d > %d, %s"):format(p.udp.sport, p.udp.dport, size(load_of(p)))
end

-- Messages of DHCP by their kind, and the address that is offered, asked for, given, or had.
function say.dhcp(p)
  local m = require "dhcp".decode(p)
  local about = m.options.requested_address or not NOBODY[m.yiaddr] and m.yiaddr or not NOBODY[m.ciaddr] and m.ciaddr
  return m.type .. (about and " " .. about or "")
end

function say.dhcp6(p) return require "dhcp6".decode(p).type end

-- fragment says which part of a datagram a packet is, if it isn't the whole.
local function fragment(p)
  local ip = p.ip
  if not ip or (ip.frag == 0 and not (p:text("ip.flags") or ""):find("MF")) then return nil end
  local first, last = ip.frag * 8, ip.frag * 8 + ip.len - ip.ihl * 4 - 1
  return ("fragment 0x%04x, bytes %d to %d%s"):format(ip.id, first, last, (p:text("ip.flags") or ""):find("MF") and "" or ", the last")
end

local LOWER = {raw = true, padding = true}

-- label describes a packet by the innermost layer that there are words for, a fragment or a report of an error by itself.
local function label(p, first)
  local part, names = fragment(p), p:names()
  if part then return part end
  for i, name in ipairs(names) do
    if say[name] and (name:find("^icmp") or i == #names or LOWER[names[i + 1]]) then return say[name](p, first) end
  end
  for i = #names, 1, -1 do
    if not LOWER[names[i]] then return tostring(p[i]) end
  end
  return ("%d bytes"):format(#p)
end

-- each iterates over a capture: a file's name, a list of packets (as link:capture gives it, or of {packet, meta}), or an
-- iterator over packets and what is known of them.
local function each(capture)
  if type(capture) == "string" then return assert(require "pcap".open(capture)):packets() end
  if type(capture) ~= "table" then return capture end
  local i, metas = 0, capture.meta or {}
  return function()
    i = i + 1
    local entry = capture[i]
    if type(entry) == "table" then return entry[1], entry[2] end
    return entry, metas[i]
  end
end

--- Return the ladder's events for captured packets.
---@param capture string|table|function|link{sniffer}
---@param names table<string, string> names of actors by address
---@return ladder.Event[]
function packets.events(capture, names)
  local list, first, nameless = {}, {}, {}
  for p, meta in each(capture) do
    if type(p) == "string" then p = packet.decode(p) end
    local from, to = ends(p, nameless)
    list[#list + 1] = {from = names[from] or from, to = names[to] or to, label = label(p, first),
      time = meta and meta.sec and meta.sec + (meta.nsec or 0) / 1e9}
  end
  return list
end

return packets
