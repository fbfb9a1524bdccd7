-- programs of this machine are on a lab's link by a TAP device
local net = lab{"h1 -- R1 -- h2"}
local b = assert(net:bridge{link = "h1--R1", tap = "lab0", addresses = {"10.0.1.9/24"}, routes = {["10.0.0.0/16"] = "10.0.1.1"}})
tostring(b), b:interface()  --> lab{bridge} h1--R1 to lab0, lab0
net.h2:serve_echo{}
local c = assert(socket.connect(net.h2.address, 7))
c:send("hello\n")
c:receive()  --> hello, nil, nil
local l = assert(socket.bind("10.0.1.9", 80))
local back = net.h2:spawn(function()
  local c = assert(socket.connect("10.0.1.9", 80))
  c:send("from the lab\n")
  c:close()
end)
l:accept():receive()  --> from the lab, nil, nil
back:join()
b:stats().frames_in > 5, b:stats().frames_out > 5, next(b:stats().drops)  --> true, true, nil
select(2, net:bridge{link = "h1--R1", tap = "lab0"})  --> lab:bridge: TAP device lab0: the name is taken: file exists, exists
net:close()
b:close()  --> true
for _, i in ipairs(link.interfaces()) do assert(i.name ~= "lab0") end
---
-- a bridge on a switch, which ends with its lab
do
  local net = lab{"h1, h2 -- sw1", networks = {sw1 = "10.0.7.0/24"}} -- another network than that of the experiment beside it
  local b = assert(net:bridge{node = "sw1", tap = "lab1", addresses = {"10.0.7.9/24"}})
  net.h2:serve_echo{}
  local c = assert(socket.connect(net.h2.address, 7))
  c:send("hello\n")
  assert(c:receive() == "hello")
  net:close()
end
for _, i in ipairs(link.interfaces()) do assert(i.name ~= "lab1") end
