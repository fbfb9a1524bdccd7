local check = require "check"
local expect = require "expect"
local function argument(value, kind)
  return function() check.argument("mod.f", 2, value, kind) end
end
expect(check.argument("mod.f", 1, "x", "string")):to_be("x")
expect(check.argument("mod.f", 1, 4, {1, 2, 4})):to_be(4)
expect(argument(nil, "string")):to_raise("bad argument #2 to 'mod.f' (string expected, got nil)")
expect(argument(0, "count")):to_raise("bad argument #2 to 'mod.f' (whole number from 1 up expected, got 0)")
expect(argument(1.5, "count")):to_raise("(whole number from 1 up expected, got 1.5)")
expect(argument("1", "count")):to_raise("(whole number from 1 up expected, got string)")
expect(argument(0 / 0, "count")):to_raise("whole number from 1 up expected")
expect(check.argument("mod.f", 1, 255, "1..255")):to_be(255)
expect(check.argument("mod.f", 1, 0, "0..9")):to_be(0)
expect(argument(256, "1..255")):to_raise("(whole number from 1 to 255 expected, got 256)")
expect(argument(1.5, "1..255")):to_raise("(whole number from 1 to 255 expected, got 1.5)")
expect(argument("1", "1..255")):to_raise("(whole number from 1 to 255 expected, got string)")
expect(check.argument("mod.f", 1, 0.5, "seconds")):to_be(0.5)
expect(argument(-1, "seconds")):to_raise("(number from 0 up expected, got -1)")
expect(argument(0 / 0, "seconds")):to_raise("(number from 0 up expected, got ")
expect(argument("up", {"big", "little"})):to_raise("(big or little expected, got up)")
expect(argument(true, {"big", "little"})):to_raise("(big or little expected, got boolean)")
---
-- Options: unknown ones, wrong ones, none.
local check = require "check"
local expect = require "expect"
local known = {limit = "count", order = {"big", "little"}, any = "any"}
local function options(opts)
  return function() check.options("mod.f", opts, known) end
end
expect(check.options("mod.f", nil, known)):to_equal{}
expect(check.options("mod.f", {limit = 3, any = false}, known)):to_equal{limit = 3, any = false}
expect(options("x")):to_raise("bad options to 'mod.f' (table expected, got string)")
expect(options{limt = 3}):to_raise(
  "bad option 'limt' to 'mod.f' (did you mean 'limit'? expected one of: any, limit, order)")
expect(options{wholly_other = 3}):to_raise("bad option 'wholly_other' to 'mod.f' (expected one of: any, limit, order)")
expect(options{[1] = 3}):to_raise("bad option '1' to 'mod.f'")
expect(options{limit = 0}):to_raise("bad option 'limit' to 'mod.f' (whole number from 1 up expected, got 0)")
expect(options{order = "middle"}):to_raise("bad option 'order' to 'mod.f' (big or little expected, got middle)")
---
-- The blamed line is that of the module's caller.
local check = require "check"
local expect = require "expect"
local function f(x)
  check.argument("mod.f", 1, x, "string")
end
local line = debug.getinfo(1, "l").currentline
local _, err = pcall(function()
  f(nil)
end)
expect(err):to_contain(":" .. line + 2 .. ": bad argument")
