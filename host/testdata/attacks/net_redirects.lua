-- tries: to be sent on to this machine by servers that may be talked to
-- grants: net 192.0.2.1/tcp
-- says: not allowed|no such name
local http, socket = require "socket.http", require "socket"
for _, code in ipairs{301, 302, 303, 307} do try("http " .. code, http.request, "http://192.0.2.1:" .. A.redirect .. "/" .. code) end
try("http by name", http.request, "http://192.0.2.1:" .. A.redirect .. "/name")
try("http by a proxy", http.request, {url = "http://192.0.2.1/", proxy = "http://127.0.0.1:" .. A.tcp})
try("http by global proxy", function()
  http.PROXY = "http://localhost:" .. A.tcp
  return http.request "http://192.0.2.1/"
end)
http.PROXY = nil

-- As an FTP client does that goes where it is told (RFC 959 section 4.1.2).
local c = assert(socket.connect("192.0.2.1", A.ftp))
local function ask(line)
  c:send(line .. "\r\n")
  return c:receive()
end
c:receive()
local a1, a2, a3, a4, high, low = ask("PASV"):match("(%d+),(%d+),(%d+),(%d+),(%d+),(%d+)")
try("ftp", socket.connect, table.concat({a1, a2, a3, a4}, "."), high * 256 + low)
try("ftp, active", socket.bind, "192.0.2.1", 0)
