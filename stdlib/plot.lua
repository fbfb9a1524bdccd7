--- Draw measurements as points over two axes, in text for the terminal or as SVG.
local check = require "check"
local scale = require "plot.scale"
local svg = require "plot.svg"
local text = require "plot.text"

---@class plot.Series
---@field name? string for the legend
---@field line? boolean draw it as a line in SVG (default false)

---@class plot.Options
---@field x? string what the axis to the right is, with its unit
---@field y? string what the axis upwards is, with its unit
---@field log? "x"|"y"|"xy" axes on which equal steps are equal factors; what isn't above 0 has no place there
---@field width? integer columns of text, or pixels of SVG (default 60, or 640)
---@field height? integer lines of text, or pixels of SVG (default 15, or 400)
---@field format? "text"|"svg" (default "text")

local MARKS = {"o", "x", "+", "*", "#", "@"}

-- placed finds where points stand: 0 is the axis' low end, 1 its high one.
local function placed(series, x, y)
  local all = {}
  for i, one in ipairs(series) do
    local points = {}
    for _, point in ipairs(one) do
      local px, py = x:place(point[1]), y:place(point[2])
      if px and py then points[#points + 1] = {px, py} end
    end
    all[i] = {name = one.name, line = one.line, mark = MARKS[(i - 1) % #MARKS + 1], points = points}
  end
  return all
end

-- values are the numbers of all points, by their place in a point.
local function values(where, series, at)
  local list = {}
  for _, one in ipairs(series) do
    for n, point in ipairs(one) do
      if type(point) ~= "table" or type(point[at]) ~= "number" then
        error(("bad argument #1 to '%s' (point %d: two numbers expected)"):format(where, n), 4)
      end
      list[#list + 1] = point[at]
    end
  end
  return list
end

--- Draw series of points {x, y}. The axes end at round numbers that leave room for all points.
---
---     plot({{{1, 2}, {2, 4}, {3, 9}}}, {x = "s", y = "bytes"}):match("bytes") --> bytes
---@param series plot.Series[] each a list of points {x, y}, with a name where there are several
---@param opts? plot.Options
---@return string drawing
local function plot(series, opts)
  check.argument("plot", 1, series, "table")
  opts = check.options("plot", opts, {x = "string", y = "string", log = {"x", "y", "xy"}, width = "8..10000", height = "4..10000",
    format = {"text", "svg"}})
  local log = opts.log or ""
  local function axes()
    return scale.new(values("plot", series, 1), log:find("x") ~= nil), scale.new(values("plot", series, 2), log:find("y") ~= nil)
  end
  local x, y = axes()
  local draw = opts.format == "svg" and svg or text
  return draw(placed(series, x, y), x, y, opts)
end

return plot
