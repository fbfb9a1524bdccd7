--- Draw who says what to whom, and when, as a ladder in plain text: a column for each actor, time going down.
local check = require "check"
local ladder = {}

---@class ladder.Event one line of the ladder: something at an actor, or an arrow between two
---@field label string
---@field at? string the actor where it happens; or
---@field from? string the arrow's two ends
---@field to? string
---@field time? number in seconds
---@field dotted? boolean an arrow that is known from its effects only
---@field lost? boolean an arrow that ends half way, in an x

local LEAST = 22 -- columns between two actors

local function width_of(event, place)
  if event.at then return event.at ~= place[#place] and #event.label + 3 or 0 end
  return math.ceil((#event.label + 8) / math.abs(place[event.to] - place[event.from]))
end

-- actors_of lists the actors in the order they turn up, unless given, with each one's number beside its name.
local function actors_of(events, given)
  local place = {}
  local function meet(name)
    if name and not place[name] then place[#place + 1], place[name] = name, #place + 1 end
  end
  for _, name in ipairs(given or {}) do meet(name) end
  for _, event in ipairs(events) do
    meet(event.at)
    meet(event.from)
    meet(event.to)
  end
  return place
end

-- put writes text into a row from column `at` on.
local function put(row, at, text)
  row = row .. (" "):rep(at - 1 - #row)
  return row:sub(1, at - 1) .. text .. row:sub(at + #text)
end

-- arrow fills the `size` columns between two actors. A lost one stops on its way.
local function arrow(size, event, leftwards)
  local drawn = event.lost and math.ceil((size + #event.label) / 2) or size
  local dashes = drawn - #event.label - 3 -- beside two spaces and the head
  local before = math.floor(dashes / 2)
  local line = (event.dotted and ". " or "-"):rep(dashes)
  local tail, tip = line:sub(1, before), line:sub(1, dashes - before)
  local label = " " .. event.label .. " "
  if not leftwards then return tail .. label .. tip .. (event.lost and "x" or ">") end
  return (" "):rep(size - drawn) .. (event.lost and "x" or "<") .. tip .. label .. tail
end

local function clean(text)
  return (text:gsub("[%c\127-\255]", function(c) return ("\\%03d"):format(c:byte()) end))
end

--- Return the ladder as text.
---@param events ladder.Event[] in the order they happened
---@param opts? {actors?: string[], times?: boolean} actors from left to right (default: as they turn up); times: milliseconds since the first event before each line (default false)
---@return string text
function ladder.draw(events, opts)
  check.argument("ladder.draw", 1, events, "table")
  opts = check.options("ladder.draw", opts, {actors = "table", times = "boolean"})
  local place, gap = actors_of(events, opts.actors), LEAST
  local clock = events[1] and events[1].time
  for _, event in ipairs(events) do gap = math.max(gap, width_of(event, place)) end
  local margin = opts.times and 12 or 2
  local function column(name) return margin + (place[name] - 1) * (gap + 1) + 1 end

  local function names(text, centre)
    local row = ""
    for _, name in ipairs(place) do
      local at = column(name) - (centre and math.floor(#name / 2) or 0)
      row = put(row, math.max(1, at), text or name)
    end
    return row
  end

  local lines = {names(nil, true)}
  for _, event in ipairs(events) do
    local row, label = names("|"), clean(event.label)
    if opts.times and event.time then row = put(row, 1, ("%8.1f ms"):format((event.time - clock) * 1000)) end
    if event.at then
      row = put(row, column(event.at) + 2, label)
    else
      local a, b = column(event.from), column(event.to)
      row = put(row, math.min(a, b) + 1, arrow(math.abs(a - b) - 1, event, a > b))
    end
    lines[#lines + 1] = row
  end
  return table.concat(lines, "\n")
end

return ladder
