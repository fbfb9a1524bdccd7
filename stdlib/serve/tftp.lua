--- TFTP (RFC 1350) with its options (RFC 2347, 2348 and 2349).
---@package
local addr = require "addr"
local dgram = require "dgram"
local files = require "serve.files"
local link = require "link"
local message = require "serve.tftp.message"
local netascii = require "serve.tftp.netascii"
local service = require "serve.service"
local transfer = require "serve.tftp.transfer"

local MODES = {netascii = true, octet = true}
local CODES = {notfound = message.NOT_FOUND, denied = message.DENIED, exists = message.EXISTS}

-- refused is the answer to a request that can't be met.
local function refused(self, meta, code, text)
  self:problem(text, meta.peer)
  return message.error(code, text)
end

local function number(text, low, high)
  local n = text and text:match("^%d+$") and tonumber(text)
  return n and n >= low and n <= high and n or nil
end

-- negotiate settles a transfer's options; those that make no sense, or aren't known, are passed over (RFC 2347).
local function negotiate(t, wanted, size)
  local accepted = {}
  local blksize = number(wanted.blksize, 8, 2 ^ 31)
  if blksize then
    t.blksize = math.min(blksize, 65464)
    accepted[#accepted + 1] = {"blksize", t.blksize}
  end
  local timeout = number(wanted.timeout, 1, 255)
  if timeout then
    t.timeout = timeout
    accepted[#accepted + 1] = {"timeout", timeout}
  end
  if size and number(wanted.tsize, 0, 2 ^ 53) then accepted[#accepted + 1] = {"tsize", ("%.0f"):format(size)} end
  if #accepted > 0 then t.oack = message.oack(accepted) end
end

-- run does a transfer on a socket, and an address, of its own: its port is the server's transfer id.
local function run(self, s, t, work, file)
  t.socket = s
  local ok, problem = pcall(work, t, file)
  if not ok then
    if not self.closed then self:problem(tostring(problem), t.peer) end
    if type(problem) == "table" and problem.code then s:send(message.error(problem.code, problem.text), t.peer) end
  end
  if file.drop and not ok then file.drop() end
  if file.close then file:close() end
  s:close()
  self.stats.connections = self.stats.connections - 1
  self.under_way[t.peer] = nil
end

-- unicast tells whether a datagram was for this host alone: requests to all hosts are not answered (RFC 1123 section
-- 4.2.3.5).
local function unicast(to)
  if not to or addr(to):is_loopback() then return true end
  for _, card in ipairs(link.interfaces()) do
    for _, prefix in ipairs(card.addresses) do
      if prefix:match("^[^/]+") == to:match("^[^%%]+") then return true end
    end
  end
  return false
end

-- own_place is where a transfer's socket is opened: at the address that the request came to.
local function own_place(meta)
  local own = meta.to
  if not own then return meta.peer:sub(1, 1) == "[" and "[::]:0" or "0.0.0.0:0" end
  if not own:find(":", 1, true) then return own .. ":0" end
  local zone = addr(own):is_link_local() and not own:find("%", 1, true) and "%" .. meta.interface or ""
  return ("[%s%s]:0"):format(own, zone)
end

-- begin opens a transfer's socket and starts it.
local function begin(self, meta, t, work, file)
  local s, problem = dgram.udp{address = own_place(meta)}
  if not s then return refused(self, meta, message.NOT_DEFINED, problem) end
  self.under_way[t.peer] = true
  self.stats.connections = self.stats.connections + 1
  self:beside(run, s, t, work, file)
end

local REQUESTS = {}

function REQUESTS.read(self, m, meta, t, names)
  local entry, problem, kind = self.store.find(names)
  if not entry then return refused(self, meta, CODES[kind], problem) end
  if entry.kind ~= "file" then return refused(self, meta, message.DENIED, "a directory") end
  local file
  file, problem = entry.open()
  if not file then return refused(self, meta, message.DENIED, problem) end
  negotiate(t, m.options, m.mode == "octet" and entry.size)
  return begin(self, meta, t, transfer.send, m.mode == "netascii" and netascii.reader(file) or file)
end

function REQUESTS.write(self, m, meta, t, names)
  if not self.write then return refused(self, meta, message.DENIED, "writing is not allowed") end
  local size = number(m.options.tsize, 0, 2 ^ 53)
  if size and size > self.limit then
    return refused(self, meta, message.FULL, ("more than %d bytes"):format(self.limit))
  end
  local file, problem, kind = self.store.create(names)
  if not file then return refused(self, meta, CODES[kind], problem) end
  negotiate(t, m.options, size)
  return begin(self, meta, t, transfer.receive, file)
end

-- answer starts the transfer that a request asks for, or refuses.
local function answer(self, data, meta)
  local m = message.decode(data)
  if m and m.op == "error" or not unicast(meta.to) then return self:problem("passed over", meta.peer) end
  if self.under_way[meta.peer] then return nil end -- a request that came twice
  self.stats.requests = self.stats.requests + 1
  local request = m and REQUESTS[m.op]
  if not request then return refused(self, meta, message.ILLEGAL, "no request") end
  if not MODES[m.mode] then return refused(self, meta, message.ILLEGAL, "no such mode") end
  if self.stats.connections >= self.most then return refused(self, meta, message.NOT_DEFINED, "too many transfers") end
  local names = files.names(m.file)
  if not names or #names == 0 then return refused(self, meta, message.DENIED, "no such place") end
  return request(self, m, meta, {service = self, peer = meta.peer, mode = m.mode, blksize = 512, timeout = self.timeout,
    tries = self.tries, limit = self.limit}, names)
end

--- Start the service.
---@param opts table checked
local function tftp(opts)
  return service.start("tftp", 69, opts, {
    datagram = answer,
    store = files.store(opts),
    write = opts.write,
    timeout = opts.timeout or 1,
    tries = opts.tries or 6,
    limit = opts.limit or 67108864,
    most = opts.connections or 100,
    under_way = {}, -- by peer
  })
end

return tftp
