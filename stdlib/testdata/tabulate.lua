local expect = require "expect"
local tabulate = require "tabulate"
expect(tabulate({{"eth0", 1500, "up"}, {"lo", 65536, "up"}}, {"name", "mtu", "state"})):to_be([[
name    mtu  state
----  -----  -----
eth0   1500  up
lo    65536  up]])
expect(tabulate{{"a", 1}, {"bcd", 22}}):to_be("a     1\nbcd  22")
expect(tabulate({{name = "x", v = false}, {name = "yy"}}, {"name", "v"}, {indent = "  ", gap = " | "})):to_be([[
  name | v
  ---- | -----
  x    | false
  yy   |]])
---
-- Characters are counted, not bytes; a newline can't break a row.
local expect = require "expect"
local tabulate = require "tabulate"
expect(tabulate{{"caf\195\169", "x"}, {"a\nb", "y"}}):to_be("caf\195\169  x\na b   y")
---
-- Holes, nothing at all, and misuse.
local expect = require "expect"
local tabulate = require "tabulate"
expect(tabulate{{nil, "b"}, {"a"}}):to_be("   b\na")
expect(tabulate{}):to_be("")
expect(tabulate({}, {"a"})):to_be("a\n-")
expect(function() tabulate("x") end):to_raise("bad argument #1 to 'tabulate' (table expected, got string)")
expect(function() tabulate({}, nil, {gaps = ""}) end):to_raise("bad option 'gaps' to 'tabulate'")
