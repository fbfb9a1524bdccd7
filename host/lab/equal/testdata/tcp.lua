-- RFC 9293 section 3.5.2: a port where nobody listens refuses a connection
print(socket.connect("10.0.3.1", 9))
print(socket.connect("fd00:3::1", 9))
print(socket.connect("127.0.0.1", 9))
print(socket.connect("10.0.1.1", 9))
---
-- RFC 9293 section 3.6: an end of data in one direction leaves the other one open
local l = server:run(socket.bind, "10.0.3.1", 2001)
local c = assert(socket.connect("10.0.3.1", 2001))
local s = l:accept()
c:send("there")
c:shutdown("send")
print("server", s:receive("*a"))
print("server", s:receive(1))
print("sent", s:send("and back"))
s:close()
print("client", c:receive("*a"))
print("sent", c:send("too late"))
---
-- RFC 9293 section 3.10.4: closing with data that nobody read resets the connection
local l = server:run(socket.bind, "10.0.3.1", 2002)
local c = assert(socket.connect("10.0.3.1", 2002))
local s = l:accept()
c:send("never read")
socket.select({s}, nil, 5)
s:close()
task.sleep(0.1)
print(c:receive(1))
print(c:send("x"))
---
-- RFC 9293 section 3.10.7: a linger time of zero resets the connection
local l = server:run(socket.bind, "10.0.3.1", 2003)
local c = assert(socket.connect("10.0.3.1", 2003))
local s = l:accept()
print(s:setoption("linger", {on = true, timeout = 0}))
s:close()
print(c:receive(1))
---
-- shutdown(2): what was shut down sends nothing more
local l = server:run(socket.bind, "10.0.3.1", 2004)
local c = assert(socket.connect("10.0.3.1", 2004))
local s = l:accept()
print(c:shutdown("send"), c:send("x"))
print(c:shutdown("send"))
s:send("still")
print(c:receive(5))
s:close()
print(c:receive(1))
---
-- getpeername(2): a socket without a connection has no peer
local c = socket.tcp4()
print(pcall(c.getpeername, c))
print(c:getsockname())
---
-- shutdown(2): both directions at once
local l = server:run(socket.bind, "10.0.3.1", 2005)
local c = assert(socket.connect("10.0.3.1", 2005))
local s = l:accept()
print(c:shutdown("both"))
print(c:receive(1))
print(s:receive(1))
---
-- connect(2): a connection isn't connected again
local l = server:run(socket.bind, "10.0.3.1", 2006)
local c = socket.tcp4()
print(c:connect("10.0.3.1", 2006))
print(pcall(c.connect, c, "10.0.3.1", 2006))
print(l:getsockname())
print(c:getpeername())
---
-- connect(2): addresses that no connection goes to
for _, to in ipairs{"10.0.1.255", "255.255.255.255", "224.0.0.1", "240.0.0.1", "ff02::1"} do
  local c = to:find(":") and socket.tcp6() or socket.tcp4()
  c:settimeout(2)
  print(to, c:connect(to, 9))
end
---
-- RFC 1122 section 3.2.1.3: the unspecified address as a destination is this host
local l = assert(socket.bind("127.0.0.1", 2007))
print(socket.connect("0.0.0.0", 2007) ~= nil)
---
-- RFC 1122 section 3.2.1.3: all of 127.0.0.0/8 is this host
local l = assert(socket.bind("*", 2008))
for _, to in ipairs{"127.0.0.1", "127.0.0.2", "127.255.255.254", "10.0.1.1"} do
  local c, why = socket.connect(to, 2008)
  print(to, c and c:getpeername(), c and (c:getsockname()), why)
end
---
-- bind(2): an address in use
local l = server:run(socket.bind, "10.0.3.1", 2009)
server:run(function()
  for _, a in ipairs{"10.0.3.1", "0.0.0.0", "127.0.0.1"} do
    print(a, socket.tcp4():bind(a, 2009))
  end
end)
---
-- bind(2): an address of somebody else
print(socket.tcp4():bind("10.0.1.2", 2010))
print(socket.tcp6():bind("fd00:1::2", 2010))
print(socket.tcp4():bind("10.0.1.255", 2010))
print(socket.tcp4():bind("224.0.0.1", 2010))
---
-- bind(2): a socket is bound once
local s = socket.tcp4()
print(s:bind("10.0.1.1", 2011))
print(s:bind("10.0.1.1", 2012))
print(s:getsockname())
---
-- socket(7), SO_REUSEADDR: two may have a port while nobody listens
local function bound(reuse)
  local s = socket.tcp4()
  s:setoption("reuseaddr", reuse)
  return s, s:bind("10.0.1.1", 2013)
end
local a, b, ok
a, ok = bound(true)
print(ok)
b, ok = bound(true)
print(ok)
print(a:listen(1))
print(b:listen(1))
print(select(2, bound(true)))
---
-- socket(7), SO_REUSEADDR: an address of a connection that is waiting for its time to end
local l = server:run(socket.bind, "10.0.3.1", 2014)
local c = assert(socket.connect("10.0.3.1", 2014))
local s = l:accept()
s:close()
print(c:receive(1))
c:close()
l:close()
task.sleep(0.1)
server:run(function()
  print(socket.tcp4():bind("10.0.3.1", 2014))
  local again = socket.tcp4()
  again:setoption("reuseaddr", true)
  print(again:bind("10.0.3.1", 2014))
end)
---
-- RFC 6056: ephemeral ports
local seen, inside = {}, true
for i = 1, 20 do
  local s = socket.tcp4()
  s:bind("10.0.1.1", 0)
  local _, port = s:getsockname()
  port = tonumber(port)
  inside = inside and port >= 32768 and port <= 60999
  if seen[port] then print("twice") end
  seen[port] = s
end
print("32768 to 60999", inside)
---
-- bind(2): a connection leaves from where it was bound
local l = server:run(socket.bind, "10.0.3.1", 2015)
local c = socket.tcp4()
c:bind("10.0.1.1", 2016)
print(c:connect("10.0.3.1", 2015))
print(l:accept():getpeername())
print(c:getsockname())
---
-- connect(2): the same connection isn't made twice
local l = server:run(socket.bind, "10.0.3.1", 2017)
local a, b = socket.tcp4(), socket.tcp4()
a:setoption("reuseaddr", true)
b:setoption("reuseaddr", true)
print(a:bind("10.0.1.1", 2018), b:bind("10.0.1.1", 2018))
print(a:connect("10.0.3.1", 2017))
print(b:connect("10.0.3.1", 2017))
---
-- listen(2): connections wait for accept in their order
local l = server:run(socket.bind, "10.0.3.1", 2019, 5)
local cs = {}
for i = 1, 3 do
  cs[i] = assert(socket.connect("10.0.3.1", 2019))
  cs[i]:send(tostring(i))
end
for i = 1, 3 do print(l:accept():receive(1)) end
l:settimeout(0.05)
print(l:accept())
---
-- listen(2): a full backlog takes no more
local l = server:run(socket.bind, "10.0.3.1", 2020, 1)
local cs = {}
for i = 1, 4 do
  cs[i] = socket.tcp4()
  cs[i]:settimeout(0.5)
  print(i, cs[i]:connect("10.0.3.1", 2020))
end
---
-- listen(2): a listener that is closed resets who waited
local l = server:run(socket.bind, "10.0.3.1", 2021)
local c = assert(socket.connect("10.0.3.1", 2021))
l:close()
print(c:receive(1))
print(socket.connect("10.0.3.1", 2021))
---
-- accept(2): what came and left before accept is still a connection
local l = server:run(socket.bind, "10.0.3.1", 2022)
local c = assert(socket.connect("10.0.3.1", 2022))
c:send("gone")
c:close()
task.sleep(0.1)
print(l:accept():receive("*a"))
---
-- recv(2): a timeout keeps what came
local l = server:run(socket.bind, "10.0.3.1", 2023)
local c = assert(socket.connect("10.0.3.1", 2023))
local s = l:accept()
s:send("abc")
c:settimeout(0.2)
print(c:receive(5))
s:send("de")
print(c:receive(2))
---
-- select(2): what is ready
local l = server:run(socket.bind, "10.0.3.1", 2024)
local function ready(...)
  local r, w, why = socket.select({...}, {...}, 0.2)
  print(#r, #w, why)
end
ready(l)
local c = assert(socket.connect("10.0.3.1", 2024))
ready(c)
ready(l)
local s = l:accept()
s:send("x")
socket.select({c}, nil, 5)
ready(c)
c:receive(1)
s:close()
socket.select({c}, nil, 5)
ready(c)
---
-- socket(7): options and what they are at first
local s = socket.tcp4()
for _, name in ipairs{"keepalive", "reuseaddr", "tcp-nodelay", "linger", "error"} do
  local v = s:getoption(name)
  if type(v) == "table" then v = tostring(v.on) .. " " .. v.timeout end
  print(name, v)
end
for _, name in ipairs{"keepalive", "reuseaddr", "tcp-nodelay"} do
  print(name, s:setoption(name, true), s:getoption(name))
end
---
-- RFC 9293 section 3.7: data arrives whole and in order over a path with a short MTU
local l = server:run(socket.bind, "10.0.3.1", 2025)
local c = assert(socket.connect("10.0.3.1", 2025))
local s = l:accept()
local data = ("0123456789abcdef"):rep(65536)
local sender = task.spawn(function() c:send(data) c:shutdown("send") end)
print(s:receive("*a") == data)
sender:join()
sender = task.spawn(function() s:send(data) s:close() end)
print(c:receive("*a") == data)
sender:join()
---
-- RFC 9293 section 3.7: the same by IPv6
local l = server:run(socket.bind, "fd00:3::1", 2025)
local c = assert(socket.connect("fd00:3::1", 2025))
local s = l:accept()
local data = ("0123456789abcdef"):rep(65536)
local sender = task.spawn(function() c:send(data) c:shutdown("send") end)
print(s:receive("*a") == data)
sender:join()
---
-- RFC 3493 section 3.7: an IPv6 socket takes IPv4 too, unless it is told not to
server:run(function()
  local s = socket.tcp6()
  s:setoption("ipv6-v6only", false)
  print(s:bind("::", 2026), s:listen(5))
  local only = socket.tcp6()
  only:setoption("ipv6-v6only", true)
  print(only:bind("::", 2027), only:listen(5))
  both, one = s, only
end)
print(socket.connect("10.0.3.1", 2026) ~= nil)
print((both:accept():getpeername()))
print(socket.connect("10.0.3.1", 2027))
both:close()
one:close()
