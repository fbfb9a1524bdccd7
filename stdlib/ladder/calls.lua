--- Turn recorded socket calls into the ladder's events.
---@package
local order = require "ladder.order"
local calls = {}

---@class ladder.Call one call as socket.trace records it, at its end
---@field time number seconds
---@field call string "bind", "listen", "connect", "accept", "send", "receive", "shutdown", "close" or another method's name
---@field class string the object's class, as in tostring: "tcp{client}"
---@field here? string the object's own address after the call, as "address:port"
---@field peer? string the other end's
---@field bytes? integer bytes sent or received
---@field data? string those bytes, or as many of them as are kept
---@field what? string the argument of shutdown
---@field error? string the call's second result when the first is nil

local SHOWN = 24 -- bytes that a label shows

-- naming returns the function that names an address. Without a given name, an address that listens is the server's and
-- all others are clients', numbered when there are several.
local function naming(trace, names)
  local known, clients = {}, {}
  local function given(address)
    local port = address:match("(%d+)$")
    return names[address] or names[port] or names[tonumber(port)]
  end
  for _, event in ipairs(trace) do
    if event.call == "listen" and event.here then known[event.here] = given(event.here) or "server" end
  end
  for _, event in ipairs(trace) do
    local address = event.here
    if address and not known[address] then
      known[address] = given(address)
      if not known[address] and event.peer then
        clients[#clients + 1] = address
        known[address] = "client " .. #clients
      end
    end
  end
  if #clients == 1 then known[clients[1]] = "client" end
  return function(address) return address and (known[address] or given(address) or address) or "?" end
end

local ESCAPES = {["\n"] = "\\n", ["\r"] = "\\r", ['"'] = '\\"', ["\\"] = "\\\\"}

local function escape(c) return ESCAPES[c] or ("\\%d"):format(c:byte()) end

-- amount says how many bytes a call moved, and which when they are few.
local function amount(event)
  local data, size = event.data or "", event.bytes or 0
  local text = ("%d byte%s"):format(size, size == 1 and "" or "s")
  if size > SHOWN or #data < size or size == 0 then return text end
  return ('%s "%s"'):format(text, (data:gsub('["\\%c\127-\255]', escape)))
end

-- How each call is drawn; those that aren't here are a line with their name. `note` puts a line at the caller, `to` an
-- arrow from it to its peer, `from` one back; dotted arrows are segments that the call causes.
local draw = {}

function draw.connect(event, line)
  line.note(event.error and "connect: " .. event.error or "connect")
  if not event.class:find("^tcp") then return end
  line.to("SYN", true)
  if event.error == "connection refused" then line.from("RST", true) end
  if event.error then return end
  line.from("SYN, ACK", true)
  line.to("ACK", true)
end

function draw.send(event, line)
  if (event.bytes or 0) > 0 or not event.error then line.to("send " .. amount(event)) end
  if event.error then line.note("send: " .. event.error) end
end

function draw.receive(event, line)
  if event.error and (event.bytes or 0) == 0 then return line.note("receive: " .. event.error) end
  line.note("receive " .. amount(event) .. (event.error and ", " .. event.error or ""))
end

-- fin draws the end of one direction, once.
local function fin(event, line, ended)
  local key = event.here .. " " .. (event.peer or "")
  if ended[key] or not event.peer or not event.class:find("^tcp") then return end
  ended[key] = true
  line.to("FIN", true)
  line.from("ACK", true)
end

function draw.shutdown(event, line, ended)
  line.note("shutdown " .. (event.what or ""))
  if event.what ~= "receive" then fin(event, line, ended) end
end

function draw.close(event, line, ended)
  line.note("close")
  fin(event, line, ended)
end

draw.sendto, draw.receivefrom = draw.send, draw.receive

--- Return the ladder's events for recorded calls. Calls on objects without an address are left out.
---@param trace ladder.Call[]
---@param names table<string|integer, string> names of actors by "address:port" or by port
---@return ladder.Event[]
function calls.events(trace, names)
  local name, list, ended, latest = naming(trace, names), {}, {}, 0
  for _, event in ipairs(order(trace)) do
    if event.here then
      local me, time = name(event.here), math.max(event.time, latest)
      latest = time
      local function add(one)
        one.time, time = time, nil
        list[#list + 1] = one
      end
      local line = {
        note = function(label) add{at = me, label = label} end,
        to = function(label, dotted) add{from = me, to = name(event.peer), label = label, dotted = dotted} end,
        from = function(label, dotted) add{from = name(event.peer), to = me, label = label, dotted = dotted} end,
      }
      if draw[event.call] then draw[event.call](event, line, ended) else line.note(event.call) end
    end
  end
  return list
end

return calls
