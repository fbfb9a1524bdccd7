--- Lengths on the wire: one, two or four bytes in either order, or a varint.
---
--- Each has max, the largest it can say, pack(n), which returns bytes, and unpack(reader, part), which takes it from the
--- stream and keeps its progress in part.
---@package
local stream = require "framing.stream"
local number = {}

--- An unsigned number of `size` bytes.
---@param size integer
---@param order? "big"|"little" default "big", the network's order (RFC 1700)
---@return table number
function number.fixed(size, order)
  local little = order == "little"
  local function pack(n)
    local text = ""
    for _ = 1, size do text, n = string.char(n % 256) .. text, math.floor(n / 256) end
    return little and text:reverse() or text
  end
  local function unpack(reader)
    local text, n = stream.take(reader, size), 0
    if little then text = text:reverse() end
    for i = 1, size do n = n * 256 + text:byte(i) end
    return n
  end
  return {max = 256 ^ size - 1, pack = pack, unpack = unpack}
end

local DIGITS = 7 -- 49 bits: more than memory holds, and exact in a Lua number

--- Seven bits to a byte, the low ones first; the top bit says that more come (as in Protocol Buffers).
number.varint = {max = 128 ^ DIGITS - 1}

function number.varint.pack(n)
  local text = ""
  while n > 127 do text, n = text .. string.char(128 + n % 128), math.floor(n / 128) end
  return text .. string.char(n)
end

function number.varint.unpack(reader, part)
  for digit = part.digit or 0, DIGITS - 1 do
    local byte = stream.take(reader, 1):byte()
    part.number, part.digit = (part.number or 0) + byte % 128 * 128 ^ digit, digit + 1
    if byte < 128 then
      local n = part.number
      part.number, part.digit = nil, nil
      return n
    end
  end
  stream.fail("malformed", "framing: a length of more than %d bytes", DIGITS)
end

return number
