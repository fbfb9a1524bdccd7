-- title: A datagram in three pieces
-- about: an echo request of 3,800 bytes cut by hand: offsets in units of 8 bytes, a flag on all but the last, one identification.
--        The ICMP checksum covers the whole message, not a piece: the receiver puts the datagram together before it looks
-- needs: raw
-- lab:   pair on h1
-- arg:   host address = 10.0.0.2 | whom to send it to
-- shows:
--   a checksum over the first piece:
--     bytes    0 to 1479 at offset   0, more to come
--     bytes 1480 to 2959 at offset 185, more to come
--     bytes 2960 to 3807 at offset 370, the last
--     no answer
--    sender                                              10.0.0.2
--      |--------- fragment 0x0001, bytes 0 to 1479 --------->|
--      |------- fragment 0x0001, bytes 1480 to 2959 -------->|
--      |-- fragment 0x0001, bytes 2960 to 3807, the last --->|
--
--   a checksum over the whole:
--     bytes    0 to 1479 at offset   0, more to come
--     bytes 1480 to 2959 at offset 185, more to come
--     bytes 2960 to 3807 at offset 370, the last
--     echo-reply: 3800 bytes of data, the same
--    sender                                              10.0.0.2
--      |--------- fragment 0x0002, bytes 0 to 1479 --------->|
--      |------- fragment 0x0002, bytes 1480 to 2959 -------->|
--      |-- fragment 0x0002, bytes 2960 to 3807, the last --->|
--      |<--------- fragment 0x0a6d, bytes 0 to 1479 ---------|
--      |<-------- fragment 0x0a6d, bytes 1480 to 2959 -------|
--      |<--- fragment 0x0a6d, bytes 2960 to 3807, the last --|
-- see:   RFC 791 section 3.2; RFC 792; RFC 815; tutorial/12_path_mtu
-- categories: tutorial, icmp, mtu

local ladder, link, packet, script = require "ladder", require "link", require "packet", require "script"
local host = script.args().host
local mouth = assert(link.open(nil, {to = host}))
local ear = assert(link.open(nil, {to = host, filter = "icmp or ip[6:2] & 0x1fff != 0"})) -- a link doesn't hear what it says itself
local DATA = ("moonwire! "):rep(380)               -- 3,800 bytes
local PIECE = math.floor((1500 - 20) / 8) * 8      -- what fits behind an IP header into 1,500 bytes, in whole units of 8
local echo = {type = "echo-request", id = 0x4d57, seq = 1}

-- IP doesn't care what it carries: a piece is any bytes with a place.
local function send_in_pieces(message, id)
  for at = 0, #message - 1, PIECE do
    local more = at + PIECE < #message
    local p = packet.ip{dst = host, proto = "icmp", id = id, flags = more and "MF" or 0, frag = at / 8} / message:sub(at + 1, at + PIECE)
    print(("  bytes %4d to %4d at offset %3d, %s"):format(at, at + #p.raw.load - 1, p.ip.frag, more and "more to come" or "the last"))
    assert(mouth:send(p))
  end
end

local function try(title, message, id)
  print(title)
  send_in_pieces(message, id)
  local seen, answer = ear:capture{timeout = 0.5}, ""
  for _, p in ipairs(seen) do -- the reply is as long, and comes in pieces, too
    if p.ip.src == host then answer = answer .. p:bytes():sub(14 + p.ip.ihl * 4 + 1) end
  end
  if #answer > 0 then
    local reply = packet.decode(answer, "icmp")
    print(("  %s: %d bytes of data, %s"):format(reply:text("icmp.type"), #reply.raw.load, reply.raw.load == DATA and "the same" or "changed"))
  else
    print("  no answer")
  end
  print(ladder.packets(seen, {names = {[seen[1].ip.src] = "sender"}, actors = {"sender", host}}) .. "\n")
end

-- Wrong: the checksum of a message that ends with the first piece, and then the rest of the data.
local first = (packet.icmp(echo) / DATA:sub(1, PIECE - 8)):bytes()
try("a checksum over the first piece:", first .. DATA:sub(PIECE - 7), 1)

-- Right: the checksum of the whole message, which is cut afterwards.
try("a checksum over the whole:", (packet.icmp(echo) / DATA):bytes(), 2)
mouth:close()
ear:close()
