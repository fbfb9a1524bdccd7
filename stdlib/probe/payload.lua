--- What probes carry: their number where the header has none, and its complement, so that all have the same checksum. Some
--- routers choose a way by it.
---@package
local bytes = require "bytes"
local payload = {}

--- Make the payload of a probe.
---@param proto "icmp"|"udp"|"tcp" ICMP's header has the number already
---@param seq integer
---@param size integer bytes
---@return string
function payload.pack(proto, seq, size)
  local head = proto == "icmp" and bytes.pack(">I2", 65535 - seq) or bytes.pack(">I2I2", seq, 65535 - seq)
  return (head .. ("."):rep(size - #head)):sub(1, math.max(0, size))
end

--- Read a probe's number from what came back of its payload.
---@param data string
---@return integer? seq nil when too little came back
function payload.number(data)
  return #data >= 2 and (bytes.unpack(">I2", data)) or nil
end

return payload
