--- What each worker of a pool runs: one call after the other.
---@package
local port, source = ...
local f = assert(loadstring(source, "=pool"))()

local function packed(...) return {n = select("#", ...), ...} end

for call in port do
  port:send(packed(pcall(f, unpack(call, 1, call.n))))
end
