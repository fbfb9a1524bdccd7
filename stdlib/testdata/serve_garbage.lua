-- services outlive whatever comes to their ports
local serve = require "serve"
math.randomseed(1)
local all = {
  assert(serve.echo{port = 0, address = "127.0.0.1"}),
  assert(serve.http{port = 0, address = "127.0.0.1", files = {a = "a"}, idle = 0.1}),
  assert(serve.tftp{port = 0, address = "127.0.0.1", files = {a = "a"}, write = true, timeout = 0.01, tries = 1}),
  assert(serve.dns{port = 0, address = "127.0.0.1", zone = {["a.lab"] = "10.0.0.1"}}),
}
local GOOD = {
  "GET /a HTTP/1.1\r\nHost: x\r\nRange: bytes=0-0,0-0\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
  "\0\1a\0octet\0blksize\0008\0tsize\0000\0", "\0\2b\0netascii\0timeout\0001\0",
  packet.dns{qd = {{qname = "a.lab"}}, ar = {{type = "OPT"}}}:bytes(),
  "\0\35" .. packet.dns{qd = {{qname = "a.lab"}}, ar = {{type = "OPT"}}}:bytes(),
}
local function garbage()
  local text = GOOD[math.random(#GOOD)]
  for _ = 1, math.random(0, 4) do
    local at = math.random(#text)
    text = text:sub(1, at - math.random(0, 1)) .. string.char(math.random(0, 255)) .. text:sub(at + math.random(0, 3))
  end
  return text:sub(1, math.random(#text * 2))
end
local u = assert(dgram.udp{})
for _ = 1, 300 do
  for _, s in ipairs(all) do u:send(garbage(), "127.0.0.1:" .. s.port) end
end
task.group(function()
  for i = 1, 80 do
    task.spawn(function()
      local s = all[i % #all + 1]
      local c = socket.connect("127.0.0.1", s.port)
      if not c then return end -- TFTP
      c:settimeout(0.3)
      c:send(garbage())
      c:receive("*a")
      c:close()
    end)
  end
end)
for _, s in ipairs(all) do
  for _, problem in ipairs(s.problems) do
    assert(not problem:find("%.lua:%d"), problem) -- a fault of ours
  end
end
local c = assert(dgram.udp{to = "127.0.0.1:" .. all[4].port, timeout = 60})
c:send(packet.dns{qd = {{qname = "a.lab"}}}:bytes())
packet.decode((c:receive()), "dns").dns.an[1].rdata  --> 10.0.0.1
(require "socket.http".request("http://127.0.0.1:" .. all[2].port .. "/a"))  --> a
