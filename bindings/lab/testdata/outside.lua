-- a port of this machine leads to a lab host, through its links when asked to
local net = lab{"h1 -- R1 -- h2"}
net.h2:run(function()
  local l = assert(socket.bind("*", 80))
  task.daemon(function()
    for _ = 1, 2 do
      local c = l:accept()
      c:send((c:getpeername()))
      c:close()
    end
  end)
end)
local function ask(f)
  local host, port = f:address():match("^(.*):(%d+)$")
  return (assert(socket.connect(host, port)):receive("*a"))
end
local near = assert(net:forward("127.0.0.1:0", "h2:80"))
local far = assert(net:forward("127.0.0.1:0", "h2:80", {via = "h1", limit = 1}))
ask(near) == net.h2.address, ask(far) == net.h1.address  --> true, true
near:stats().clients, far:stats().bytes_out  --> 1, 8
tostring(far):match("^lab{forward} 127.0.0.1:%d+ to h2:80$") ~= nil  --> true
net:close()
near:close()  --> true
---
-- datagrams go through a forwarded port, and a lab host's port leads outside
local net = lab{"h1 -- h2"}
local outside = dgram.udp{address = "127.0.0.1:0", timeout = 60}
local out = assert(net:forward("h1:53", outside:address(), {protocol = "udp"}))
for _, to in ipairs{"10.0.1.1:53", "[fd00:0:0:1::1]:53"} do
  local c = net.h2:run(dgram.udp, {to = to, timeout = 60})
  c:send("hello")
  local data, meta = outside:receive()
  assert(data == "hello", data)
  outside:send("answer", meta.peer)
  assert(c:receive() == "answer")
end
out:stats().datagrams_in, out:stats().clients  --> 2, 2
---
-- what a forwarded port can't be
local net = lab{"h1 -- h2"}
net:forward("127.0.0.1:0", "127.0.0.1:80")  --> error: is a node of the lab, the other one isn't
---
-- both ends of a forwarded port in the lab
local net = lab{"h1 -- h2"}
net:forward("h1:1", "h2:80")  --> error: is a node of the lab, the other one isn't
---
-- an address of a forwarded port without its port
local net = lab{"h1 -- h2"}
net:forward("127.0.0.1", "h2:80")  --> error: bad argument #1 to 'lab:forward' (listen: host:port expected, got '127.0.0.1')
---
-- a bridge has one place
local net = lab{"h1 -- h2"}
net:bridge{}  --> error: expected one of link and node
---
-- a bridge is on a link that is there
local net = lab{"h1 -- h2"}
net:bridge{link = "h1--h3"}  --> error: h3
