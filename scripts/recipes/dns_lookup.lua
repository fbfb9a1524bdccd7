-- title: DNS lookup by hand
-- about: one question in a datagram of our own and the server's answer, record by record; once more by TCP when the answer
--        doesn't fit into a datagram. The system's resolver takes no part
-- needs: net SERVER/udp; net SERVER/tcp
-- arg:   name string = www.example.com | what to look up; an address is looked up backwards
-- arg:   server string = 127.0.0.1:53 | name server, as address:port
-- arg:   type one of A|AAAA|CNAME|MX|NS|SOA|TXT|SRV|PTR|ANY = A | kind of record
-- arg:   wait seconds 0.05..60 = 2 | longest wait for each answer; three are waited for
-- shows: in its test
--   A www.example.com at 127.0.0.1:50053: ok
--   www.example.com.  60 s  192.0.2.1
--   www.example.com.  60 s  192.0.2.2
-- returns: list | a record for each record of the answer
--   section string | an, ns or ar
--   name string | whose record it is
--   type string | kind of record
--   ttl seconds | how long it may be kept
--   data string | what it says
-- see:   RFC 1035 section 4; RFC 7766; moonwire doc packet.dns
-- categories: discovery, safe, dns
-- author: the moonwire authors
-- version: 1.0

local addr, dgram, framing, packet = require "addr", require "dgram", require "framing", require "packet"
local retry, script, socket, tabulate = require "retry", require "script", require "socket", require "tabulate"
local args = script.args()
local name, kind = args.name, args.type
if addr.valid(name) then name, kind = addr(name):reverse(), "PTR" end
local query = packet.dns{id = math.random(0, 65535), rd = 1, qd = {{qname = name, qtype = kind}}}

-- answers says whether a message answers the query: its id and its question are the same, or somebody else sent it.
local function answers(reply)
  local a, q = reply and reply.dns, query.dns
  return a and a.qr == 1 and a.id == q.id and #a.qd == 1 and a.qd[1].qname:lower() == q.qd[1].qname:lower()
end

local function by_udp()
  local s = assert(dgram.udp{to = args.server})
  local reply, problem = retry.call(function()
    assert(s:send(query:bytes()))
    for data in s:datagrams{timeout = args.wait} do
      local reply = packet.decode(data, "dns")
      if answers(reply) then return reply end
    end
    return nil, ("no answer from %s"):format(args.server)
  end, {tries = 3})
  s:close()
  return reply, problem
end

-- By TCP two bytes with the message's length go before it.
local function by_tcp()
  local host, port = args.server:match("^%[?(.-)%]?:(%d+)$")
  local s, problem = socket.connect(host, tonumber(port))
  if not s then return nil, problem end
  s:settimeout(args.wait)
  local way = framing.prefixed(2)
  assert(way:writer(s):write(query:bytes()))
  local message = assert(way:reader(s):read())
  s:close()
  return packet.decode(message, "dns")
end

local reply, problem = by_udp()
if reply and reply.dns.tc == 1 then
  print("the answer doesn't fit into a datagram: once more by TCP")
  reply, problem = by_tcp()
end
if not reply then script.fail(problem) end

-- Most records say one thing; these say several, in this order.
local PARTS = {"preference", "exchange", "mname", "rname", "serial", "refresh", "retry", "expire", "minimum", "priority", "weight",
  "port", "target"}
local function content(record)
  if type(record.rdata) == "table" then return table.concat(record.rdata, " ") end
  if record.rdata then return record.rdata end
  local words = {}
  for _, part in ipairs(PARTS) do words[#words + 1] = record[part] end
  return table.concat(words, " ")
end

local TYPES = {[1] = "A", [2] = "NS", [5] = "CNAME", [6] = "SOA", [12] = "PTR", [15] = "MX", [16] = "TXT", [28] = "AAAA", [33] = "SRV"}
local rows, records = {}, {}
for _, section in ipairs{"an", "ns", "ar"} do
  for _, record in ipairs(reply.dns[section]) do
    if record.type ~= 41 then -- EDNS's own
      rows[#rows + 1] = {record.rrname, record.ttl .. " s", content(record), section == "an" and "" or section}
      records[#records + 1] = {section = section, name = record.rrname, type = TYPES[record.type] or tostring(record.type), ttl = record.ttl, data = content(record)}
    end
  end
end
print(("%s %s at %s: %s%s"):format(kind, name, args.server, reply:text("dns.rcode"), reply.dns.aa == 1 and ", from the authority" or ""))
if #rows == 0 then script.nothing_found("no such record") end
print(tabulate(rows))
return records
