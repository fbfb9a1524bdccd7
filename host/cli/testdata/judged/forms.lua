local M = {}

local function fact(n)
  if n <= 1 then
    return 1
  else
    return n * fact(n - 1)
  end
end

local t = {
  a = 1,
  b = fact(3),
  c = function(x)
    return x + 1
  end,
}

function M.loop(n)
  local sum = 0
  for i = 1, n do
    if i % 2 == 0 then
      sum = sum + i
    elseif i == 3 then
      sum = sum - 1
    end
  end
  local k = 0
  while true do
    k = k + 1
    if k > 3 then
      break
    end
  end
  repeat
    k = k - 1
  until k == 0
  for key, v in pairs({1, 2,
    3}) do
    sum = sum +
      v
  end
  return sum
end

function M.calls(...)
  local a, b = ...
  local s = ("x"):rep(
    3)
  if a and
     not b or
     s == "" then
    s = s .. "y" ..
      "z"
  end
  do
    local inner = 1
  end
  return s
end

function M.never()
  return 1
end

function M.err()
  local ok, e = pcall(function()
    error("x")
  end)
  return ok
end

function M.co()
  local c = coroutine.wrap(function(a)
    local b = coroutine.yield(a)
    return b
  end)
  c(1)
  c(2)
end

function M.meta()
  local mt = setmetatable({}, {
    __index = function(_, k)
      return k
    end,
    __add = function(a, b)
      return 5
    end
  })
  local v = mt.x
  return mt + 1
end

M.loop(5)
M.calls(1)
M.calls(1, 2)
M.err()
M.co()
M.meta()
t.c(1)
local s = [[
long
string]]
goto_ = nil
if s then

end
;
return M
