--- A name server: authority for its zone, and a forwarder for other names where told so (RFC 1034, RFC 1035).
---@package
local bytes = require "bytes"
local framing = require "framing"
local forward = require "serve.dns.forward"
local packet = require "packet"
local service = require "serve.service"
local zone = require "serve.dns.zone"

local LARGEST = 1232 -- bytes of an answer by UDP that we send and take (DNS Flag Day 2020: it fits every link of IPv6)

-- edns finds the OPT record of a query; a second one is an error (RFC 6891 section 6.1.1).
local function edns(q)
  local found
  for _, r in ipairs(q.ar) do
    if type(r) == "table" and r.type == 41 then
      if found then return nil, true end
      found = r
    end
  end
  return found
end

-- reply begins the answer to a query; it has the query's question and, where that spoke EDNS, our record of it.
local function reply(q, opt, fields)
  local r = {id = q.id, qr = 1, opcode = q.opcode, rd = q.rd, qd = q.qd, an = {}, ns = {}, ar = {}}
  for k, v in pairs(fields) do r[k] = v end
  if opt then
    r.opt = {type = "OPT", rclass = LARGEST, extrcode = r.extrcode or 0, z = opt.z >= 0x8000 and 0x8000 or 0}
    r.extrcode = nil
  end
  return r
end

local function pack(r, with_additional)
  local opt, ar = r.opt, {}
  for k, v in ipairs(with_additional and r.ar or {}) do ar[k] = v end
  ar[#ar + 1] = opt
  local fields = {}
  for k, v in pairs(r) do fields[k] = v end
  fields.opt, fields.ar = nil, ar
  return packet.dns(fields):bytes()
end

-- fit packs an answer into `limit` bytes: without the additional records, or else without any, marked as truncated
-- (RFC 2181 section 9).
local function fit(r, limit)
  local data = pack(r, true)
  if #data > limit then data = pack(r, false) end
  if #data > limit then
    r.an, r.ns, r.tc = {}, {}, 1
    data = pack(r, false)
  end
  return data
end

-- TYPES are the names of the types that zones have, by number.
local TYPES = {[1] = "A", [2] = "NS", [5] = "CNAME", [6] = "SOA", [12] = "PTR", [15] = "MX", [16] = "TXT", [28] = "AAAA", [33] = "SRV",
  [255] = "ANY"}
local TRANSFERS = {[251] = true, [252] = true} -- of zones

-- answer makes the answer to a question of ours; nil where it is to be forwarded.
local function answer(self, q, opt)
  local question = q.qd[1]
  local class = question.qclass
  if class ~= 1 and class ~= 255 or TRANSFERS[question.qtype] then return reply(q, opt, {rcode = "refused"}) end
  local found = self.zone:answer(question.qname, TYPES[question.qtype] or tostring(question.qtype))
  if found then
    found.ra = self.forward and 1 or 0
    return reply(q, opt, found)
  end
  if not self.forward or q.rd == 0 then return reply(q, opt, {rcode = "refused"}) end
end

-- refused tells what is wrong with a query before its question counts: a reply, or false when it deserves none.
local function refused(self, data, q, opt, twice, peer)
  if not q then
    self:problem("no DNS message", peer)
    if #data < 12 or data:byte(3) >= 128 then return false end
    return reply({id = bytes.unpack(">I2", data), opcode = 0, rd = 0, qd = {}}, nil, {rcode = "format-error"})
  elseif q.qr == 1 then
    self:problem("an answer, not a question", peer)
    return false
  elseif q.opcode ~= 0 then
    return reply(q, opt, {rcode = "not-implemented"})
  elseif #q.qd ~= 1 or type(q.qd[1]) ~= "table" or twice then
    self:problem("a query with other than one question", peer)
    return reply({id = q.id, opcode = 0, rd = q.rd, qd = {}}, nil, {rcode = "format-error"})
  elseif opt and opt.version ~= 0 then
    return reply(q, opt, {extrcode = 1}) -- BADVERS
  end
end

-- respond gives the bytes of the answer to a query, nil when it gets none. Waits only for the forwarder.
local function respond(self, data, peer, by_tcp)
  local decoded = packet.decode(data, "dns")
  local q = decoded.dns
  local opt, twice
  if q then opt, twice = edns(q) end
  local r = refused(self, data, q, opt, twice, peer)
  if r == false then return nil end
  self.stats.requests = self.stats.requests + 1
  r = r or answer(self, q, opt)
  if r then return fit(r, by_tcp and 65535 or math.max(512, math.min(opt and opt.rclass or 512, LARGEST))) end
  local theirs, problem = forward.ask(self.forward, data, by_tcp)
  if theirs then return theirs end
  self:problem(problem, peer)
  return pack(reply(q, opt, {rcode = "server-failure", ra = 1}), true)
end

-- datagram answers at once from the zone; who is forwarded waits beside the others.
local function datagram(self, data, meta, s)
  if not self.forward then return respond(self, data, meta.peer, false) end
  if self.waiting >= self.most then return self:problem("too many questions at once", meta.peer) end
  self.waiting = self.waiting + 1
  self:beside(function()
    local ok, reply_data = pcall(respond, self, data, meta.peer, false)
    self.waiting = self.waiting - 1
    if not ok then error(reply_data, 0) end
    if reply_data then self:reply(s, reply_data, meta) end
  end)
end

-- converse answers the queries of a connection; each has its length before it (RFC 7766 section 8).
local function converse(self, connection, peer)
  local way = framing.prefixed(2)
  local input, output = way:reader(connection), way:writer(connection)
  while true do
    local data, problem, kind = input:read()
    if not data then
      if kind == "malformed" then self:problem(problem, peer) end
      return
    end
    local r = respond(self, data, peer, true)
    if r then
      local ok, why = output:write(r)
      if not ok then return self:problem("sending: " .. why, peer) end
      self:sent(r)
    end
  end
end

--- Start the service.
---@param opts table checked
local function dns(opts)
  local names, problem = zone.new(opts.zone or {}, opts.forward ~= nil)
  if not names then error(("bad option 'zone' to 'serve.dns' (%s)"):format(problem), 3) end
  return service.start("dns", 53, opts, {stream = converse, datagram = datagram, zone = names, forward = opts.forward, waiting = 0,
    most = opts.connections or 100})
end

return dns
