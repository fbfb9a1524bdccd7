-- What holds raises nothing.
local expect = require "expect"
local t = {}
expect(3):to_be(3):to_be_a("number").never:to_be(4)
expect(t):to_be(t).never:to_be({})
expect(0 / 0):to_be(0 / 0)
expect({1, {2, x = "y"}}):to_equal{1, {2, x = "y"}}
expect({1, 2}).never:to_equal{1}
expect(1.5):to_be_near(1, 0.5).never:to_be_near(1, 0.4)
expect("abc"):to_match("^a.c$"):to_contain("b").never:to_contain("d")
expect({1, {2}}):to_contain{2}
expect("f.x").never:to_contain("f x")
expect(function() error("boom") end):to_raise("oo")
expect(function() end).never:to_raise()
expect(nil, "no answer", "timeout"):to_fail("timeout"):to_fail()
expect(1).never:to_fail()
---
-- What doesn't hold raises where it stands, and says what it got.
local expect = require "expect"
local function message(f)
  local ok, err = pcall(f)
  assert(not ok, "nothing raised")
  return (err:gsub("^[^:]*:%d+: ", ""))
end
local function says(f, wanted)
  local got = message(f)
  assert(got == wanted, "got:\n" .. got .. "\nwanted:\n" .. wanted)
end
says(function() expect(5):to_be(6) end, "expected 5 to be 6")
says(function() expect(5).never:to_be(5) end, "expected 5 never to be 5")
says(function() expect(nil):to_equal({}) end, "expected nil to equal {}\n  {} expected, got nothing")
says(function() expect("hello word"):to_be("hello world") end,
  'expected "hello word" to be "hello world"\n  byte 10: "ld" expected, got "d"')
says(function() expect("ab"):to_be("abc") end, 'expected "ab" to be "abc"\n  byte 3: "c" expected, got its end')
says(function() expect("\1\255"):to_be("\1\254") end,
  'expected "\\001\\255" to be "\\001\\254"\n  byte 2 differs (2 bytes expected, 2 got)\n           expected                 got\n' ..
  '  > 0000   01 fe                    01 ff')
says(function() expect(3):not_to_be(3) end, "expected 3 never to be 3")
says(function() expect(5):to_be_between(1, 4) end, "expected 5 to be between 1 and 4")
says(function() expect("abc"):to_have_length(2) end, 'expected "abc" to have length 2 (it has 3)')
says(function() expect("a\nb\nc\nd"):to_equal("a\nB\nc\nd") end,
  'expected "a\\nb\\nc\\nd" to equal "a\\nB\\nc\\nd"\n  line 2 differs (- expected, + got)\n  - B\n  + b')
says(function() expect({1, {a = 3, ["x y"] = 4}}):to_equal{1, {a = 4}, n = 7} end,
  'expected {1, {a = 3, ["x y"] = 4}} to equal {1, {a = 4}, n = 7}\n' ..
  '  [2].a: 4 expected, got 3\n  [2]["x y"]: nothing expected, got 4\n  .n: 7 expected, got nothing')
says(function() expect("x"):to_be_a("number") end, 'expected "x" to be a number (it is a string)')
says(function() expect("x"):to_match("%d") end, 'expected "x" to match "%d"')
says(function() expect(1.5):to_be_near(1, 0.25) end, "expected 1.5 to be within 0.25 of 1")
says(function() expect(nil, "no answer", "timeout"):to_fail("closed") end,
  'expected nil to fail with kind "closed"\n  message "no answer", kind "timeout"')
assert(message(function() expect(function() end):to_raise("x") end):find("it raised nothing", 1, true))
---
-- Tables that hold themselves, and many differences.
local expect = require "expect"
local a, b = {1}, {1}
a.me, b.me = a, b
expect(a):to_equal(b)
local many = {}
for i = 1, 30 do many[i] = i end
local _, err = pcall(function() expect({}):to_equal(many) end)
expect(err):to_contain("... and 20 more")
---
-- The blamed line is the expectation's own.
local expect = require "expect"
local line = debug.getinfo(1, "l").currentline
local _, err = pcall(function()
  expect(1):to_be(1)
  expect(1):to_be(2)
end)
expect(err):to_contain(":" .. line + 3 .. ": expected 1 to be 2")
