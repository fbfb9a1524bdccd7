-- what a zone says, and doesn't
local serve = require "serve"
local s = assert(serve.dns{port = 0, address = "127.0.0.1", zone = {
  ["www.lab"] = {"10.0.1.2", "fd00::2"}, ["Alias.lab"] = {CNAME = "www.LAB"}, ["mail.lab"] = "10.0.1.3", ["a.b.lab"] = {TXT = "deep", ttl = 5},
  lab = {MX = {"10 mail.lab", {20, "www.lab"}}, TXT = {"one", "two"}, NS = "www.lab"}, ["*.wild.lab"] = "10.0.2.2",
  ["sub.lab"] = {NS = "ns.sub.lab"}, ["ns.sub.lab"] = "10.0.3.3", ["out.lab"] = {CNAME = "www.example.org"}, ["loop.lab"] = {CNAME = "loop.lab"},
  ["own.org"] = {SOA = "ns.own.org root.own.org 7 1 2 3 4"}}})
local c = assert(dgram.udp{to = "127.0.0.1:" .. s.port, timeout = 60})
local function ask(name, kind)
  c:send(packet.dns{id = 9, qd = {{qname = name, qtype = kind or "A"}}}:bytes())
  local r = packet.decode((c:receive()), "dns")
  local words = {r:text("dns.rcode"), r.dns.aa == 1 and "aa" or nil}
  for _, section in ipairs{"an", "ns", "ar"} do
    for _, one in ipairs(r.dns[section]) do
      local data = one.rdata or one.exchange or one.mname
      words[#words + 1] = ("%s:%s=%s"):format(section, one.rrname, type(data) == "table" and table.concat(data, "+") or data)
    end
  end
  return table.concat(words, " ")
end
ask("www.lab")  --> ok aa an:www.lab.=10.0.1.2
ask("WwW.lab", "AAAA")  --> ok aa an:WwW.lab.=fd00::2
ask("alias.lab")  --> ok aa an:alias.lab.=www.lab. an:www.lab.=10.0.1.2
ask("alias.lab", "CNAME")  --> ok aa an:alias.lab.=www.lab.
ask("lab", "MX")  --> ok aa an:lab.=mail.lab. an:lab.=www.lab. ar:mail.lab.=10.0.1.3 ar:www.lab.=10.0.1.2 ar:www.lab.=fd00::2
ask("lab", "TXT")  --> ok aa an:lab.=one+two
ask("lab", "SOA")  --> ok aa an:lab.=ns.lab.
ask("www.lab", "MX")  --> ok aa ns:lab.=ns.lab.
ask("b.lab")  --> ok aa ns:lab.=ns.lab.
ask("nothing.lab")  --> name-error aa ns:lab.=ns.lab.
ask("x.y.wild.lab")  --> ok aa an:x.y.wild.lab.=10.0.2.2
ask("wild.lab")  --> ok aa ns:lab.=ns.lab.
ask("host.sub.lab")  --> ok ns:sub.lab.=ns.sub.lab. ar:ns.sub.lab.=10.0.3.3
ask("out.lab")  --> ok aa an:out.lab.=www.example.org.
ask("loop.lab")  --> ok aa an:loop.lab.=loop.lab.
ask("2.1.0.10.in-addr.arpa", "PTR")  --> ok aa an:2.1.0.10.in-addr.arpa.=www.lab.
ask("9.9.9.10.in-addr.arpa", "PTR")  --> name-error aa ns:in-addr.arpa.=ns.in-addr.arpa.
ask("no.own.org")  --> name-error aa ns:own.org.=ns.own.org.
ask("example.org")  --> refused
s.stats.requests, s.stats.errors  --> 19, 0
---
-- what doesn't fit is asked for again by TCP
local serve, framing = require "serve", require "framing"
local many = {}
for i = 1, 70 do many[i] = "10.9.0." .. i end
local s = assert(serve.dns{port = 0, address = "127.0.0.1", zone = {["many.lab"] = many}})
local u = assert(dgram.udp{to = "127.0.0.1:" .. s.port, timeout = 60})
local t = assert(socket.connect("127.0.0.1", s.port))
t:settimeout(60)
local way = framing.prefixed(2)
local function query(size)
  local opt = size and {{type = "OPT", rclass = size, z = 0}}
  return packet.dns{id = 9, qd = {{qname = "many.lab", qtype = "A"}}, ar = opt}:bytes()
end
local function udp(size)
  u:send(query(size))
  local data = u:receive()
  local r = packet.decode(data, "dns").dns
  return r.tc, #r.an, #r.ar, #data <= (size or 512)
end
udp()  --> 1, 0, 0, true
udp(100)  --> 1, 0, 1, true
udp(4096)  --> 1, 0, 1, true
for _ = 1, 2 do -- one connection, several questions
  assert(way:writer(t):write(query(4096)))
  local r = packet.decode(way:reader(t):read(), "dns").dns
  r.tc, #r.an, r.ar[1].rclass  --> 0, 70, 1232
end
---
-- what is no question is told so, or gets no answer; and the service goes on
local serve = require "serve"
local s = assert(serve.dns{port = 0, address = "127.0.0.1", zone = {["www.lab"] = "10.0.1.2"}})
local c = assert(dgram.udp{to = "127.0.0.1:" .. s.port, timeout = 60})
local function ask(data)
  c:send(data)
  local r = packet.decode((c:receive()), "dns")
  return r:text("dns.rcode"), r.dns.id
end
local function of(fields)
  fields.id, fields.qd = 9, fields.qd or {{qname = "www.lab"}}
  return packet.dns(fields):bytes()
end
ask("\0\9\1\0\0\1\0\0\0\0\0\0\3a")  --> format-error, 9
ask(of{qd = {{qname = "a"}, {qname = "b"}}})  --> format-error, 9
ask(of{qd = {}})  --> format-error, 9
ask(of{ar = {{type = "OPT"}, {type = "OPT"}}})  --> format-error, 9
ask(of{opcode = 4})  --> not-implemented, 9
ask(of{qd = {{qname = "www.lab", qclass = 3}}})  --> refused, 9
ask(of{qd = {{qname = "lab", qtype = "AXFR"}}})  --> refused, 9
c:send(of{ar = {{type = "OPT", version = 1, z = 0}}})
local r = packet.decode((c:receive()), "dns").dns
r.ar[1].extrcode, r.ar[1].version, #r.an  --> 1, 0, 0
c:send("")
c:send("short")
c:send(of{qr = 1})
c:receive{timeout = 0.05} == nil  --> true
ask(of{})  --> ok, 9
s.stats.errors  --> 7
---
-- other names are asked for elsewhere
local serve = require "serve"
local far = assert(serve.dns{port = 0, address = "127.0.0.1", zone = {["www.far"] = "10.9.9.9"}})
local s = assert(serve.dns{port = 0, address = "127.0.0.1", zone = {["www.lab"] = "10.0.1.2"}, forward = "127.0.0.1:" .. far.port})
local c = assert(dgram.udp{to = "127.0.0.1:" .. s.port, timeout = 60})
local function ask(name, rd)
  c:send(packet.dns{id = 9, rd = rd, qd = {{qname = name, qtype = name:find("arpa") and "PTR" or "A"}}}:bytes())
  local r = packet.decode((c:receive()), "dns")
  return r.dns.id, r:text("dns.rcode"), r.dns.an[1] and r.dns.an[1].rdata
end
ask("www.lab")  --> 9, ok, 10.0.1.2
ask("www.far")  --> 9, ok, 10.9.9.9
ask("no.far")  --> 9, name-error, nil
ask("9.9.9.10.in-addr.arpa")  --> 9, ok, www.far.
ask("www.far", 0)  --> 9, refused, nil
far:close()
s:close()
local dead = assert(serve.dns{port = 0, address = "127.0.0.1", forward = "127.0.0.1:1"})
c:connect("127.0.0.1:" .. dead.port)
c:send(packet.dns{id = 9, qd = {{qname = "x"}}}:bytes())
packet.decode((c:receive{timeout = 60}), "dns"):text("dns.rcode")  --> server-failure
---
-- a record that isn't one
require "serve".dns{zone = {["www.lab"] = "10.0.1"}}  --> error: bad option 'zone' to 'serve.dns' (www.lab: '10.0.1' is no A record)
---
-- a type that isn't known
require "serve".dns{zone = {["www.lab"] = {AAA = "::1"}}}  --> error: bad option 'zone' to 'serve.dns' (www.lab: 'AAA' is no type of record)
---
-- an alias beside other records
require "serve".dns{zone = {["www.lab"] = {"10.0.0.1", CNAME = "x"}}}  --> error: (www.lab: a CNAME stands alone)
---
-- a name that can't be written
require "serve".dns{zone = {["a..b"] = "10.0.0.1"}}  --> error: bad option 'zone' to 'serve.dns' (a..b: 
