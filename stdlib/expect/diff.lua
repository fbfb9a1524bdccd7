--- Say where two values differ, one line for each place.
---@package
local show = require "expect.show"
local diff = {}

local MOST = 10 -- places named before the rest is only counted

local function same(a, b) return a == b or (a ~= a and b ~= b) end

local function either(value) return value == nil and "nothing" or show.short(value) end

-- A packet is compared with another one field by field.
local function is_packet(value)
  local ok, method = pcall(function() return type(value) == "userdata" and value.fits end)
  return ok and type(method) == "function"
end

local function packets(wanted, got, path, places)
  for line in ((wanted:diff(got) or "") .. "\n"):gmatch("([^\n]+)\n") do
    local field, a, b = line:match("^%s*(.-): (.-) ~= (.*)$")
    local text = field and ("%s: %s expected, got %s"):format(field, a, b) or line
    places[#places + 1] = path == "" and text or path .. ": " .. text
  end
end

local function walk(wanted, got, path, places, seen)
  if same(wanted, got) then return end
  if is_packet(wanted) and is_packet(got) then return packets(wanted, got, path, places) end
  if type(wanted) ~= "table" or type(got) ~= "table" then
    places[#places + 1] = ("%s: %s expected, got %s"):format(path, either(wanted), either(got))
    return
  end
  if seen[wanted] == got then return end
  seen[wanted] = got
  local both = {}
  for key in pairs(wanted) do both[key] = true end
  for key in pairs(got) do both[key] = true end
  for _, key in ipairs(show.keys(both)) do
    walk(wanted[key], got[key], path .. show.key(key), places, seen)
  end
end

local function lines_of(text)
  local list = {}
  for line in (text .. "\n"):gmatch("(.-)\n") do list[#list + 1] = line end
  return list
end

-- lines compares two texts: the lines before the first difference are only counted, then both sides follow.
local function lines(wanted, got)
  local a, b, at = lines_of(wanted), lines_of(got), 1
  while a[at] == b[at] do at = at + 1 end
  local places = {("line %d differs (- expected, + got)"):format(at)}
  local a_last, b_last = #a, #b
  while a_last >= at and b_last >= at and a[a_last] == b[b_last] do a_last, b_last = a_last - 1, b_last - 1 end
  for i = at, a_last do places[#places + 1] = "- " .. show.text(a[i]):sub(2, -2) end
  for i = at, b_last do places[#places + 1] = "+ " .. show.text(b[i]):sub(2, -2) end
  return places
end

local ROW, ROWS = 8, 8 -- bytes in a line of a dump, and such lines

local function hex(text, at)
  local row = text:sub(at, at + ROW - 1)
  return (row:gsub(".", function(c) return ("%02x "):format(c:byte()) end))
end

-- dump shows two strings side by side, from the row before the first that differs on; ">" marks those that do.
local function dump(wanted, got, at)
  local places = {("byte %d differs (%d bytes expected, %d got)"):format(at, #wanted, #got),
    ("  %-6s %-24s %s"):format("", "expected", "got")}
  local first = math.max(at - 1 - (at - 1) % ROW - ROW, 0)
  for from = first, math.max(#wanted, #got) - 1, ROW do
    if from >= first + ROWS * ROW then
      places[#places + 1] = "  ..."
      break
    end
    local a, b = hex(wanted, from + 1), hex(got, from + 1)
    places[#places + 1] = (("%s %04x   %-24s %s"):format(a == b and " " or ">", from, a, b):gsub("%s+$", ""))
  end
  return places
end

-- bytes compares two strings: where they part, and what each has there. What is no text is shown as a dump.
local function bytes(wanted, got)
  local at = 1
  while wanted:byte(at) == got:byte(at) do at = at + 1 end
  if (wanted .. got):find("[%z\1-\8\14-\31\127-\255]") then return dump(wanted, got, at) end
  local function rest(text) return at > #text and "its end" or show.short(text:sub(at), 32) end
  return {("byte %d: %s expected, got %s"):format(at, rest(wanted), rest(got))}
end

--- List the places where `got` isn't `wanted`, in words; the list is empty when they are equal. Tables are compared by
--- what is in them, text of several lines by lines.
---@param wanted any
---@param got any
---@return string[] places
function diff.places(wanted, got)
  if type(wanted) == "string" and type(got) == "string" and wanted ~= got then
    return (wanted:find("\n.") and lines or bytes)(wanted, got)
  end
  local places = {}
  walk(wanted, got, "", places, {})
  if #places == 1 and places[1]:sub(1, 1) == ":" then places[1] = places[1]:sub(3) end
  if #places > MOST then
    places[MOST + 1] = ("... and %d more"):format(#places - MOST)
    for i = #places, MOST + 2, -1 do places[i] = nil end
  end
  return places
end

return diff
