-- getfd and setfd.
local socket = require "socket"
local lib = require "lib"
local show, try, section, pair = lib.show, lib.try, lib.section, lib.pair

section("setfd", function()
  local c, s, server = pair()
  local other = socket.tcp4()
  local fd = c:getfd()
  show("returns", select("#", other:setfd(fd)), other:getfd() == fd)
  show("shares", (select(3, other:getsockname())))
  show("names", other:getpeername())
  other:setfd(-1)
  show("none", other:getfd())
  show("c goes on", c:send("x\n"), s:receive())
  server:setfd(-1)
  show("accept", server:accept())
  try("nothing", function() return c:setfd() end)
  try("word", function() return c:setfd("x") end)
end)

section("another's descriptor", function()
  local server = assert(socket.bind("127.0.0.1", 0))
  local fresh = socket.tcp4()
  server:setfd(fresh:getfd())
  server:settimeout(0.05)
  show("not listening", server:accept())
  local udp = socket.udp4()
  server:setfd(udp:getfd())
  show("not a stream", server:accept())
  local dgram = socket.udp4()
  dgram:setfd(fresh:getfd())
  show("dgram", dgram:getfd() == fresh:getfd())
end)
