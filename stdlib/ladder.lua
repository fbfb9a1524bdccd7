--- Draw who says what to whom, and when, as a ladder: a column for each actor, time going down. In plain text or SVG.
local calls = require "ladder.calls"
local check = require "check"
local ladder = {}

---@class ladder.Event one line of the ladder: something at an actor, or an arrow between two
---@field label string
---@field at? string the actor where it happens; or
---@field from? string the arrow's two ends
---@field to? string
---@field time? number in seconds
---@field dotted? boolean an arrow that isn't seen but follows from what is
---@field lost? boolean an arrow that ends on its way, in an x

---@class ladder.DrawOptions
---@field actors? string[] from left to right; as they turn up when left out
---@field times? boolean write milliseconds since the first event (default false)
---@field format? "text"|"svg" (default "text")

---@class ladder.PacketsOptions
---@field names? table<string, string> names of actors by IP or MAC address
---@field actors? string[] from left to right; as they turn up when left out
---@field times? boolean write milliseconds since the first packet (default false)
---@field format? "text"|"svg" (default "text")

---@class ladder.SocketsOptions
---@field names? table<string|integer, string> names of actors by "address:port" or port; when left out, who listens is the server and the others are clients
---@field actors? string[] from left to right; as they turn up when left out
---@field times? boolean write milliseconds since the first call (default false)
---@field format? "text"|"svg" (default "text")

local LEAST = 20  -- columns between two actors
local CLOCK = 12  -- columns for the time
local FORMATS = {"text", "svg"}

-- actors_of lists the actors in the order they turn up, unless given, with each one's number under its name.
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

-- room is how many columns between two neighbours an event needs.
local function room(event, label, place)
  if event.at then return event.at ~= place[#place] and #label + 3 or 0 end
  return math.ceil((#label + (event.lost and 14 or 8)) / math.max(1, math.abs(place[event.to] - place[event.from])))
end

-- put writes text into a row from column `at` on.
local function put(row, at, text)
  row = row .. (" "):rep(at - 1 - #row)
  return row:sub(1, at - 1) .. text .. row:sub(at + #text)
end

-- arrow fills the `size` columns between two actors. A lost one stops on its way.
local function arrow(size, event, label, leftwards)
  local drawn = event.lost and math.ceil((size + #label) / 2) or size
  local free = drawn - #label - 3 -- beside two spaces and the head
  local left = math.floor((leftwards and free + 1 or free) / 2)
  local line = event.dotted and (". "):rep(free) or ("-"):rep(free)
  line = line:sub(1, left):reverse() .. " " .. label .. " " .. line:sub(1, free - left)
  if leftwards then return (" "):rep(size - drawn) .. (event.lost and "x" or "<") .. line end
  return line .. (event.lost and "x" or ">")
end

local function clean(text)
  return (text:gsub("[%c\127-\255]", function(c) return ("\\%03d"):format(c:byte()) end))
end

-- text draws in letters.
local function text(events, place, times)
  local labels, gap, start = {}, LEAST, nil
  for i, event in ipairs(events) do
    labels[i] = clean(event.label)
    gap = math.max(gap, room(event, labels[i], place))
    start = start or event.time
  end
  local margin = math.ceil(#(place[1] or "") / 2) + (times and CLOCK or 0)
  local function column(name) return margin + (place[name] - 1) * (gap + 1) + 1 end

  local head, rungs = "", ""
  for _, name in ipairs(place) do
    head = put(head, math.max(#head + 2, column(name) - math.floor(#name / 2)), name)
    rungs = put(rungs, column(name), "|")
  end
  local lines = {head}
  for i, event in ipairs(events) do
    local row = rungs
    if times and event.time then row = put(row, 1, ("%7.1f ms"):format((event.time - start) * 1000)) end
    if event.at or event.from == event.to then
      row = put(row, column(event.at or event.from) + 2, labels[i])
    else
      local a, b = column(event.from), column(event.to)
      row = put(row, math.min(a, b) + 1, arrow(math.abs(a - b) - 1, event, labels[i], a > b))
    end
    lines[#lines + 1] = row
  end
  return table.concat(lines, "\n")
end

--- Return the ladder of events.
---
---     print(ladder.draw{{from = "client", to = "server", label = "hello"}})
---     #ladder.draw{{at = "client", label = "connect"}} > 0 --> true
---@param events ladder.Event[] in the order they happened
---@param opts? ladder.DrawOptions
---@return string ladder without a newline at its end
function ladder.draw(events, opts)
  check.argument("ladder.draw", 1, events, "table")
  opts = check.options("ladder.draw", opts, {actors = "table", times = "boolean", format = FORMATS})
  local draw = opts.format == "svg" and require "ladder.svg".draw or text
  return draw(events, actors_of(events, opts.actors), opts.times or false)
end

--- Return the ladder of captured packets: each one an arrow from its source to its destination.
---
---     local l = require "link".open("eth0", {filter = "arp"})
---     require "arp".open("eth0"):resolve("10.0.0.2")
---     ladder.packets(l:capture{timeout = 0.1}):match("10.0.0.2 is at [%x:]+") --> 10.0.0.2 is at 02:00:00:00:00:02
---@lab pair on h1
---@param capture table|function|string a list of packets, as link:capture gives it; an iterator over them, as link:sniff does; or a capture file's name
---@param opts? ladder.PacketsOptions
---@return string ladder without a newline at its end
function ladder.packets(capture, opts)
  local kind = type(capture)
  if kind ~= "string" and kind ~= "function" and kind ~= "userdata" then check.argument("ladder.packets", 1, capture, "table") end
  opts = check.options("ladder.packets", opts, {names = "table", actors = "table", times = "boolean", format = FORMATS})
  local events = require "ladder.packets".events(capture, opts.names or {})
  return ladder.draw(events, {actors = opts.actors, times = opts.times, format = opts.format})
end

--- Return the ladder of what socket.trace has recorded: each call beside its actor, what is sent as an arrow. Dotted
--- arrows are the TCP segments that follow from the calls (RFC 9293 sections 3.5 and 3.6); only a capture shows them.
---
---     local calls = require "socket.trace".start()
---     assert(require "socket".bind("127.0.0.1", 0)):close()
---     ladder.sockets(calls):match("listen") --> listen
---@lab pair on h1
---@param trace table[] the events
---@param opts? ladder.SocketsOptions
---@return string ladder without a newline at its end
function ladder.sockets(trace, opts)
  check.argument("ladder.sockets", 1, trace, "table")
  opts = check.options("ladder.sockets", opts, {names = "table", actors = "table", times = "boolean", format = FORMATS})
  return ladder.draw(calls.events(trace, opts.names or {}), {actors = opts.actors, times = opts.times, format = opts.format})
end

return ladder
