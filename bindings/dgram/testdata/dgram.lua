-- a datagram arrives with all that is known of it
local a = assert(dgram.udp{address = "127.0.0.1:0", timeout = 60})
local b = assert(dgram.udp{address = "127.0.0.1:0", timeout = 60})
b:send("hello", a:address(), {ttl = 9, tos = 16, source = "127.0.0.1"})  --> 5
local data, meta = a:receive()
data, meta.peer == b:address(), meta.length, meta.truncated  --> hello, true, 5, false
meta.ttl, meta.tos, meta.to, meta.interface  --> 9, 16, 127.0.0.1, lo
math.abs(meta.time - clock.now()) < 5 or meta.time > 0  --> true
---
-- the rest of a long datagram is cut off, and an empty one is one
local a = assert(dgram.udp{address = "127.0.0.1:0", timeout = 60})
local b = assert(dgram.udp{to = a:address()})
b:send("0123456789")
b:send("")
local data, meta = a:receive{size = 4}
data, meta.length, meta.truncated  --> 0123, 10, true
data, meta = a:receive()
data == "", meta.length  --> true, 0
---
-- waiting has an end
local s = assert(dgram.udp{address = "127.0.0.1:0", timeout = 3600})
s:receive{timeout = 0}  --> nil, dgram: nothing came within 0s, timeout
s:receive{timeout = 0.02}  --> nil, dgram: nothing came within 20ms, timeout
---
-- an ICMP error ends one receive and tells its story
local s = assert(dgram.udp{to = "127.0.0.1:1", timeout = 60})
s:send("anybody there?")
s:receive()  --> nil, dgram: port unreachable (from 127.0.0.1), refused
local kind, code, offender, mtu, info = s:error()
kind, code, offender, mtu  --> 3, 3, 127.0.0.1, nil
info.origin, info.to, info.payload, info.kind  --> icmp, 127.0.0.1:1, anybody there?, refused
s:error()  --> nil, dgram: no error came back, timeout
---
-- an earlier datagram's error doesn't stop a later one
local s = assert(dgram.udp{timeout = 60})
local other = assert(dgram.udp{address = "127.0.0.1:0", timeout = 60})
for i = 1, 5 do
  s:send("to nobody", "127.0.0.1:1")
  s:send("number " .. i, other:address())  --> 8
  other:receive() == "number " .. i  --> true
end
local n = 0
while s:error{timeout = 0.05} do n = n + 1 end
n > 0 and n <= 5  --> true
---
-- IPv6 goes the same way
local a = dgram.udp{address = "[::1]:0", timeout = 60}
if not a then return end -- a machine without IPv6
local b = assert(dgram.udp{to = a:address(), ttl = 7})
b:send("hello")
local data, meta = a:receive()
data, meta.peer == b:address(), meta.ttl, meta.to  --> hello, true, 7, ::1
a:send("back", meta.peer)
(b:receive())  --> back
b:mtu("::1")  --> 65536
---
-- a datagram longer than the way with DF set is refused, and the error says how long it may be
local s = assert(dgram.udp{to = "127.0.0.1:9", df = "do"})
local sent, message, kind = s:send(("x"):rep(65508))
sent, kind  --> nil, unreachable
s:mtu("127.0.0.1")  --> 65535
---
-- names are looked up
local a = assert(dgram.udp{address = "localhost:0", family = "inet", timeout = 60})
dgram.udp{}:send("hello", "localhost:" .. a:address():match("%d+$"))  --> 5
(a:receive())  --> hello
dgram.udp{}:send("hello", "no-such-host.invalid:9") == nil  --> true
---
-- a loop ends at its count, and at its time-out
local a = assert(dgram.udp{address = "127.0.0.1:0", timeout = 1})
local b = assert(dgram.udp{to = a:address()})
for i = 1, 3 do b:send(tostring(i)) end
local got = {}
for data, meta in a:datagrams{count = 2} do got[#got + 1] = data .. "/" .. meta.length end
for data in a:datagrams() do got[#got + 1] = data end
table.concat(got, " ")  --> 1/1 2/1 3
---
-- a closed socket says so
local s = assert(dgram.udp{})
s:close(), s:close()  --> true, true
select(3, s:send("x", "127.0.0.1:9"))  --> closed
select(3, s:receive())  --> closed
---
-- closing ends another task's wait
local s = assert(dgram.udp{address = "127.0.0.1:0"})
local t = task.spawn(function() return select(3, s:receive()) end)
task.sleep(0.02)
s:close()
t:join()  --> closed
---
-- a cancelled wait leaves the socket usable
local s = assert(dgram.udp{address = "127.0.0.1:0", timeout = 60})
local t = task.spawn(function() s:receive() end)
task.sleep(0.02)
t:cancel()
pcall(t.join, t)
s:send("to myself", s:address())
(s:receive())  --> to myself
---
-- a misspelt option is found
dgram.udp{adress = "127.0.0.1:0"}  --> error: bad option 'adress' to 'dgram.udp' (did you mean 'address'?
---
-- a policy has four names
dgram.udp{df = "yes"}  --> error: bad option 'df' to 'dgram.udp'
---
-- a port is needed
dgram.udp{}:send("x", "127.0.0.1")  --> error: host:port expected, got '127.0.0.1'
---
-- loops check their options
dgram.udp{}:datagrams{limit = 3}  --> error: bad option 'limit' to 'dgram:datagrams'
---
-- only groups can be joined
dgram.udp{address = "0.0.0.0:0"}:join("10.0.0.1")  --> error: multicast address expected, got 10.0.0.1
---
-- what was sent to a group comes to those who joined it
local a = assert(dgram.udp{address = "0.0.0.0:0", timeout = 60})
assert(a:join("239.1.2.3", "lo"))
local b = assert(dgram.udp{})
b:send("all of you", "239.1.2.3:" .. a:address():match("%d+$"), {interface = "lo", source = "127.0.0.1"})
local data, meta = a:receive()
data, meta.to  --> all of you, 239.1.2.3
assert(a:leave("239.1.2.3", "lo"))
---
-- a loop that can't go on raises
local s = assert(dgram.udp{address = "127.0.0.1:0"})
s:close()
local ok, err = pcall(function() for data in s:datagrams() do end end)
ok, err.kind  --> false, closed
---
-- a socket prints as what it is
local s = assert(dgram.udp{address = "127.0.0.1:0"})
tostring(s) == "dgram.udp " .. s:address()  --> true
---
-- an own address needs a port, too
dgram.udp{address = "127.0.0.1"}  --> error: bad option 'address' to 'dgram.udp' (host:port expected, got '127.0.0.1')
---
-- what is no place of this machine is refused
dgram.udp{address = "192.0.2.99:1"}  --> nil, dgram.udp: bind to 192.0.2.99:1: cannot assign requested address, unreachable
