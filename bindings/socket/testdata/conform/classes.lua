-- Classes: names, what they refuse, and how they change.
local socket = require "socket"
local lib = require "lib"
local show, try, section = lib.show, lib.try, lib.section

section("names", function()
  for _, name in ipairs{"tcp", "tcp4", "tcp6", "udp", "udp4", "udp6"} do
    local s = socket[name]()
    show(name, s, s.class, type(s), s.nothing, s:getfamily(), s:getfd() == -1, s:dirty())
    show(name .. " timeout", s:gettimeout())
    show(name .. " close", s:close(), s:close(), s:getfd(), s)
  end
end)

section("methods of each class", function()
  for _, s in ipairs{socket.tcp(), socket.udp()} do
    local names = {}
    for k, v in pairs(getmetatable(s).__index) do names[#names + 1] = k .. "=" .. type(v) end
    table.sort(names)
    show(s.class, table.concat(names, " "))
  end
end)

section("wrong class, as a method", function()
  local tcp, udp = socket.tcp(), socket.udp()
  for _, name in ipairs{"send", "receive", "accept", "shutdown", "getstats", "setstats"} do
    try("tcp{master}:" .. name, function() return tcp[name](tcp) end)
  end
  try("tcp:send", function() return tcp:send("x") end)
  try("tcp:receive", function() return tcp:receive() end)
  try("tcp:accept", function() return tcp:accept() end)
  try("tcp:shutdown", function() return tcp:shutdown() end)
  try("udp:send", function() return udp:send("x") end)
  try("udp:getpeername", function() return udp:getpeername() end)
  try("udp as tcp", function() return tcp.close(udp) end)
  try("tcp as udp", function() return udp.sendto(tcp, "x", "127.0.0.1", 1) end)
  local server = assert(socket.bind("127.0.0.1", 0))
  try("server:send", function() return server:send("x") end)
  try("server:receive", function() return server:receive() end)
  try("server:bind", function() return server:bind("127.0.0.1", 0) end)
  try("server:listen", function() return server:listen() end)
end)

section("no receiver", function()
  local tcp = socket.tcp()
  try("close()", function() return tcp.close() end)
  try("close(5)", function() return tcp.close(5) end)
  try("close({})", function() return tcp.close({}) end)
  try("close(io.stdout)", function() return tcp.close(io.stdout) end)
  try("through pcall", tcp.close, 5)
  local close = tcp.close
  try("local close", function() return (close(5)) end)
end)

section("transitions", function()
  local s = socket.tcp()
  show("bind", s:bind("127.0.0.1", 0), s.class)
  show("listen", s:listen(), s.class)
  local _, port = s:getsockname()
  lib.name(port, "PORT")
  local c = socket.tcp()
  show("connect", c:connect("127.0.0.1", port), c.class)
  show("accept", s:accept())
  local refused = socket.tcp()
  show("refused", refused:connect("127.0.0.1", 1), refused.class)
  local u = socket.udp()
  show("setpeername", u:setpeername("127.0.0.1", port), u.class)
  show("setpeername *", u:setpeername("*"), u.class)
  show("tostring", c, s, u, refused)
end)

section("equality and keys", function()
  local a, b = socket.tcp(), socket.tcp()
  local set = {[a] = 1, [b] = 2}
  show("eq", a == a, a == b, set[a], set[b])
  try("assign", function() a.x = 1 end)
  try("length", function() return #a end)
  try("call", function() return a() end)
end)
