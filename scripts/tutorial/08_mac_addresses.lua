-- title: MAC addresses
-- about: six bytes that name a card: text to bytes and back by hand, what two bits of the first byte say, who made the card, and
--        which other addresses are made of it
-- lab:   pair on h1
-- arg:   mac mac = 00:00:0c:12:34:56 | the address to take apart
-- shows:
--   00:00:0c:12:34:56 is 6 bytes on the wire: 00 00 0c 12 34 56
--   others write 00-00-0C-12-34-56, 0000.0c12.3456 or 00000c123456
--
--   address            first byte  is for    was       maker               it is
--   -----------------  ----------  --------  --------  ------------------  ---------------------------------
--   00:00:0c:12:34:56  00000000    one card  assigned  Cisco Systems, Inc  the one given
--   02:00:00:00:00:01  00000010    one card  chosen                        made up
--   ff:ff:ff:ff:ff:ff  11111111    group     chosen                        everybody on the link
--   01:00:5e:00:00:fb  00000001    group     assigned                      who listens to 224.0.0.251 (IPv4)
--   33:33:00:00:00:01  00110011    group     chosen                        who listens to ff02::1 (IPv6)
--
--   an IPv6 address made of it: fe80::200:cff:fe12:3456, and back: 00:00:0c:12:34:56
-- see:   RFC 9542; RFC 4291 appendix A; RFC 1112 section 6.4; tutorial/09_arp_resolve
-- categories: tutorial, link

local addr, bit, bytes, mac = require "addr", require "bit", require "bytes", require "mac"
local script, tabulate = require "script", require "tabulate"
local text = script.args().mac

-- On the wire there are six bytes; the colons and the hexadecimal digits are for people.
local six = text:gsub("(%x%x):?", function(digits) return string.char(tonumber(digits, 16)) end)
local back = six:gsub(".", function(byte) return ("%02x:"):format(byte:byte()) end):sub(1, -2)
assert(back == text and six == mac.bytes(text))
print(("%s is %d bytes on the wire: %s"):format(text, #six, bytes.hex(six, " ")))
print(("others write %s, %s or %s\n"):format(mac.text(text, "dash", {upper = true}), mac.text(text, "dot"), mac.text(text, "bare")))

-- The two lowest bits of the first byte: is it a group's address, and did somebody choose it, or was it assigned to its maker?
local function describe(about, address)
  local first = mac.bytes(address):byte()
  local bits = ""
  for i = 7, 0, -1 do bits = bits .. bit.band(bit.rshift(first, i), 1) end
  return {address, bits, bit.band(first, 1) == 1 and "group" or "one card", bit.band(first, 2) == 2 and "chosen" or "assigned",
    mac.vendor(address) or "", about}
end
print(tabulate({
  describe("the one given", text),
  describe("made up", "02:00:00:00:00:01"),
  describe("everybody on the link", mac.broadcast),
  describe("who listens to 224.0.0.251 (IPv4)", mac.for_group("224.0.0.251")),
  describe("who listens to ff02::1 (IPv6)", mac.for_group("ff02::1")),
}, {"address", "first byte", "is for", "was", "maker", "it is"}))

-- A host can make its own IPv6 address of it: ff:fe in the middle, the second lowest bit turned over.
local link_local = addr.eui64("fe80::/64", text)
print(("\nan IPv6 address made of it: %s, and back: %s"):format(tostring(link_local), link_local:mac()))
