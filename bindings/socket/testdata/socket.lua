-- a server and its client talk in one script
local l = assert(socket.bind("127.0.0.1", 0))
local _, port = l:getsockname()
task.spawn(function()
  local c = assert(l:accept())
  for line in function() return c:receive() end do c:send(line .. "\n") end
  c:close()
end)
local c = assert(socket.connect("127.0.0.1", port))
select("#", c:send("hello\r\nwor"))  --> 3
c:receive()  --> hello, nil, nil
c:send("ld\r\n")  --> 4, nil, nil
c:receive("*l")  --> world, nil, nil
c:settimeout(0.01)  --> 1
c:receive(3)  --> nil, timeout, 
c:close()  --> 1
c:close()  --> 1
c:getfd()  --> -1
c:send("x")  --> nil, closed, 0
c:receive(0)  --> nil, closed, 
---
-- classes are checked by name
local l = assert(socket.bind("127.0.0.1", 0))
l:send("x")  --> error: calling 'send' on bad self (tcp{client} expected)
---
-- one task may read while another writes, and no second one may do either
local l = assert(socket.bind("127.0.0.1", 0))
local ip, port = l:getsockname()
local c, p = assert(socket.connect(ip, port)), l:accept()
local first = task.spawn(function() return c:receive() end)
task.sleep(0.01)
c:receive()  --> nil, socket busy reading: another task receives on it, 
c:send("still writes\n")  --> 13, nil, nil
p:receive()  --> still writes, nil, nil
p:send("for the first\n")
first:join()  --> for the first, nil, nil
---
-- a wait parks only its task, wherever it stands
local l = assert(socket.bind("127.0.0.1", 0))
local ip, port = l:getsockname()
local order = {}
local waiting = task.spawn(function()
  local f = socket.protect(function()
    return pcall(function() return select(2, pcall(l.accept, l)) end)
  end)
  local ok, c = f()
  order[#order + 1] = c.class
end)
task.sleep(0.01)
order[1] = "meanwhile"
local c = socket.connect(ip, port)
waiting:join()
table.concat(order, " ")  --> meanwhile tcp{client}
---
-- closing a socket ends the waits on it
local l = assert(socket.bind("127.0.0.1", 0))
local ip, port = l:getsockname()
local c, p = assert(socket.connect(ip, port)), l:accept()
local reads = task.spawn(function() return c:receive() end)
local accepts = task.spawn(function() return l:accept() end)
local selects = task.spawn(function() return pcall(socket.select, {p}) end)
task.sleep(0.01)
c:close()
l:close()
reads:join()  --> nil, closed, 
accepts:join()  --> nil, closed
p:close()
selects:join()
---
-- a cancelled wait leaves the socket as it was
local l = assert(socket.bind("127.0.0.1", 0))
local ip, port = l:getsockname()
local c, p = assert(socket.connect(ip, port)), l:accept()
local t = task.spawn(function() c:receive() end)
task.sleep(0.01)
t:cancel()
t:join()
p:send("later\n")
c:receive()  --> later, nil, nil
---
-- a socket belongs to the task that made it, and moves with a return
local made = task.spawn(function() return assert(socket.bind("127.0.0.1", 0)) end)
local l = made:join()
l:getsockname() ~= nil  --> true
---
-- a busy loop without timeout lets others run
local l = assert(socket.bind("127.0.0.1", 0))
local ip, port = l:getsockname()
local c, p = assert(socket.connect(ip, port)), l:accept()
task.spawn(function() task.sleep(0.01) p:send("x\n") end)
c:settimeout(0)
local line repeat line = c:receive() until line
line  --> x
---
-- from a coroutine
local l = assert(socket.bind("127.0.0.1", 0))
local ip, port = l:getsockname()
local c = coroutine.wrap(function() coroutine.yield((socket.connect(ip, port))) end)()
c:send("co\n")
l:accept():receive()  --> co, nil, nil
---
-- getaddrinfo: what each hint does
local function list(...)
  local out = {}
  for i, a in ipairs(assert(socket.getaddrinfo(...))) do out[i] = ("%s/%s/%d/%s:%d"):format(a.family, a.socktype, a.protocol, a.address, a.port) end
  return table.concat(out, " ")
end
list("127.0.0.1", "80", {socktype = "stream"})  --> inet/stream/6/127.0.0.1:80
list("127.0.0.1", 80, {socktype = "dgram"})  --> inet/dgram/17/127.0.0.1:80
list(nil, "smtp", {family = "inet", protocol = "tcp", flags = {"passive"}})  --> inet/stream/6/0.0.0.0:25
list("127.0.0.1", nil, {protocol = 17})  --> inet/dgram/17/127.0.0.1:0
list("127.0.0.1", "7", {family = "inet6", socktype = "stream", flags = {"v4mapped"}})  --> inet6/stream/6/::ffff:127.0.0.1:7
socket.getaddrinfo("127.0.0.1", "80", {flags = {"canonname"}})[1].canonname  --> 127.0.0.1
select(2, socket.getaddrinfo("name", "80", {flags = {"numerichost"}}))  --> name: Name or service not known, notfound
---
-- getaddrinfo: flags have names
socket.getaddrinfo("x", "1", {flags = {"pasive"}})  --> error: flag 'pasive' is not known
---
-- getaddrinfo: options have names
socket.getaddrinfo("x", "1", {flag = {}})  --> error: did you mean 'flags'?
---
-- trace: who called what, with which bytes
local trace = require "socket.trace"
local calls = trace.start{excerpt = 3}
local l = assert(socket.bind("127.0.0.1", 0))
local ip, port = l:getsockname()
local c, p = assert(socket.connect(ip, port)), l:accept()
c:send("hello")
c:shutdown("send")
p:receive("*a")
p:settimeout(0)
p:receive()
c:close()
trace.stop()
p:close()
local out = {}
for i, call in ipairs(calls) do out[i] = table.concat({call.call, call.data or "", call.what or "", call.error or ""}, ",") end
table.concat(out, " ")  --> bind,,, listen,,, connect,,, accept,,, send,hel,, shutdown,,send, receive,hel,, receive,,,closed close,,,
calls[5].bytes, calls[5].class, calls[5].peer == ip .. ":" .. port, calls[5].task, calls[4].class  --> 5, "tcp{client}", true, "main task", "tcp{server}"
---
-- trace: a limit
local trace = require "socket.trace"
local calls = trace.start{limit = 1}
for _ = 1, 3 do socket.tcp4():close() end
#calls, calls.lost  --> 1, 2
---
-- the debug build's fourth value is absent
local l = assert(socket.bind("127.0.0.1", 0))
local ip, port = l:getsockname()
local c = assert(socket.connect(ip, port))
socket._DEBUG, select("#", c:send("x"))  --> nil, 3
