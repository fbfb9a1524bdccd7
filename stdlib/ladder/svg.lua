--- Draw a ladder's events as SVG.
---@package
local svg = {}

local TOP, ROW, LETTER = 40, 26, 7.3 -- pixels: the actors' names, an event, a letter of the font

local ENTITIES = {["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;"}

local function escape(text)
  return (text:gsub('[&<>"]', ENTITIES):gsub("[%c\127-\255]", function(c) return ("\\%03d"):format(c:byte()) end))
end

local function text(x, y, anchor, words)
  return ('<text x="%.0f" y="%.0f" text-anchor="%s">%s</text>'):format(x, y, anchor, escape(words))
end

-- gap is how many pixels apart the actors stand, so that every label has room.
local function gap_of(events, place)
  local gap = 160
  for _, event in ipairs(events) do
    local far = event.from and math.abs(place[event.to] - place[event.from]) or 0
    local room = (#event.label + 6) * LETTER
    if far > 0 then gap = math.max(gap, room / far)
    elseif place[event.at or event.from] < #place then gap = math.max(gap, room) end
  end
  return math.ceil(gap)
end

-- arrow is a line with a head and its words above it; a lost one ends on its way, in a cross.
local function arrow(event, from, to, y)
  local tip = event.lost and from + (to - from) * 0.6 or to
  local toward = to > from and 1 or -1
  local parts = {('<path class="%s" d="M%.0f %.0f H%.0f"/>'):format(event.dotted and "dotted" or "line", from, y, tip)}
  if event.lost then
    parts[2] = ('<path class="line" d="M%.0f %.0f l8 8 m0 -8 l-8 8"/>'):format(tip - 4, y - 4)
  else
    parts[2] = ('<path class="head" d="M%.0f %.0f l%d -4 v8 z"/>'):format(tip, y, -8 * toward)
  end
  parts[3] = text((from + tip) / 2, y - 5, "middle", event.label)
  return table.concat(parts)
end

--- Return the ladder as an SVG document.
---@param events ladder.Event[]
---@param place table actors in order, and each one's number under its name
---@param times boolean
---@return string document
function svg.draw(events, place, times)
  local gap, margin = gap_of(events, place), times and 150 or 80
  local function x(name) return margin + (place[name] - 1) * gap end
  local bottom, start = TOP + ROW * (#events + 1), nil
  local longest = 0
  for _, event in ipairs(events) do
    if event.at and place[event.at] == #place then longest = math.max(longest, (#event.label + 2) * LETTER) end
  end
  local width = margin + gap * math.max(0, #place - 1) + math.max(80, longest)
  local lines = {
    ('<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f">'):format(width, bottom, width, bottom),
    "<style>text{font:12px monospace;fill:#111} .actor{stroke:#999} .line{stroke:#111;fill:none} .dotted{stroke:#111;"
      .. "stroke-dasharray:3 4;fill:none} .head{fill:#111}</style>",
    '<rect width="100%" height="100%" fill="#fff"/>',
  }
  local function add(line) lines[#lines + 1] = line end
  for _, name in ipairs(place) do
    add(text(x(name), TOP - 16, "middle", name))
    add(('<path class="actor" d="M%.0f %d V%d"/>'):format(x(name), TOP - 8, bottom - 8))
  end
  for i, event in ipairs(events) do
    local y = TOP + ROW * i
    start = start or event.time
    if times and event.time then add(text(70, y + 4, "end", ("%.1f ms"):format((event.time - start) * 1000))) end
    if event.at or event.from == event.to then
      add(text(x(event.at or event.from) + 8, y + 4, "start", event.label))
    else
      add(arrow(event, x(event.from), x(event.to), y))
    end
  end
  add("</svg>")
  return table.concat(lines, "\n")
end

return svg
