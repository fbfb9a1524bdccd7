--- Asks another name server in a client's place.
---@package
local clock = require "clock"
local dgram = require "dgram"
local framing = require "framing"
local packet = require "packet"
local socket = require "socket"
local forward = {}

local WAIT, TRIES = 2, 2 -- seconds for an answer, and how often to ask by UDP

-- place writes a server as host and port.
local function place(server)
  local host, port = server:match("^%[(.-)%]:?(%d*)$")
  if not host then host, port = server:match("^([^:]+):?(%d*)$") end
  if not host then host, port = server, "" end
  return host, port ~= "" and tonumber(port) or 53
end

-- answers tells whether a message is the answer to a query: the same id, the same question.
local function answers(data, query)
  local q, a = packet.decode(query, "dns").dns, packet.decode(data, "dns").dns
  return a and a.qr == 1 and a.id == q.id and (#a.qd == 0 or a.qd[1].qname:lower() == q.qd[1].qname:lower() and a.qd[1].qtype == q.qd[1].qtype)
end

local function by_udp(host, port, query)
  local s, problem = dgram.udp{to = (host:find(":", 1, true) and "[%s]:%d" or "%s:%d"):format(host, port)}
  if not s then return nil, problem end
  for _ = 1, TRIES do
    s:send(query)
    local till = clock.monotonic() + WAIT
    repeat
      local data, _, kind = s:receive{timeout = math.max(0, till - clock.monotonic())}
      if data and answers(data, query) then
        s:close()
        return data
      end
    until not data or kind == "timeout"
  end
  s:close()
  return nil, "no answer"
end

local function by_tcp(host, port, query)
  local s, problem = socket.connect(host, port)
  if not s then return nil, problem end
  s:settimeout(WAIT)
  local way = framing.prefixed(2)
  way:writer(s):write(query)
  local data
  data, problem = way:reader(s):read()
  s:close()
  if data and answers(data, query) then return data end
  return nil, problem or "another answer"
end

--- Ask a server. The id on that way is another than the client's, which only the client knows.
---@param server string
---@param query string
---@param tcp boolean
---@async
---@return string? answer
---@return string? problem
function forward.ask(server, query, tcp)
  local host, port = place(server)
  local id = string.char(math.random(0, 255), math.random(0, 255))
  local data, problem = (tcp and by_tcp or by_udp)(host, port, id .. query:sub(3))
  if data then return query:sub(1, 2) .. data:sub(3) end
  return nil, ("%s: %s"):format(server, problem)
end

return forward
