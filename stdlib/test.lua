--- Tests by name: what `moonwire test` runs of files called *_test.lua. There describe, it, before_each, after_each and
--- expect are globals, and so is test. Each test runs in a state of its own, that has loaded the file and runs nothing else of it.
local check = require "check"
local test = {}

local under_way, core = pcall(require, "test.core") -- what the command offers
local cases, playing = {}, false
local group = {before = {}, after = {}} -- that describe is in; its parents hold the groups around it

-- caller is the first level of the stack outside this file, as error called by who asks takes it, and what is known of it.
local function caller()
  local own, level = debug.getinfo(1, "S").source, 2
  while true do
    local info = debug.getinfo(level, "Sl")
    if not info then return 0, {currentline = 0, source = "?"} end
    if info.source ~= own and info.currentline > 0 then return level - 1, info end
    level = level + 1
  end
end

-- misuse raises at the user's line.
local function misuse(text)
  local level = caller()
  error(text, level)
end

local function wants(where, n, value, kind)
  if type(value) ~= kind then
    misuse(("bad argument #%d to '%s' (%s expected, got %s)"):format(n, where, kind, type(value)))
  end
end

-- register notes a test at the line of the call that declares it.
local function register(name, fn, args, skip)
  if not under_way then misuse("tests are run by moonwire test") end
  if playing then misuse("a test can't be declared in a test") end
  local _, info = caller()
  local words, groups, g = {name}, {}, group
  skip = skip or not fn and "to be written" or nil
  while g.parent do
    table.insert(words, 1, g.name)
    table.insert(groups, 1, g.line)
    skip, g = skip or g.skip, g.parent
  end
  cases[#cases + 1] = {words = words, line = info.currentline, groups = groups, fn = fn, skip = skip, group = group,
    args = args or {}}
end

local function within(where, name, fn, skip)
  wants(where, 1, name, "string")
  wants(where, 2, fn, "function")
  if playing then misuse(where .. " can't be called in a test") end
  local _, info = caller()
  group = {name = name, line = info.currentline, parent = group, before = {}, after = {}, skip = skip}
  fn()
  group = group.parent
end

-- also gives a function of this module further ones as fields.
local function also(name, fields)
  local call = test[name]
  test[name] = setmetatable(fields, {__call = function(_, ...) return call(...) end})
end

--- Name a group of tests: what `fn` declares. Groups may stand in groups. describe.skip(name, fn) runs none of them.
---
---     test.describe("ping", function()
---       test.it("hears an answer", function() expect(1):to_be(1) end)
---     end)
---@norun it stands in files that moonwire test runs
---@param name string
---@param fn fun()
function test.describe(name, fn) within("describe", name, fn) end

also("describe", {skip = function(name, fn) within("describe.skip", name, fn, "skipped") end})

--- Declare a test. It passes when `fn` ends without an error and leaves nothing open; one without `fn` is pending.
---
--- it.skip(name, fn) isn't run. it.each(cases, name, fn) is one test for each case: `fn` gets the values of a case that
--- is a list, or the case itself; in the name %s stands for the next value, {port} for the case's field of that name.
---
---     it("adds", function() expect(1 + 1):to_be(2) end)
---     it.each({{1, 2}, {2, 4}}, "doubles %s", function(n, twice) expect(2 * n):to_be(twice) end)
---@norun it stands in files that moonwire test runs
---@param name string
---@param fn? fun()
function test.it(name, fn)
  wants("it", 1, name, "string")
  if fn ~= nil then wants("it", 2, fn, "function") end
  register(name, fn)
end

-- title is the name of one of several cases.
local function title(name, case, args, n)
  local at = 0
  local text, named_ = name:gsub("{([%a_][%w_]*)}", function(key)
    return type(case) == "table" and case[key] ~= nil and tostring(case[key]) or nil
  end)
  local filled, values = text:gsub("%%(.)", function(letter)
    if letter == "%" then return "%" end
    at = at + 1
    return tostring(args[at])
  end)
  return (named_ > 0 or values > 0) and filled or ("%s [%d]"):format(name, n)
end

also("it", {
  skip = function(name, fn)
    wants("it.skip", 1, name, "string")
    register(name, fn, nil, "skipped")
  end,
  each = function(list, name, fn)
    wants("it.each", 1, list, "table")
    wants("it.each", 2, name, "string")
    wants("it.each", 3, fn, "function")
    for n, case in ipairs(list) do
      local args = type(case) == "table" and #case > 0 and case or {case}
      register(title(name, case, args, n), fn, args)
    end
  end,
})

--- Run `fn` before each test of the group, those of the groups around it first.
---
---     local net
---     before_each(function() net = require "lab"{"h1 -- h2"} end)
---     after_each(function() net:close() end)
---@norun it stands in files that moonwire test runs
---@param fn fun()
function test.before_each(fn)
  wants("before_each", 1, fn, "function")
  table.insert(group.before, fn)
end

--- Run `fn` after each test of the group, whether it passed or not, those of the groups around it last.
---
---     after_each(function() os.remove("tone.wav") end)
---@norun it stands in files that moonwire test runs
---@param fn fun()
function test.after_each(fn)
  wants("after_each", 1, fn, "function")
  table.insert(group.after, fn)
end

local Skipped = {}

--- End the test that runs as skipped: what it needs isn't there.
---
---     if not pcall(require, "link") then test.skip("no links here") end
---@norun it stands in files that moonwire test runs
---@param why string
function test.skip(why)
  check.argument("test.skip", 1, why, "string")
  error(setmetatable({why = why}, Skipped), 0)
end

--- Run a script as `moonwire run` does, in a state of its own: `script` is its file, from the test's folder on, or the
--- name of one that ships. It runs where the test does, in its time, or in the lab that opts names.
---
---     local r = test.run("tutorial/08_mac_addresses")
---     expect(r.shown):to_equal(r.shows)
---@norun it stands in files that moonwire test runs
---@async
---@param script string
---@param args? table|string[] values by the header's names; or words, as on the command line
---@param opts? test.RunOptions
---@return test.Result
function test.run(script, args, opts)
  check.argument("test.run", 1, script, "string")
  check.argument("test.run", 2, args == nil and {} or args, "table")
  opts = check.options("test.run", opts, {lab = "string", on = "string", iface = "string", input = "string", interrupt = "seconds"})
  if not under_way then error("scripts are run by moonwire test", 2) end
  local _, info = caller()
  return core.run(script, args or {}, opts, ("%s:%d"):format(info.source:gsub("^@", ""), info.currentline))
end

---@class test.RunOptions
---@field lab? string the lab to run in: its name, a file, or a text such as "h1 -- h2"
---@field on? string the host there (default its first)
---@field iface? string the interface that script.iface() gives
---@field input? string what the script reads from its standard input
---@field interrupt? number when to interrupt it as Ctrl-C does, in seconds of the test's time; its code is 130 then

---@class test.Result how a script ended, and what came of it
---@field code integer its exit code
---@field stdout string what it printed; if that is nothing, its result
---@field stderr string what it said beside that; its error, too
---@field left string[] what it left open, which its end has closed, with the lines that made it
---@field shown string stdout without what may differ from run to run, and
---@field shows string what the header says of it: expect(r.shown):to_equal(r.shows)

-- attempt calls f and lets the command have its error.
local function attempt(f, ...)
  local args, n = {...}, select("#", ...)
  return xpcall(function() f(unpack(args, 1, n)) end, function(err)
    if getmetatable(err) == Skipped then return core.skipped(err.why) end
    core.caught(err)
  end)
end

local function before(g)
  if g.parent then before(g.parent) end
  for _, fn in ipairs(g.before) do fn() end
end

-- play runs one test with what belongs before and after it.
local function play(n)
  local case = cases[n]
  playing = true
  attempt(function()
    before(case.group)
    case.fn(unpack(case.args))
  end)
  local g = case.group
  while g do
    for i = #g.after, 1, -1 do attempt(g.after[i]) end
    g = g.parent
  end
end

if under_way then core.offer(cases, play) end

return test
