-- Prints what module bit answers for many arguments: LuaJIT's or ours.
local bit = require "bit"

local function show(name, ...)
  local f = bit[name]
  local ok, result = pcall(function(...) return f(...) end, ...)
  if ok then
    print(name, ..., result)
  else
    print(name, ..., (tostring(result):gsub("^[^\n]-:%d+: ", ""):gsub("'bit%.", "'"):gsub("'f'", "'" .. name .. "'"):gsub("'%?'", "'" .. name .. "'")))
  end
end

local numbers = {0, 1, -1, 2, 255, 256, 65535, 65536, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, -0x80000000, -0x80000001,
  1099511627776, 1099511628903, -1099511628903, 305419896, 2882400001, 0.5, 1.5, -1.5, 2.5, 1e15, -1e15, "12", "0x10"}
for _, a in ipairs(numbers) do
  for _, name in ipairs{"tobit", "bnot", "bswap", "tohex"} do show(name, a) end
  for digits = -9, 9 do show("tohex", a, digits) end
  show("tohex", a, 64)
  for _, b in ipairs(numbers) do
    for _, name in ipairs{"band", "bor", "bxor"} do
      show(name, a, b)
      show(name, a, b, 0x0f0f0f0f)
    end
  end
  for count = -33, 65 do
    for _, name in ipairs{"lshift", "rshift", "arshift", "rol", "ror"} do show(name, a, count) end
  end
end
for _, name in ipairs{"band", "bor", "bxor"} do show(name, 5) end
for _, name in ipairs{"tobit", "tohex", "bnot", "band", "bor", "bxor", "lshift", "rshift", "arshift", "rol", "ror", "bswap"} do
  show(name)
  show(name, "x")
  show(name, true)
  show(name, 1, "x")
end
