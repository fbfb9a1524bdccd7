--- Say what a value should be; a value that isn't raises at that line, with the difference.
local check = require "check"
local diff = require "expect.diff"
local see = require "expect.see"
local show = require "expect.show"

---@class expect.Expectation what expect returns; each method returns it again, and has an opposite: not_to_be, not_to_equal ...
---@field never expect.Expectation the same value, with the opposite wanted
---@field not_to_be fun(self, wanted: any): expect.Expectation
---@field not_to_equal fun(self, wanted: any): expect.Expectation
---@field not_to_match fun(self, pattern: string): expect.Expectation
---@field not_to_contain fun(self, part: any): expect.Expectation
---@field not_to_raise fun(self, part?: string): expect.Expectation
---@field not_to_see fun(self, pattern: any, within?: number): expect.Expectation
local Expectation = {}

function Expectation.__index(e, key)
  if key ~= "never" then return Expectation[key] end
  return setmetatable({values = e.values, wish = not e.wish}, Expectation)
end

-- judge raises at the line of the user's call unless `ok` is what was wished. `phrase` finishes "expected X to ...".
local function judge(e, ok, phrase, places)
  if (not ok) ~= e.wish then return end
  local text = ("expected %s %sto %s"):format(e.name or show.short(e.values[1]), e.wish and "" or "never ", phrase)
  if places and (e.wish or e.name) then text = text .. "\n  " .. table.concat(places, "\n  ") end
  error(text, e.level or 3)
end

--- The value is `wanted` itself: the same table, an equal string or number.
---
---     expect(1 + 1):to_be(2)
---     (pcall(function() expect(1 + 1):to_be(3) end)) --> false
---@param wanted any
function Expectation:to_be(wanted)
  local got = self.values[1]
  local places = type(got) == "string" and type(wanted) == "string" and diff.places(wanted, got) or nil
  judge(self, got == wanted or (got ~= got and wanted ~= wanted), "be " .. show.short(wanted), places)
  return self
end

--- The value holds what `wanted` holds, tables within tables included.
---
---     expect({1, {a = 2}}):to_equal{1, {a = 2}}
---     (pcall(function() expect({1}):to_equal{2} end)) --> false
---@param wanted any
function Expectation:to_equal(wanted)
  local places = diff.places(wanted, self.values[1])
  judge(self, #places == 0, "equal " .. show.short(wanted), places)
  return self
end

--- The value is a number at most `within` away from `wanted`.
---
---     expect(0.1 + 0.2):to_be_near(0.3, 1e-9)
---     (pcall(function() expect(1):to_be_near(2, 0.5) end)) --> false
---@param wanted number
---@param within number
function Expectation:to_be_near(wanted, within)
  check.argument("to_be_near", 1, wanted, "number")
  check.argument("to_be_near", 2, within, "number")
  local got = self.values[1]
  local near = type(got) == "number" and math.abs(got - wanted) <= within
  judge(self, near, ("be within %s of %s"):format(show.value(within), show.value(wanted)))
  return self
end

--- The value's type is `name`, as type says it.
---
---     expect("x"):to_be_a("string")
---     (pcall(function() expect("x"):to_be_a("number") end)) --> false
---@param name string
function Expectation:to_be_a(name)
  local got = type(self.values[1])
  check.argument("to_be_a", 1, name, "string")
  judge(self, got == name, ("be a %s (it is a %s)"):format(name, got))
  return self
end

--- The value is a string that the Lua pattern matches.
---
---     expect("port 80"):to_match("^port %d+$")
---     (pcall(function() expect("port"):to_match("%d") end)) --> false
---@param pattern string
function Expectation:to_match(pattern)
  local got = self.values[1]
  check.argument("to_match", 1, pattern, "string")
  judge(self, type(got) == "string" and got:find(pattern) ~= nil, "match " .. show.text(pattern))
  return self
end

--- The value is a string with `part` in it, or a list with an element equal to `part`.
---
---     expect({"a", "b"}):to_contain("b")
---     (pcall(function() expect("abc"):to_contain("x") end)) --> false
---@param part any
function Expectation:to_contain(part)
  local got, found = self.values[1], false
  if type(got) == "string" then
    found = got:find(check.argument("to_contain", 1, part, "string"), 1, true) ~= nil
  elseif type(got) == "table" then
    for _, element in ipairs(got) do found = found or #diff.places(part, element) == 0 end
  end
  judge(self, found, "contain " .. show.short(part))
  return self
end

--- The value is a function that raises, with `part` in the error's text when one is given.
---
---     expect(function() error("no such host") end):to_raise("no such")
---     (pcall(function() expect(function() end):to_raise() end)) --> false
---@param part? string
function Expectation:to_raise(part)
  local ok, err = pcall(self.values[1])
  local text = not ok and tostring(err) or nil
  local phrase = part and "raise " .. show.text(part) or "raise an error"
  local places = {text and "it raised " .. show.text(text) or "it raised nothing"}
  judge(self, text ~= nil and (part == nil or text:find(part, 1, true) ~= nil), phrase, places)
  return self
end

--- The values are a refusal: nil, a message, and `kind` when one is given.
---
---     expect(nil, "no answer", "timeout"):to_fail("timeout")
---     (pcall(function() expect("answer"):to_fail() end)) --> false
---@param kind? string
function Expectation:to_fail(kind)
  local value, message, got = unpack(self.values, 1, 3)
  local fits = value == nil and message ~= nil and (kind == nil or got == kind)
  local phrase = kind and ("fail with kind %s"):format(show.text(kind)) or "fail"
  judge(self, fits, phrase, {("message %s, kind %s"):format(show.short(message), show.short(got))})
  return self
end

--- The value is a number from `low` to `high`.
---
---     expect(5):to_be_between(1, 5)
---     (pcall(function() expect(5):to_be_between(6, 7) end)) --> false
---@param low number
---@param high number
function Expectation:to_be_between(low, high)
  check.argument("to_be_between", 1, low, "number")
  check.argument("to_be_between", 2, high, "number")
  local got = self.values[1]
  judge(self, type(got) == "number" and got >= low and got <= high, ("be between %s and %s"):format(show.value(low), show.value(high)))
  return self
end

--- The value is a string, list or anything else with a length, of `length`.
---
---     expect("abc"):to_have_length(3)
---     (pcall(function() expect({1, 2}):to_have_length(3) end)) --> false
---@param length integer
function Expectation:to_have_length(length)
  check.argument("to_have_length", 1, length, "number")
  local ok, got = pcall(function(v) return #v end, self.values[1])
  judge(self, ok and got == length, ("have length %d (it has %s)"):format(length, ok and got or "none"))
  return self
end

--- The value is a link on which a packet that fits is seen: what link.open gives, a lab and perhaps the name of one of its
--- links, such a name alone for the lab that the test runs in, or a sniffer. A failure lists what was seen instead.
---
---     local l = assert(require "link".open("eth0"))
---     task.spawn(function() require "ping"("10.0.0.2", {count = 1}):run() end)
---     expect(l):to_see("icmp[0] = 8 and dst host 10.0.0.2")
---     (pcall(function() expect(l):to_see("udp", 0.1) end)) --> false
---     l:close()
---@lab pair on h1
---@async
---@param pattern string|table|packet|fun(p: packet, meta: any): boolean a filter in tcpdump's language, fields as {arp = {op = "who-has"}}, a packet of which the set fields count, or a function
---@param within? number how long to look, in seconds (default 1)
function Expectation:to_see(pattern, within)
  local where = self.wish and "to_see" or "not_to_see"
  if within ~= nil then check.argument(where, 2, within, "seconds") end
  local fits, phrase = see.pattern(where, pattern)
  local found, places, name = see.watch(where, self.values, fits, within or 1)
  self.name = name
  judge(self, found, ("see %s within %s s"):format(phrase, show.value(within or 1)), places)
  self.name = nil
  return self
end

local names = {}
for name in pairs(Expectation) do
  if name:find("^to_") then names[#names + 1] = name end
end
for _, name in ipairs(names) do
  Expectation["not_" .. name] = function(self, ...)
    local opposite = setmetatable({values = self.values, wish = not self.wish, level = 4}, Expectation)
    Expectation[name](opposite, ...)
    return self
  end
end

--- Take a value, or all results of a call, and say what is wanted: expect(f(x)):to_be(3).
---
---     expect(("x"):rep(3)):to_be("xxx")
---     expect(1).never:to_be(2)
---     (pcall(function() expect(1).never:to_be(1) end)) --> false
---@param ... any
---@return expect.Expectation
local function expect(...)
  return setmetatable({values = {...}, wish = true}, Expectation)
end

return expect
