--- Spread calls of one function over the machine's cores.
local check = require "check"
local task = require "task"

---@class pool.Pool workers that all know one function; it ends with the task that made it
local Pool = {}
Pool.__index = Pool

local pool = {}

--- Start `size` workers. Each has a Lua state of its own and takes the function from `source`.
---
---     local workers = pool.new(2, "return function(n) return n * n end")
---     workers:call(7) --> 49
---@param size integer workers: as many as there are cores to use
---@param source string Lua code that returns the function; it sees none of this script's variables
---@return pool.Pool
function pool.new(size, source)
  check.argument("pool.new", 1, size, "count")
  check.argument("pool.new", 2, source, "string")
  local self = setmetatable({workers = {}, free = task.channel(size)}, Pool)
  for i = 1, size do
    self.workers[i] = assert(task.worker("pool.worker", source))
    self.free:send(i)
  end
  return self
end

--- Call the function on a core that is free, or on the first that will be. Only the calling task waits. What the
--- function raises is raised here.
---
---     local workers = pool.new(1, "return function(a, b) return a + b end")
---     workers:call(3, 4) --> 7
---@async
---@param ... any plain values: they are copied
---@return any ... the function's results, copied
function Pool:call(...)
  local i = self.free:recv()
  self.workers[i]:send({n = select("#", ...), ...})
  local results, message = self.workers[i]:recv()
  if not results then error(message, 0) end
  self.free:send(i)
  if not results[1] then error(results[2], 0) end
  return unpack(results, 2, results.n)
end

return pool
