-- title: Who gives me an address?
-- about: a host without an address can't name anybody, nor be named: its question goes from 0.0.0.0 to everybody, out of the one
--        interface that waits for an address, and carries the MAC address that answers will know it by
-- needs: raw on IFACE to 255.255.255.255:67/udp
-- lab:   dhcp on linux
-- shows:
--   interface  MAC address        IPv4 address
--   ---------  -----------------  ------------
--   eth0       02:00:00:00:00:01  none
--   eth1       02:00:00:01:00:01  10.0.2.2/24
--
--   out of eth0: 02:00:00:00:00:01 0.0.0.0:68 > ff:ff:ff:ff:ff:ff 255.255.255.255:67  discover
--
--    at  bytes                 what they are
--   ---  --------------------  ----------------------------------------------------------------------------------------
--     0  01                    op: 1 asks, 2 answers
--     4  0xff4ae39f            xid, chosen by chance; answers repeat it
--    28  02 00 00 00 00 01     chaddr: the client's MAC address
--   236  63 82 53 63           the cookie: what follows are options
--   240  35 01 01              message_type: discover
--   243  39 02 05 dc           max_message_size: 1500
--   247  37 05 01 03 06 0f 33  parameter_request_list: subnet_mask, router, domain_name_server, domain_name, lease_time
--   254  ff                    end
--
--   02:00:00:00:00:02 10.0.1.1:67 > 02:00:00:00:00:01 10.0.1.100:68  offer
--   10.0.1.1 offers 10.0.1.100 for 3600 s
-- see:   RFC 2131 sections 2, 3.1 and 4.4.1; RFC 2132 sections 9.6 and 9.8; tutorial/15_dhcp_request
-- categories: tutorial, dhcp

local bytes, dhcp, link, tabulate = require "bytes", require "dhcp", require "link", require "tabulate"

-- One interface has an address by hand. The other one has none: the client takes that, unless --iface names one.
local cards = {}
for _, card in ipairs(link.interfaces()) do
  local address = table.concat(card.addresses, " "):match("%d+%.%d+%.%d+%.%d+/%d+")
  if card.mac then cards[#cards + 1] = {card.name, card.mac, address or "none"} end
end
print(tabulate(cards, {"interface", "MAC address", "IPv4 address"}))

local c = assert(dhcp.client{request = {"subnet_mask", "router", "domain_name_server", "domain_name", "lease_time"}})
local offer = assert(c:discover())
local sent, came = c.exchange[1], c.exchange[2]
print(("\nout of %s: %s %s > %s %s  %s\n"):format(c.iface, sent.source_mac, sent.source, sent.destination_mac, sent.destination, sent.message.type))

-- What the message is made of: a field has its place, an option has a code and a length before its value; 255 ends them.
local function part(at, size, is) return {at, bytes.hex(sent.bytes:sub(at + 1, at + size), " "), is} end
local rows = {part(0, 1, "op: 1 asks, 2 answers"), {4, ("0x%08x"):format(c.xid), "xid, chosen by chance; answers repeat it"},
  part(28, 6, "chaddr: the client's MAC address"), part(236, 4, "the cookie: what follows are options")}
for _, option in ipairs(sent.message.list) do
  rows[#rows + 1] = part(option.offset, option.text and 2 + #option.data or 1, option.name .. (option.text and ": " .. option.text or ""))
end
print(tabulate(rows, {"at", "bytes", "what they are"}))

-- The answer finds the client by its MAC address: it is sent to an IP address that nobody has yet.
print(("\n%s %s > %s %s  %s"):format(came.source_mac, came.source, came.destination_mac, came.destination, came.message.type))
print(("%s offers %s for %d s"):format(offer.options.server_identifier, offer.yiaddr, offer.options.lease_time))
