-- The waits double up to their bound.
local expect = require "expect"
local retry = require "retry"
local waits = {}
for try, wait in retry.waits{tries = 5, pause = 0.5, longest = 3} do waits[try] = wait end
expect(waits):to_equal{0.5, 1, 2, 3, 3}
waits = {}
for _, wait in retry.waits() do waits[#waits + 1] = wait end
expect(waits):to_equal{0.1, 0.2, 0.4}
---
-- call stops at the first value, and returns the last failure; it waits between calls only.
local expect = require "expect"
local retry = require "retry"
local tries = {}
expect(retry.call(function(try)
  tries[#tries + 1] = try
  if try < 3 then return nil, "not yet", "timeout" end
  return "value"
end, {pause = 0.001})):to_be("value")
expect(tries):to_equal{1, 2, 3}
expect(retry.call(function() return false end, {tries = 1, pause = 1000})):to_be(false)
local refused = {retry.call(function(try) return nil, "refusal " .. try, "refused" end, {tries = 2, pause = 0.001})}
expect(refused[2]):to_be("refusal 2")
expect(refused[3]):to_be("refused")
---
-- The pauses are real ones.
local expect = require "expect"
local clock = require "clock"
local retry = require "retry"
local start = clock.monotonic()
retry.call(function() return nil, "no", "timeout" end, {tries = 3, pause = 0.02})
expect(clock.monotonic() - start >= 0.06):to_be(true)
---
-- Misuse.
local expect = require "expect"
local retry = require "retry"
expect(function() retry.call() end):to_raise("bad argument #1 to 'retry.call' (function expected, got nil)")
expect(function() retry.call(print, {trys = 1}) end):to_raise("did you mean 'tries'?")
expect(function() retry.waits{tries = 0} end):to_raise("bad option 'tries' to 'retry.waits' (whole number from 1 up expected, got 0)")
