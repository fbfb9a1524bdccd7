--- Draw a plot as SVG.
---@package

local ENTITIES = {["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;"}
local COLOURS = {"#1b6ca8", "#c1432e", "#3a7d44", "#7b4fa3", "#b8860b", "#444444"}
local LEFT, RIGHT, TOP, BOTTOM = 70, 20, 40, 50 -- pixels around the field

local function text(x, y, anchor, words, fill)
  words = words:gsub('[&<>"]', ENTITIES):gsub("[%c\127-\255]", "?")
  return ('<text x="%.1f" y="%.1f" text-anchor="%s"%s>%s</text>'):format(x, y, anchor, fill and (' fill="%s"'):format(fill) or "", words)
end

local function draw(series, x, y, opts)
  local width, height = opts.width or 640, opts.height or 400
  local function right(at) return LEFT + at * (width - LEFT - RIGHT) end
  local function up(at) return height - BOTTOM - at * (height - TOP - BOTTOM) end
  local lines = {
    ('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">'):format(width, height, width, height),
    "<style>text{font:12px sans-serif} .grid{stroke:#ddd} .axis{stroke:#111;fill:none}</style>",
    ('<rect width="%d" height="%d" fill="#fff"/>'):format(width, height),
  }
  local function add(line) lines[#lines + 1] = line end
  for _, tick in ipairs(x.ticks) do
    add(('<path class="grid" d="M%.1f %.1f V%.1f"/>'):format(right(tick.at), up(0), up(1)))
    add(text(right(tick.at), up(0) + 16, "middle", tick.label))
  end
  for _, tick in ipairs(y.ticks) do
    add(('<path class="grid" d="M%.1f %.1f H%.1f"/>'):format(right(0), up(tick.at), right(1)))
    add(text(right(0) - 6, up(tick.at) + 4, "end", tick.label))
  end
  add(('<path class="axis" d="M%.1f %.1f V%.1f H%.1f"/>'):format(right(0), up(1), up(0), right(1)))
  if opts.x then add(text(right(1), height - 10, "end", opts.x)) end
  if opts.y then add(text(8, 16, "start", opts.y)) end
  for i, one in ipairs(series) do
    local colour, path = COLOURS[(i - 1) % #COLOURS + 1], {}
    for n, point in ipairs(one.points) do
      path[n] = ("%s%.1f %.1f"):format(n == 1 and "M" or "L", right(point[1]), up(point[2]))
      if not one.line then add(('<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>'):format(right(point[1]), up(point[2]), colour)) end
    end
    if one.line and #path > 0 then add(('<path d="%s" stroke="%s" fill="none"/>'):format(table.concat(path, " "), colour)) end
    if one.name then add(text(width - RIGHT, 16 * i, "end", one.name, colour)) end
  end
  add("</svg>\n")
  return table.concat(lines, "\n")
end

return draw
