--- Try again, with growing pauses, when the network says no.
local check = require "check"
local task = require "task"
local retry = {}

---@class retry.Options
---@field tries? integer how often, at most (default 3)
---@field pause? number the first wait, in seconds; each next one is twice as long (default 0.1)
---@field longest? number bound of the waits, in seconds; none when left out

local OPTIONS = {tries = "count", pause = "number", longest = "number"}

-- waits iterates over each try's number and the time to wait after it.
local function waits(opts)
  local tries, pause, longest = opts.tries or 3, opts.pause or 0.1, opts.longest or math.huge
  local try = 0
  return function()
    if try == tries then return nil end
    try = try + 1
    return try, math.min(pause * 2 ^ (try - 1), longest)
  end
end

--- Iterate over tries: each one's number, and how long to wait for an answer to it. The wait doubles each time, so that
--- many who ask a busy network in vain don't keep it busy (RFC 8085 section 3.1.1).
---
---     local all = {}
---     for try, wait in retry.waits{tries = 3, pause = 1} do all[try] = wait end
---     table.concat(all, " ") --> 1 2 4
---@param opts? retry.Options
---@return fun(): integer?, number?
function retry.waits(opts)
  return waits(check.options("retry.waits", opts, OPTIONS))
end

--- Call `f` until it gives a value; after the last try return that failure.
---
---     (retry.call(function(try) return try == 2 and "done" or nil, "not yet" end, {pause = 0.001})) --> done
---@async
---@param f fun(try: integer): any, string?, string?
---@param opts? retry.Options
---@return any value
---@return string? message
---@return string? kind
function retry.call(f, opts)
  check.argument("retry.call", 1, f, "function")
  opts = check.options("retry.call", opts, OPTIONS)
  local before, value, message, kind
  for try, pause in waits(opts) do
    if before then task.sleep(before) end
    before, value, message, kind = pause, f(try)
    if value ~= nil then break end
  end
  return value, message, kind
end

return retry
