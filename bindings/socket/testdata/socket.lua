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
