local assert = require "luassert"
assert.are.same({1, {2}}, {1, {2}})
assert.is_true(true)
assert.has_error(function() error("x", 0) end, "x")
print(pcall(assert.are.equal, 1, 2))
print(pcall(assert.is_nil, 5))
print(require "say"("assertion.same.positive", {"a", "b"}))
