-- title: A datagram in three pieces
-- about: an echo request of 3,800 bytes cut by hand: offsets in units of 8 bytes, a flag on all but the last, one identification.
--        The ICMP checksum covers the whole message, not a piece: the receiver puts the datagram together before it looks
-- needs: raw on IFACE to HOST/icmp
-- lab:   pair on h1
-- arg:   host address = 10.0.0.2 | whom to send it to
-- shows:
--   a checksum over the first piece:
--     1480 bytes at offset   0, more to come
--     1480 bytes at offset 185, more to come
--      848 bytes at offset 370, the last
--     no answer
--    sender                                              10.0.0.2
--      |--------- fragment 0x0001, bytes 0 to 1479 --------->|
--      |------- fragment 0x0001, bytes 1480 to 2959 -------->|
--      |-- fragment 0x0001, bytes 2960 to 3807, the last --->|
--
--   a checksum over the whole:
--     1480 bytes at offset   0, more to come
--     1480 bytes at offset 185, more to come
--      848 bytes at offset 370, the last
--     echo-reply with the same data
--    sender                                              10.0.0.2
--      |--------- fragment 0x0002, bytes 0 to 1479 --------->|
--      |------- fragment 0x0002, bytes 1480 to 2959 -------->|
--      |-- fragment 0x0002, bytes 2960 to 3807, the last --->|
--      |<--------- fragment 0x77ff, bytes 0 to 1479 ---------|
--      |<-------- fragment 0x77ff, bytes 1480 to 2959 -------|
--      |<--- fragment 0x77ff, bytes 2960 to 3807, the last --|
-- see:   RFC 791 section 3.2; RFC 792; RFC 815; tutorial/12_path_mtu
-- categories: tutorial, icmp, mtu

local ladder, link, packet = require "ladder", require "link", require "packet"
local host = require "script".args().host
local mouth = assert(link.open(nil, {to = host}))
local ear = assert(link.open(nil, {to = host, filter = "icmp or ip[6:2] & 0x1fff != 0"})) -- a link doesn't hear what it says itself
local DATA = ("moonwire! "):rep(380)               -- so many times ten bytes
local PIECE = math.floor((1500 - 20) / 8) * 8      -- what fits behind an IP header into 1,500 bytes, in whole units of 8
local echo = {type = "echo-request", id = 0x4d57, seq = 1}

-- IP doesn't care what it carries: a piece is any bytes with a place.
local function try(title, message, id)
  print(title)
  for at = 0, #message - 1, PIECE do
    local p = packet.ip{dst = host, proto = "icmp", id = id, frag = at / 8, flags = at + PIECE < #message and "MF" or 0}
      / message:sub(at + 1, at + PIECE)
    print(("  %4d bytes at offset %3d, %s"):format(#p.raw.load, p.ip.frag, p:text("ip.flags") == "MF" and "more to come" or "the last"))
    assert(mouth:send(p))
  end
  local seen, answer = ear:capture{timeout = 0.5}, ""
  for _, p in ipairs(seen) do -- the reply is as long, and comes in pieces, too
    if p.ip.src == host then answer = answer .. p:bytes():sub(35) end
  end
  local reply = #answer > 0 and packet.decode(answer, "icmp")
  print(reply and ("  %s with %s"):format(reply:text("icmp.type"), reply.raw.load == DATA and "the same data" or "other data") or "  no answer")
  print(ladder.packets(seen, {names = {[seen[1].ip.src] = "sender"}, actors = {"sender", host}}) .. "\n")
end

-- Wrong: the checksum of a message that ends with the first piece, and then the rest of the data.
local first = (packet.icmp(echo) / DATA:sub(1, PIECE - 8)):bytes()
try("a checksum over the first piece:", first .. DATA:sub(PIECE - 7), 1)

-- Right: the checksum of the whole message, which is cut afterwards.
try("a checksum over the whole:", (packet.icmp(echo) / DATA):bytes(), 2)
