-- Options: names, values, refusals.
local socket = require "socket"
local lib = require "lib"
local show, try, section = lib.show, lib.try, lib.section

section("booleans of tcp", function()
  local s = socket.tcp4()
  for _, name in ipairs{"keepalive", "reuseaddr", "reuseport", "tcp-nodelay"} do
    show(name, s:getoption(name), s:setoption(name, true), s:getoption(name), s:setoption(name, false), s:getoption(name))
    try(name .. " number", function() return s:setoption(name, 1) end)
    try(name .. " nothing", function() return s:setoption(name) end)
  end
end)

section("numbers of tcp", function()
  local s = socket.tcp4()
  for _, name in ipairs{"tcp-keepidle", "tcp-keepcnt", "tcp-keepintvl"} do
    show(name, s:setoption(name, 7), s:getoption(name))
    try(name .. " text", function() return s:setoption(name, "8"), s:getoption(name) end)
    try(name .. " word", function() return s:setoption(name, "x") end)
    try(name .. " negative", function() return s:setoption(name, -1) end)
  end
  show("recv-buffer-size", s:setoption("recv-buffer-size", 20000), s:getoption("recv-buffer-size"))
  show("send-buffer-size", s:setoption("send-buffer-size", 20000), s:getoption("send-buffer-size"))
end)

section("linger", function()
  local s = socket.tcp4()
  show("get", s:getoption("linger"))
  show("set", s:setoption("linger", {on = true, timeout = 3}), s:getoption("linger"))
  try("no table", function() return s:setoption("linger", true) end)
  try("nothing", function() return s:setoption("linger") end)
  try("no on", function() return s:setoption("linger", {timeout = 1}) end)
  try("on number", function() return s:setoption("linger", {on = 1, timeout = 1}) end)
  try("no timeout", function() return s:setoption("linger", {on = true}) end)
  try("timeout text", function() return s:setoption("linger", {on = false, timeout = "5"}), s:getoption("linger") end)
end)

section("others of tcp", function()
  local s = socket.tcp4()
  show("error", s:getoption("error"))
  show("v6only on v4", s:setoption("ipv6-v6only", true))
  local six = socket.tcp6()
  show("v6only", six:setoption("ipv6-v6only", false))
  try("get v6only", function() return six:getoption("ipv6-v6only") end)
  for _, name in ipairs{"bogus", "", "a name that is longer than thirty-five characters", "ip-multicast-ttl"} do
    try("set " .. name, function() return s:setoption(name, true) end)
    try("get " .. name, function() return s:getoption(name) end)
  end
  try("no name", function() return s:setoption() end)
  try("get no name", function() return s:getoption() end)
  try("set error", function() return s:setoption("error", 1) end)
end)

section("without a descriptor", function()
  local s = socket.tcp()
  show("set", s:setoption("reuseaddr", true))
  show("get", s:getoption("reuseaddr"))
  show("error", s:getoption("error"))
  show("linger", s:getoption("linger"))
  try("set checks first", function() return s:setoption("reuseaddr", 1) end)
  local c = socket.tcp4()
  c:close()
  show("closed", c:setoption("keepalive", true))
end)

section("udp", function()
  local s = socket.udp4()
  for _, name in ipairs{"dontroute", "broadcast", "reuseaddr", "reuseport", "ip-multicast-loop"} do
    show(name, s:getoption(name), s:setoption(name, true), s:getoption(name), s:setoption(name, false), s:getoption(name))
  end
  show("ttl", s:setoption("ip-multicast-ttl", 5))
  try("get ttl", function() return s:getoption("ip-multicast-ttl") end)
  show("if", s:getoption("ip-multicast-if"), s:setoption("ip-multicast-if", "127.0.0.1"), s:getoption("ip-multicast-if"))
  show("if *", s:setoption("ip-multicast-if", "*"), s:getoption("ip-multicast-if"))
  try("if word", function() return s:setoption("ip-multicast-if", "x") end)
  try("if nothing", function() return s:setoption("ip-multicast-if") end)
  show("error", s:getoption("error"))
  try("keepalive", function() return s:setoption("keepalive", true) end)
  show("recv-buffer-size", s:setoption("recv-buffer-size", 20000), s:getoption("recv-buffer-size"))
end)

section("membership", function()
  local s = socket.udp4()
  local group = {multiaddr = "224.0.1.200", interface = "127.0.0.1"}
  show("add", s:setoption("ip-add-membership", group))
  show("again", s:setoption("ip-add-membership", group))
  show("drop", s:setoption("ip-drop-membership", group))
  show("drop again", s:setoption("ip-drop-membership", group))
  try("get", function() return s:getoption("ip-add-membership") end)
  try("no table", function() return s:setoption("ip-add-membership", "x") end)
  try("no address", function() return s:setoption("ip-add-membership", {interface = "*"}) end)
  try("bad address", function() return s:setoption("ip-add-membership", {multiaddr = "x", interface = "*"}) end)
  try("no interface", function() return s:setoption("ip-add-membership", {multiaddr = "224.0.1.200"}) end)
  try("bad interface", function() return s:setoption("ip-add-membership", {multiaddr = "224.0.1.200", interface = "x"}) end)
  show("no group", s:setoption("ip-add-membership", {multiaddr = "127.0.0.1", interface = "127.0.0.1"}))
end)

section("udp6", function()
  local s = socket.udp6()
  for _, name in ipairs{"ipv6-unicast-hops", "ipv6-multicast-hops"} do
    show(name, s:getoption(name), s:setoption(name, 9), s:getoption(name))
  end
  show("loop", s:getoption("ipv6-multicast-loop"), s:setoption("ipv6-multicast-loop", false), s:getoption("ipv6-multicast-loop"))
  show("v6only", s:getoption("ipv6-v6only"), s:setoption("ipv6-v6only", false), s:getoption("ipv6-v6only"))
  try("bad group", function() return s:setoption("ipv6-add-membership", {multiaddr = "x"}) end)
  try("no group", function() return s:setoption("ipv6-add-membership", {}) end)
  try("add", function() return s:setoption("ipv6-add-membership", {multiaddr = "ff02::1:2:3", interface = 1}) end)
  try("drop", function() return s:setoption("ipv6-drop-membership", {multiaddr = "ff02::1:2:3", interface = 1}) end)
end)
