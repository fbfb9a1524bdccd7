-- title: A black hole for long datagrams
-- about: a narrow link, and a firewall that eats the ICMP errors which say so: the connection stands, short messages pass, and the
--        first long one never arrives. Trying sizes finds out
-- arg:   seconds seconds 0.5..60 = 5 | how long to wait for what doesn't come
-- shows:
--   [client]----------------------------(R1)--------- MTU 1300 ---------(R2)
--           eth0                    eth0    eth1                    eth0
--           10.0.1.2/24      10.0.1.1/24    10.0.2.1/24      10.0.2.2/24
--           fd00:0:0:1::2  fd00:0:0:1::1    fd00:0:0:2::1  fd00:0:0:2::2
--
--   (R2)----------------------------[server]
--       eth1                    eth0
--       10.0.3.1/24      10.0.3.2/24
--       fd00:0:0:3::1  fd00:0:0:3::2
--
--   by trying sizes:
--   10.0.3.2: MTU 1300 (probe), black hole at 10.0.1.1
--    1   1500  10.0.1.1
--    2   1300  10.0.2.2
--    3   1300  10.0.3.2
--
--   path                     bytes of 5  bytes of 100000  whole after
--   -----------------------  ----------  ---------------  -----------
--   as it should be                   5           100000  10 ms
--   with the firewall                 5                0  never
--   and a client that knows           5           100000  10 ms
-- returns: list | a record for each path
--   path string | what is special about it
--   short integer | bytes that came of a message of 5
--   long integer | bytes that came of a message of 100000
--   seconds seconds | until the long one was whole; nothing where it never was
-- see:   RFC 1191; RFC 2923; RFC 8899; tutorial/12_path_mtu
-- categories: lab, safe, mtu
-- author: the moonwire authors
-- version: 1.0

local clock, lab, pmtu, script, socket = require "clock", require "lab", require "pmtu", require "script", require "socket"
local tabulate, task = require "tabulate", require "task"
local SIZE, seconds, rows, records = 100000, script.args().seconds, {}, {}

local function open() return lab{"client -- R1 -- R2 -- server", mtu = {["R1--R2"] = 1300}} end

-- A firewall that means well: "ICMP is dangerous".
local function no_icmp_errors(p)
  if p.icmp and p.icmp.type == 3 then return false, "the firewall eats ICMP errors" end
end

-- send_all sends a short message, then a long one, and tells how much the server has got of it.
local function try(title, net)
  local got = {short = 0, long = 0}
  local listener = net.server:run(function() return assert(socket.bind("*", 7000)) end)
  net.server:daemon(function(listener)
    local c = listener:accept()
    got.short = #c:receive(5)
    while true do
      local data, _, part = c:receive(1000)
      got.long = got.long + #(data or part or "")
      if not data then break end
    end
  end, listener)
  local start = clock.monotonic()
  net.client:run(function()
    local c = assert(socket.connect(net.server.address, 7000))
    c:send("hello")
    task.daemon(function() c:send(("x"):rep(SIZE)) end)
    while got.long < SIZE and clock.since(start) < seconds do task.sleep(0.01) end
  end)
  records[#records + 1] = {path = title, short = got.short, long = got.long, seconds = got.long == SIZE and clock.since(start) or nil}
  local took = got.long == SIZE and ("%.0f ms"):format(clock.since(start) * 1000) or "never"
  rows[#rows + 1] = {title, got.short, got.long, took}
  return net
end

local net = open()
print(net)
try("as it should be", net):close()

net = open()
net:link("client--R1"):impair{from = "R1", filter = no_icmp_errors}
try("with the firewall", net)
print("\nby trying sizes:")
print(net.client:run(pmtu, net.server.address, {timeout = 0.2}))
net:close()

-- The usual cure, where the firewall can't be: the ends agree on segments that fit.
net = open()
net:link("client--R1"):impair{from = "R1", filter = no_icmp_errors}
net.client:set_mtu("eth0", 1300)
try("and a client that knows", net):close()
print("\n" .. tabulate(rows, {"path", "bytes of 5", "bytes of " .. SIZE, "whole after"}))
return records
