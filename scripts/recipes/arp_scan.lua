-- title: ARP scan
-- about: every host of an IPv4 network on this link, with its MAC address and who made its card; hosts that answer nothing else
--        answer this
-- needs: raw on IFACE to NETWORK or LOCAL
-- lab:   lan on h1
-- arg:   network prefix = | which addresses; when left out, the network of the interface
-- arg:   rate rate = 1000pps | questions, at most
-- arg:   wait seconds 0.05..60 = 1 | for answers after the last question
-- shows:
--   address   MAC address        maker  answered in
--   --------  -----------------  -----  -----------
--   10.0.0.2  02:00:00:00:00:02         0.1 ms
--   10.0.0.3  02:00:00:00:00:03         0.1 ms
-- returns: list | a record for each host that answers
--   ip address | of the host
--   mac mac | of its card
--   vendor string | who made the card, where that is known
--   rtt seconds | until it answered
-- see:   RFC 826; tutorial/09_arp_resolve; moonwire doc arp
-- categories: discovery, safe, arp
-- author: the moonwire authors
-- version: 1.0

local arp, link, script, tabulate = require "arp", require "link", require "script", require "tabulate"
local args = script.args()

local function own_network(name)
  for _, card in ipairs(link.interfaces()) do
    for _, prefix in ipairs(card.name == name and card.addresses or {}) do
      if not prefix:find(":", 1, true) then return prefix end
    end
  end
  script.fail(name .. " has no IPv4 address: give a network")
end

local a = assert(arp.open(script.iface()))
local answers = {}
script.found(answers)
local function found(host) answers[#answers + 1] = host end
local function progress(done, total) script.progress(done, total, "questions") end
local hosts = assert(a:scan(args.network or own_network(a.interface), {rate = args.rate, timeout = args.wait, found = found, progress = progress}))
a:close()
if #hosts == 0 then script.nothing_found("nobody answers") end
local rows = {}
for i, host in ipairs(hosts) do rows[i] = {host.ip, host.mac, host.vendor or "", ("%.1f ms"):format(host.rtt * 1000)} end
print(tabulate(rows, {"address", "MAC address", "maker", "answered in"}))
return hosts
