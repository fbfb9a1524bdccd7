-- title: Who gives me an address?
-- about: a host without an address can't name anybody, nor be named: its question goes from 0.0.0.0 to everybody, out of the one
--        interface that waits for an address, and carries the MAC address that answers will know it by
-- needs: raw
-- lab:   dhcp on linux
-- shows: x
-- see:   RFC 2131 sections 2, 3.1 and 4.4.1; RFC 2132 sections 9.6 and 9.8; tutorial/15_dhcp_request
-- categories: tutorial, dhcp

local bytes, dhcp, link, tabulate = require "bytes", require "dhcp", require "link", require "tabulate"

-- One interface has an address by hand. The other one has none: the client takes that, unless --iface names one.
local cards = {}
for _, card in ipairs(link.interfaces()) do
  if card.mac then cards[#cards + 1] = {card.name, card.mac, card.addresses[1] or "none"} end
end
print(tabulate(cards, {"interface", "MAC address", "address"}))

local c = assert(dhcp.client{request = {"subnet_mask", "router", "domain_name_server", "domain_name", "lease_time"}})
local offer = assert(c:discover())
local sent = c.exchange[1]
print(("\nout of %s, %s > %s, %s > %s:"):format(c.iface, sent.source_mac, sent.destination_mac, sent.source, sent.destination))
print(sent.message:show())

-- The same as bytes. A field has its place, an option a code and a length before its value, and 255 is the last one.
local function part(at, size, is) return {at, bytes.hex(sent.bytes:sub(at + 1, at + size), " "), is} end
local rows = {part(0, 1, "op: 1 asks, 2 answers"), part(1, 3, "htype, hlen, hops"), part(4, 4, "xid, which the answers repeat"), part(28, 6, "chaddr, the client's MAC address"),
  part(236, 4, "the cookie: options follow")}
for _, option in ipairs(sent.message.list) do
  rows[#rows + 1] = part(option.offset, option.code == 255 and 1 or 2 + #option.data, option.name)
end
print("\n" .. tabulate(rows, {"at", "bytes", "what it is"}))
print(("\n%s offers %s"):format(offer.options.server_identifier, offer.yiaddr))
