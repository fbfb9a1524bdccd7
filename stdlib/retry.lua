--- Try again, with growing pauses, when the network says no.
local task = require "task"
local retry = {}

--- Call `f` until it gives a value; after the last try return that failure.
---@param f fun(try: integer): any, string?, string?
---@param opts? {tries?: integer, pause?: number} pause in seconds, doubled each time (default 3 and 0.1)
---@return any value, string? message, string? kind
function retry.call(f, opts)
  opts = opts or {}
  local tries, pause = opts.tries or 3, opts.pause or 0.1
  local value, message, kind
  for try = 1, tries do
    value, message, kind = f(try)
    if value ~= nil or try == tries then break end
    task.sleep(pause)
    pause = pause * 2
  end
  return value, message, kind
end

return retry
