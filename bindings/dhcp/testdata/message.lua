-- Bytes and packets are decoded, and written again as they were.
local dhcp, packet = require "dhcp", require "packet"
local raw = ("\0"):rep(300)
assert(dhcp.decode(raw):bytes() == raw)
local m, message, kind = dhcp.decode("short")
assert(not m and kind == "malformed", message)
local p = packet.udp{sport=68, dport=67} / packet.dhcp{xid=5, options={{"message-type", "discover"}, {"end"}}}
assert(dhcp.decode(p):bytes() == p:bytes():sub(9))
