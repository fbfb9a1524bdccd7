-- a plot in text
local plot = require "plot"
"\n" .. plot({{{0, 10}, {1, 4}, {5, 1}, name = "measured"}, {{0, 8}, {5, 1}, name = "model"}}, {x = "loss in %", y = "Mbit/s", width = 21, height = 6})  --> "\no measured   x model\nMbit/s\n10 +o\n 8 +x\n 6 +\n 4 +    o\n 2 +                    o\n 0 +\n    +---+---+---+---+---+\n    0   1   2   3   4   5\n                loss in %"
---
-- the same on axes of factors; what isn't above 0 has no place
local plot = require "plot"
"\n" .. plot({{{0, 1}, {0.1, 100}, {1, 10}, {10, 1}}}, {log = "xy", width = 9, height = 5})  --> "\n100 +o\n    |\n 10 +    o\n    |\n  1 +        o\n     +---+---+\n    0.1  1  10"
---
-- nothing, one point, and numbers that are none
local plot = require "plot"
for _, series in ipairs{{}, {{}}, {{{1, 1}}}, {{{0, 0}}}, {{{-5, -7}}}, {{{0 / 0, 1}, {1 / 0, 2}}}, {{{1e300, 1e-300}}}} do
  for _, log in ipairs{"x", "y", "xy"} do
    assert(#plot(series, {log = log}) > 100 and #plot(series) > 100 and #plot(series, {format = "svg", log = log}) > 100)
  end
end
---
-- SVG has a mark for each point, a line for each line
local svg = require "plot"({{{0, 10}, {1, 4}, name = "a & b"}, {{0, 8}, {5, 1}, line = true}}, {format = "svg", x = "<x>"})
select(2, svg:gsub("<circle", "")), select(2, svg:gsub("a &amp; b", "")), select(2, svg:gsub("&lt;x&gt;", ""))  --> 2, 1, 1
---
-- points are pairs
require "plot"{{{1}}}  --> error: bad argument #1 to 'plot' (point 1: two numbers expected)
