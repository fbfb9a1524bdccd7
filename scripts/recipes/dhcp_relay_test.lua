-- title: DHCP relay agent
-- about: what the relay agent of this link does with good messages and with those it must not carry: whether answers come as the
--        client can hear them, and whether a client can get a forged relay agent address, option 82 or hop count through
-- needs: raw on IFACE to 255.255.255.255:67/udp
-- lab:   relay on linux in simulated time
-- arg:   wait seconds 0.1..60 = 2 | for answers to each question
-- shows:
--   a client asks      result  what came
--   -----------------  ------  --------------------------------------------------------------
--   plainly            good    offer of 10.0.1.100 to 02:00:00:00:00:01 by the relay 10.0.1.1
--   by broadcast flag  good    offer of 10.0.1.100 to ff:ff:ff:ff:ff:ff by the relay 10.0.1.1
--   option 82          good    answers come without it
--   17 hops            good    dropped
--   relay's giaddr     good    dropped
--   forged option 82   good    dropped
-- returns: list | a record for each question
--   asks string | what the client asks
--   good boolean | the relay agent did as it should
--   came string | what came back
-- see:   RFC 1542 section 4; RFC 3046 section 2.1; recipes/dhcp_discover_all
-- categories: discovery, safe, dhcp
-- author: the moonwire authors
-- version: 1.0

local dhcp, link, packet, script, tabulate = require "dhcp", require "link", require "packet", require "script", require "tabulate"
local args = script.args()

-- The client finds the interface that waits for an address, unless --iface names one.
local client = assert(dhcp.client{})
local iface, mac = client.iface, client.mac
client:close()
local wire = assert(link.open(iface, {promiscuous = true, filter = "udp dst port 68"}))

local number = math.random(1, 2 ^ 31)
local headers = packet.eth{src = mac, dst = "ff:ff:ff:ff:ff:ff"} / packet.ip{src = "0.0.0.0", dst = "255.255.255.255"} /
  packet.udp{sport = 68, dport = 67}

-- ask sends a discover with these fields and options, and returns the first answer and whom it was sent to.
local function ask(fields, options)
  number = number + 1
  local message = dhcp.message{type = "discover", chaddr = mac, xid = number, options = options}
  for name, value in pairs(fields) do message[name] = value end
  assert(wire:send(headers / message:bytes()))
  for p in wire:sniff{timeout = args.wait} do
    local answer = dhcp.decode(p)
    if answer and answer.xid == number then return answer, p.eth.dst end
  end
end

local rows, TRIALS = {}, 6
script.found(rows)
local function note(what, good, came)
  rows[#rows + 1] = {asks = what, good = good and true or false, came = came}
  script.progress(#rows, TRIALS, "trials")
end

local function told(answer, to)
  if not answer then return "nothing" end
  return ("%s of %s to %s by the relay %s"):format(answer.type, answer.yiaddr, to, answer.giaddr)
end

local answer, to = ask{}
if not answer or answer.giaddr == "0.0.0.0" then script.nothing_found(answer and "a server of this link answers, no relay agent" or "nobody answers") end
note("plainly", answer.type == "offer" and to == mac, told(answer, to))
local relay = answer.giaddr

local loud, everybody = ask{broadcast = true}
note("by broadcast flag", loud and everybody == "ff:ff:ff:ff:ff:ff", told(loud, everybody))
local leaked = answer.options.relay_agent_information
note("option 82", not leaked, leaked and "answers come with it" or "answers come without it")

-- What a relay agent drops is answered by nobody.
local function dropped(what, ...)
  local came, whom = ask(...)
  note(what, not came, came and told(came, whom) or "dropped")
end
dropped("17 hops", {hops = 17})
dropped("relay's giaddr", {giaddr = relay})
dropped("forged option 82", {}, {relay_agent_information = {circuit_id = "fake"}})
wire:close()
local lines = {}
for i, row in ipairs(rows) do lines[i] = {row.asks, row.good and "good" or "bad", row.came} end
print(tabulate(lines, {"a client asks", "result", "what came"}))
return rows
