-- Calls every function of a module, and every method of what those gave, with arguments that nobody expects, and prints each
-- error message once. ... is the module's name and the names of its functions and methods.
local name, seed = ...
local names = {select(3, ...)}
local task, u64 = require "task", require "u64"
local M = require(name)
local random = math.random
math.randomseed(tonumber(seed))

local itself, deep = {1}, {}
itself[2], itself.x = itself, itself
local down = deep
for _ = 1, 300 do down[1] = {}; down = down[1] end
local loop, shared = {}, {}
loop[1], loop[2] = loop, loop
for _ = 1, 64 do shared = {shared, shared, x = shared} end
local closed = assert(require "socket".udp4())
closed:close()
local WILD = {
  false, true, 0, 1, -1, 0.5, 7, 0 / 0, 1 / 0, -1 / 0, 2 ^ 31, 2 ^ 53, -2 ^ 63, 1e308, "", "x", "10.0.0.2", "fd00::2", "eth0", "udp", "127.0.0.1:9", "get",
  "\0\255\128", ("x"):rep(70000), "%s%d%99999999s", "../../x", {}, {1, 2, 3}, {x = 1, timeout = -1}, {timeout = "soon"}, itself, deep, loop, shared, print, error,
  function() error({}) end, function() return itself end, function() task.sleep(1e9) end, coroutine.create(function() end), newproxy(true), io.stdout, u64("18446744073709551615"),
  require "addr"("10.0.0.2"), require "packet".ip{dst = "10.0.0.2"}, closed, string, M,
}
local objects, said = {}, {}

local function keep(...)
  for i = 1, select("#", ...) do
    local v = select(i, ...)
    if type(v) == "userdata" and #objects < 60 then objects[#objects + 1] = v end
  end
end

local function any()
  local n = random(#WILD + 12)
  if n > #WILD + 4 then return objects[random(math.max(1, #objects))] end
  return WILD[n]
end

local function wild(what, f, ...)
  io.stderr:write(what, "\n") -- if that doesn't end, it was this one
  local given, results = {...}, nil
  local given_n = select("#", ...)
  local ok, why = pcall(task.timeout, 0.05, function()
    results = {pcall(f, unpack(given, 1, given_n))}
  end)
  if not ok then results = {false, why} end
  if not results then return end
  if results[1] then keep(unpack(results, 2)) end
  for i = 2, 3 do
    local text = results[i]
    if (not results[1] or i == 3) and (type(text) == "string" or not results[1]) then
      local fine, line = pcall(tostring, text)
      line = what .. "\t" .. (fine and line or "(no message) " .. line):sub(1, 400):gsub("[%c\128-\255]", "?")
      if not said[line] then
        said[line] = true
        print(line)
      end
    end
  end
end

local function arguments() return random(0, 4), any(), any(), any(), any() end
local function attack(what, f, self)
  for _ = 1, 25 do
    local n, a, b, c, d = arguments()
    if self ~= nil then
      wild(what, f, self, unpack({a, b, c, d}, 1, n))
    else
      wild(what, f, unpack({a, b, c, d}, 1, n))
    end
  end
end

for _, key in ipairs(names) do
  local _, f = pcall(function() return M[key] end)
  if type(f) == "function" then attack(name .. "." .. key, f) end
end
if type(M) == "table" and pcall(function() return getmetatable(M).__call end) then attack(name, M) end
for i = 1, 40 do
  local o = objects[i]
  if o == nil then break end
  for _, key in ipairs(names) do
    local has, method = pcall(function() return o[key] end)
    if has and type(method) == "function" then attack(name .. ":" .. key, method, o) end
  end
  for _, op in ipairs{function(x, y) return x + y end, function(x, y) return x .. y end, function(x, y) return x == y end, function(x, y) return x < y end,
    function(x) return #x end, function(x, y) return x[y] end, function(x, y) x[y] = y end, function(x) return tostring(x) end, function(x, y) return x(y) end} do
    attack(name .. " operator", op, o)
  end
end
