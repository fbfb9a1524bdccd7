-- tries: to listen where it may not, and to hear what isn't its own
-- grants: net 192.0.2.1; listen 127.0.0.1:7007/tcp; net 10.0.0.2:9/udp; read OWN; write OWN
-- says: not allowed|no such name|load is sent|nobody has|setsockopt failed|closed|timeout
local socket, dgram, snmp, dhcp = require "socket", require "dgram", require "snmp", require "dhcp"
local link, lab, serve, packet = require "link", require "lab", require "serve", require "packet"
for _, at in ipairs{"*", "0.0.0.0", "127.0.0.1", "10.0.0.1", "::", "::1", "localhost"} do
  try("bind " .. at, socket.bind, at, 7008)
  try("bind, any port, " .. at, socket.bind, at, 0)
  try("udp bind " .. at, function() return socket[at:find(":", 1, true) and "udp6" or "udp4"]():setsockname(at, 7008) end)
end
try("bind the granted port elsewhere", socket.bind, "0.0.0.0", 7007)
try("listen without bind", function() return socket.tcp4():listen(1) end)
try("dgram", dgram.udp, {address = "0.0.0.0:7008"})
try("snmp.listen", snmp.listen, {port = 7162})
try("snmp.agent", snmp.agent, {port = 7161})
try("serve.echo", serve.echo, {port = 7007, address = "0.0.0.0"})
try("link.open", link.open, "eth0")
try("link.open lo", link.open, "lo")
try("link.open any", link.open, "any")
try("link.send", link.send, packet.ip{dst = "10.0.0.2"} / packet.udp{dport = A.udp} / "breach")
try("dgram.ip", dgram.ip, {to = "10.0.0.2", proto = 1})
try("dgram.ip 1", dgram.ip, {to = "10.0.0.2", proto = 253})
try("dhcp.client", function() return assert(dhcp.client{iface = "eth0"}):discover() end)
try("dhcp.server", dhcp.server, {iface = "eth0", pool = "10.0.0.50-10.0.0.60"})
try("dhcp.rogues", dhcp.rogues, {iface = "eth0", wait = 0.1})
try("dhcp.watch", dhcp.watch, {iface = "eth0", timeout = 0.1})
try("dhcp.load", dhcp.load, {iface = "eth0", rate = 10, count = 1})
try("arp", function() return assert(require "arp".open("eth0")):resolve("10.0.0.3", {tries = 1, timeout = 0.1}) end)
try("arp by the system", function() return assert(require "arp".open("eth0", {via = "system"})):resolve("10.0.0.3", {tries = 1, timeout = 0.1}) end)
try("joining a group", function() return socket.udp4():setoption("ip-add-membership", {multiaddr = "224.0.0.9", interface = "10.0.0.1"}) end)
try("dgram joining a group", function() return dgram.udp{}:join("224.0.0.9") end)
for _, path in ipairs{A.outside .. "/socket", "../outside/socket", "link/socket", "\0mw-abstract", "@mw-abstract"} do
  for _, kind in ipairs{"stream", "dgram"} do
    local unix = require "socket.unix"
    try("unix " .. kind .. " connect " .. path, function() return unix[kind]():connect(path) end)
    try("unix " .. kind .. " bind " .. path, function() return unix[kind]():bind(path .. "2") end)
  end
end
local net = lab{"h1 -- h2"}
try("lab:bridge", net.bridge, net, {node = "h1", iface = "eth0"})
try("lab:bridge in a namespace", net.bridge, net, {node = "h1", iface = "lo", netns = "/proc/self/ns/net"})
try("lab:bridge tap", net.bridge, net, {node = "h1", tap = "mwattack0"})
try("lab:forward in", net.forward, net, "0.0.0.0:7008", "h2:7")
for port, where in pairs{[81] = "127.0.0.1", [82] = "10.0.0.2", [83] = "[::1]"} do
  local function out() -- it listens in the lab, and calls when somebody calls it
    assert(net:forward("h1:" .. port, where .. ":" .. A.tcp))
    local c = assert(net.h2:run(socket.connect, net.h1.address, port))
    c:settimeout(2)
    return c:receive()
  end
  try("lab:forward out to " .. where, out)
  try("lab:forward out to " .. where .. ", from inside", function() return net.h1:run(function() port = port + 10 return out() end) end)
end
try("unix from a lab", function() return net.h1:run(function() return require "socket.unix".stream():connect(A.outside .. "/socket") end) end)
try("file from a lab", function() return net.h1:run(io.open, A.secret) end)
try("in a worker", function()
  local w = assert(require "task".worker("worker"))
  w:send(A.tcp)
  return nil, w:recv()
end)
