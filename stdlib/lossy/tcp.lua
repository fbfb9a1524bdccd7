--- The relay for connections.
---@package
local dice = require "lossy.dice"
local socket = require "socket"
local task = require "task"

local PIECE = 65536 -- bytes taken at once, at most

-- send_all sends on a socket that doesn't wait, as its peer makes room.
local function send_all(s, data)
  local last = 0
  repeat
    local all, problem, some = s:send(data, last + 1)
    last = all or some
    if problem == "timeout" then socket.select(nil, {s}) end
  until problem ~= "timeout"
end

-- pass sends on what comes from one end. Nothing may overtake a lost piece.
local function pass(relay, way, from, to, roll)
  local problem
  repeat
    socket.select({from})
    local all, why, some = from:receive(PIECE)
    local piece = all or some
    problem = why
    if piece ~= "" then
      relay.tell(way, "received", piece)
      if roll() < relay.opts.loss then
        relay.tell(way, "lost", piece)
        task.sleep(relay.opts.again)
      end
      relay.tell(way, "sent", piece)
      send_all(to, piece)
    end
  until problem == "closed" or relay.closed
  to:shutdown("send")
end

--- Open the relay's address and start its tasks.
---@param relay lossy.Relay
---@return lossy.Relay? relay
---@return string? message
---@return string? kind
local function start(relay)
  local listener, message, kind = socket.bind("127.0.0.1", 0)
  if not listener then return nil, message, kind end
  relay.sockets[1] = listener
  relay.host, relay.port = listener:getsockname()
  local there, back = dice(relay.opts.seed), dice(relay.opts.seed + 1)
  local function join(client)
    local server = socket.connect(relay.to, relay.at)
    if not server then return client:close() end
    for _, s in ipairs{client, server} do
      s:settimeout(0)
      s:setoption("tcp-nodelay", true)
      relay.sockets[#relay.sockets + 1] = s
    end
    task.daemon(function() pass(relay, "there", client, server, there) end)
    task.daemon(function() pass(relay, "back", server, client, back) end)
  end

  task.daemon(function()
    for client in function() return (listener:accept()) end do join(client) end
  end)
  return relay
end

return start
