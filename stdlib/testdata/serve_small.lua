-- echo answers connections and datagrams, on one port
local serve = require "serve"
local s = assert(serve.echo{port = 0, address = "127.0.0.1"})
local c = assert(socket.connect("127.0.0.1", s.port))
c:settimeout(60)
c:send("hello\n")
(c:receive())  --> hello
c:send(("x"):rep(200000))
#c:receive(200000)  --> 200000
c:shutdown("send")
c:receive()  --> nil, closed, 
local u = assert(dgram.udp{to = "127.0.0.1:" .. s.port, timeout = 60})
u:send("ping")
(u:receive())  --> ping
u:send("")
(u:receive()) == ""  --> true
s.stats.requests, s.stats.bytes, s.stats.errors  --> 3, 200010, 0
tostring(s):gsub("%d+ at", "at", 1):gsub(":%d+", ":PORT")  --> echo at 127.0.0.1:PORT: 3 requests, 200010 bytes, 0 errors, 1
s:close(), s:close()  --> true, true
socket.connect("127.0.0.1", s.port)  --> nil, connection refused
---
-- a service answers at every address, IPv6 too
local serve = require "serve"
local s = assert(serve.echo{port = 0})
s.address  --> 0.0.0.0
for _, at in ipairs{"127.0.0.1:", "127.0.0.2:", "[::1]:"} do
  local u = dgram.udp{to = at .. s.port, timeout = 60}
  if u then
    u:send("hello")
    (u:receive()) == "hello" or at == "[::1]:"  --> true
  end
end
---
-- discard says nothing
local serve = require "serve"
local s = assert(serve.discard{port = 0, address = "127.0.0.1"})
local c = assert(socket.connect("127.0.0.1", s.port))
(c:send(("x"):rep(100000)))  --> 100000
c:shutdown("send")
c:settimeout(60)
c:receive()  --> nil, closed, 
local u = assert(dgram.udp{to = "127.0.0.1:" .. s.port, timeout = 0.05})
u:send("x")
select(3, u:receive())  --> timeout
s.stats.requests, s.stats.bytes  --> 2, 0
---
-- chargen rotates its lines and stops at its limit
local serve = require "serve"
local s = assert(serve.chargen{port = 0, address = "127.0.0.1", limit = 10000})
local c = assert(socket.connect("127.0.0.1", s.port))
c:settimeout(60)
local text = c:receive("*a")
#text  --> 10000
local lines = {}
for line in text:gmatch("(.-)\r\n") do lines[#lines + 1] = line end
lines[1]  --> !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefgh
lines[2]  --> "#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghi
#lines[95], lines[96] == lines[1], lines[95]:sub(1, 2)  --> 72, true,  !
local u = assert(dgram.udp{to = "127.0.0.1:" .. s.port, timeout = 60})
for _ = 1, 20 do
  u:send("x")
  local data = assert(u:receive())
  assert(#data <= 512 and text:sub(1, #data) == data)
end
---
-- daytime tells the time of day
local serve = require "serve"
local s = assert(serve.daytime{port = 0, address = "127.0.0.1"})
local c = assert(socket.connect("127.0.0.1", s.port))
c:settimeout(60)
local text, problem = c:receive("*a")
text:match("^%a+day, %a+ %d%d, %d%d%d%d %d%d:%d%d:%d%d%-UTC\r\n$") ~= nil  --> true
local u = assert(dgram.udp{to = "127.0.0.1:" .. s.port, timeout = 60})
u:send("")
#(u:receive()) > 30  --> true
---
-- small services don't talk to each other
local serve = require "serve"
local s = assert(serve.echo{port = 0, address = "127.0.0.1"})
local other = dgram.udp{address = "127.0.0.1:19", to = "127.0.0.1:" .. s.port, timeout = 0.05}
if not other then return end -- low ports are for those who may
other:send("what?")
select(3, other:receive())  --> timeout
s.stats.errors, s.problems[1]  --> 1, 127.0.0.1:19: not answered: it comes from chargen
---
-- as many connections as allowed are served, the next ones wait
local serve = require "serve"
local s = assert(serve.echo{port = 0, address = "127.0.0.1", connections = 2})
local all = {}
for i = 1, 3 do
  all[i] = assert(socket.connect("127.0.0.1", s.port))
  all[i]:settimeout(60)
  all[i]:send("x")
end
(all[1]:receive(1)), (all[2]:receive(1))  --> x, x
all[3]:settimeout(0.05)
all[3]:receive(1)  --> nil, timeout, 
s.stats.connections  --> 2
all[1]:close()
all[3]:settimeout(60)
(all[3]:receive(1))  --> x
---
-- who is silent for too long is left
local serve = require "serve"
local s = assert(serve.echo{port = 0, address = "127.0.0.1", idle = 0.05})
local c = assert(socket.connect("127.0.0.1", s.port))
c:settimeout(60)
c:receive()  --> nil, closed, 
---
-- a port that is taken is refused, with both protocols
local serve = require "serve"
local s = assert(serve.echo{port = 0, address = "127.0.0.1"})
local again, message, kind = serve.discard{port = s.port, address = "127.0.0.1"}
again, kind, message:match("^serve.discard: port %d+: ") ~= nil  --> nil, exists, true
s:close()
assert(serve.discard{port = s.port, address = "127.0.0.1"}):close()  --> true
---
-- an option that isn't known
require "serve".echo{prot = 7}  --> error: bad option 'prot' to 'serve.echo' (did you mean 'port'?
---
-- a port is a number
require "serve".chargen{port = 65536}  --> error: bad option 'port' to 'serve.chargen' (whole number from 0 to 65535 expected, got 65536)
