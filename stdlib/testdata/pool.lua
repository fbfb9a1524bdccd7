-- Calls go to the workers and come back with all their values.
local expect = require "expect"
local pool = require "pool"
local task = require "task"
local workers = pool.new(2, [[return function(a, b) return a + b, nil, "x" end]])
expect({workers:call(1, 2)}):to_equal{3, nil, "x"}
local sums = task.all{
  function() return workers:call(1, 1) end,
  function() return workers:call(2, 2) end,
  function() return workers:call(3, 3) end,
}
expect(sums):to_equal{2, 4, 6}
---
-- What the function raises is raised at the call, and the worker goes on.
local expect = require "expect"
local pool = require "pool"
local workers = pool.new(1, [[return function(x) return #x end]])
expect(function() workers:call(nil) end):to_raise("attempt to get length")
expect(workers:call("abc")):to_be(3)
---
-- Misuse.
local expect = require "expect"
local pool = require "pool"
expect(function() pool.new(0, "") end):to_raise("bad argument #1 to 'pool.new' (whole number from 1 up expected, got 0)")
expect(function() pool.new(1) end):to_raise("bad argument #2 to 'pool.new' (string expected, got nil)")
