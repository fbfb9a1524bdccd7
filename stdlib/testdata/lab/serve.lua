-- every service answers across a router, by name
local lab = require "lab"
local net = lab{"h1 -- R1 -- h2"}
net.h2:serve_echo{}
net.h2:serve_daytime{}
net.h2:serve_http{files = {["a.txt"] = "text"}, routes = {["/who"] = function(r) return r.peer:match("^[^:]+") end}}
net.h2:serve_dns{zone = {["www.lab"] = "10.0.1.2"}}
net.h1:run(function()
  local c = assert(socket.connect("h2", 7))
  c:send("hello\n")
  (c:receive())  --> hello
  local d = assert(socket.connect("h2", 13))
  (d:receive("*l")):match("UTC$")  --> UTC
  local http = require "socket.http"
  (http.request("http://h2/a.txt"))  --> text
  (http.request("http://" .. net.h2.address .. "/who"))  --> 10.0.1.2
  local u = assert(dgram.udp{to = "h2:53", timeout = 1})
  u:send(packet.dns{qd = {{qname = "www.lab"}}}:bytes())
  packet.decode((u:receive()), "dns").dns.an[1].rdata  --> 10.0.1.2
end)
---
-- a file of a mebibyte comes whole by TFTP over a wire that loses, doubles and delays
local lab = require "lab"
local net = lab{"h1 -- h2", seed = 3}
local text = ("0123456789abcdef"):rep(65536)
local s = net.h2:serve_tftp{files = {big = text}}
net.h1:run(function()
  local c = assert(dgram.udp{timeout = 1})
  local request = "\0\1big\0octet\0blksize\0001428\0"
  c:send(request, "h2:69")
  local data, meta = c:receive()
  c:connect(meta.peer)
  net:link("h1--h2"):impair{loss = 0.05, duplicate = 0.05, reorder = 0.05, late = 0.01, delay = 0.001}
  local pieces, block = {}, 0
  repeat
    c:send(bytes.pack(">I2I2", 4, block))
    local next_block
    repeat
      data = c:receive()
      next_block = data and bytes.unpack(">I2", data, 3) == block + 1
    until not data or next_block
    if next_block then block, pieces[#pieces + 1] = block + 1, data:sub(5) end
  until next_block and #data < 1432
  c:send(bytes.pack(">I2I2", 4, block))
  table.concat(pieces) == text, block  --> true, 735
end)
task.sleep(30)
s.stats.connections, s.stats.bytes >= #text - 1428  --> 0, true
---
-- HTTP gives a mebibyte over a wire that loses
local lab = require "lab"
local net = lab{"h1 -- h2", seed = 5, loss = 0.01, delay = 0.005}
local text = ("0123456789abcdef"):rep(65536)
net.h2:serve_http{files = {big = text}}
net.h1:run(function() return (require "socket.http".request("http://h2/big")) end) == text  --> true
---
-- a port of a host is taken once, on each host
local lab = require "lab"
local net = lab{"h1 -- h2"}
assert(net.h1:serve_echo{})
assert(net.h2:serve_echo{})
select(3, net.h1:serve_echo{})  --> exists
