-- Runs a program and prints how often each line of each file ran, as FILE:LINE COUNT.
local program, counts = arg[1], {}
local function count(_, line)
  local at = debug.getinfo(2, "S").source:sub(2) .. ":" .. line
  counts[at] = (counts[at] or 0) + 1
end
local create = coroutine.create
coroutine.create = function(f)
  local c = create(f)
  debug.sethook(c, count, "l")
  return c
end
coroutine.wrap = function(f)
  local c = coroutine.create(f)
  return function(...) return select(2, coroutine.resume(c, ...)) end
end
debug.sethook(count, "l")
dofile(program)
debug.sethook()
for at, n in pairs(counts) do print(at .. " " .. n) end
