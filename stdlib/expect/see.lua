--- Watch a link for a packet.
---@package
local show = require "expect.show"
local see = {}

local MOST = 20 -- packets that a failure lists

local function misuse(where, text, level) error(("bad argument #1 to '%s' (%s)"):format(where, text), level or 4) end

-- has says whether a value answers to a method of that name.
local function has(value, name)
  local ok, method = pcall(function() return value[name] end)
  return ok and type(method) == "function"
end

-- fields makes a pattern of {layer = {field = value}}: values are compared as they are, or as people read them.
local function fields(wanted)
  local words = {}
  for _, layer in ipairs(show.keys(wanted)) do
    for _, name in ipairs(show.keys(wanted[layer])) do
      words[#words + 1] = ("%s.%s = %s"):format(layer, name, show.value(wanted[layer][name]))
    end
  end
  return function(p)
    for layer, list in pairs(wanted) do
      if not p:layer(layer) then return false end
      for name, value in pairs(list) do
        local path = layer .. "." .. name
        if p:get(path) ~= value and tostring(p:get(path)) ~= tostring(value) and p:text(path) ~= value then return false end
      end
    end
    return true
  end, #words > 0 and table.concat(words, ", ") or next(wanted) or "a packet"
end

--- What a pattern means: a function of packet and meta, and words for it.
---@param where string
---@param pattern any
function see.pattern(where, pattern)
  if type(pattern) == "function" then return pattern, "what the function wants" end
  if type(pattern) == "string" then
    local ok, err = pcall(require "packet".eth().fits, require "packet".eth(), pattern)
    if not ok then misuse(where, (err:match("%((.*)%)$") or err)) end
    return function(p) return (p:fits(pattern)) end, show.text(pattern)
  end
  if has(pattern, "fits") then return function(p) return (p:fits(pattern)) end, pattern:summary() end
  if type(pattern) == "table" then
    for layer, list in pairs(pattern) do
      if type(layer) ~= "string" or type(list) ~= "table" then misuse(where, "fields as {arp = {op = 2}} expected") end
    end
    return fields(pattern)
  end
  misuse(where, "filter, fields, packet or function expected, got " .. type(pattern))
end

-- open begins to sniff at what expect was given, and names that.
local function open(where, values, within)
  local at, link = values[1], values[2]
  if type(at) == "string" then
    local net = require "script".lab()
    if not net then misuse(where, "the name of a link needs a lab: expect(net, name)", 5) end
    at, link = net, at
  end
  if has(at, "hosts") then
    local sniffer = at:sniff(link or "all", {timeout = within})
    return sniffer, "link " .. (link or "any"), function() sniffer:close() end
  elseif has(at, "sniff") then
    return at:sniff{timeout = within}, "link " .. at:interface().name
  elseif has(at, "next") then
    return at, tostring(at)
  end
  misuse(where, "a link, a lab or a sniffer expected, got " .. show.short(values[1]), 5)
end

--- Look for a packet for so long. Gives whether one came, lines that tell what did, and the name of the link. A sniffer of
--- the user's own is read within a task that time ends.
---@async
function see.watch(where, values, fits, within)
  local clock, task = require "clock", require "task"
  local sniffer, name, close = open(where, values, within)
  local began, others, found = clock.monotonic(), {}, nil
  task.timeout(within, function()
    for p, meta in sniffer do
      local line = ("%.6f s  %s"):format(clock.monotonic() - began, p:summary())
      if fits(p, meta) then
        found = line
        return
      end
      others[#others + 1] = line
    end
  end)
  if close then close() end
  if found then return true, {"it saw " .. found}, name end
  if #others == 0 then return false, {"it saw nothing"}, name end
  local lines = {("it saw %d other%s:"):format(#others, #others == 1 and "" or "s")}
  for i = 1, math.min(#others, MOST) do lines[#lines + 1] = "  " .. others[i] end
  if #others > MOST then lines[#lines + 1] = ("  ... and %d more"):format(#others - MOST) end
  return false, lines, name
end

return see
