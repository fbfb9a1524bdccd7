-- files, directories, routes, and what isn't there
local serve, http = require "serve", require "socket.http"
local s = assert(serve.http{port = 0, address = "127.0.0.1",
  files = {["index.html"] = "<p>hello", ["d/a b.txt"] = "text", ["d/x.bin"] = "\0\1"},
  routes = {["/sum"] = function(r) return r.args.a + r.args.b end, ["/say"] = "fixed",
    ["/echo"] = function(r) return {status = 201, headers = {["X-Method"] = r.method}, body = r.body} end,
    ["/nil"] = function() end, ["/bad"] = function() error("oops") end}})
local base = "http://127.0.0.1:" .. s.port
local function get(path)
  local body, code, headers = http.request(base .. path)
  return code, headers["content-type"], body
end
get("/")  --> 200, text/html; charset=utf-8, <p>hello
get("/d/a%20b.txt")  --> 200, text/plain; charset=utf-8, text
select(2, get("/d/x.bin"))  --> "application/octet-stream", "\0\1"
get("/sum?a=1&b=%32")  --> 200, text/plain; charset=utf-8, 3
get("/say")  --> 200, text/plain; charset=utf-8, fixed
(get("/nil"))  --> 404
(get("/none"))  --> 404
(get("/d/x.bin/"))  --> 404
get("/bad")  --> 500, "text/plain; charset=utf-8", "the server failed\n"
local list = select(3, get("/d")) -- after a redirect
list:match('<a href="%./a%%20b%.txt">a b%.txt</a> 4 bytes')  --> <a href="./a%20b.txt">a b.txt</a> 4 bytes
local body, code, headers = http.request(base .. "/echo", "posted")
body, code, headers["x-method"]  --> posted, 201, POST
s.stats.errors, s.problems[4]:match("%d+: (.*)$")  --> 4, testdata/serve_http.lua:7: oops
---
-- a path leads nowhere but into its root
local serve = require "serve"
local lfs = require "lfs"
local root = os.tmpname()
os.remove(root)
assert(lfs.mkdir(root))
assert(lfs.mkdir(root .. "/pub"))
for _, name in ipairs{"/secret", "/pub/open"} do
  local f = io.open(root .. name, "wb")
  f:write("text of " .. name)
  f:close()
end
local linked = lfs.link(root .. "/secret", root .. "/pub/link", true)
local s = assert(serve.http{port = 0, address = "127.0.0.1", root = root .. "/pub"})
local function ask(target)
  local c = assert(socket.connect("127.0.0.1", s.port))
  c:settimeout(60)
  c:send("GET " .. target .. " HTTP/1.0\r\n\r\n")
  local text = c:receive("*a")
  assert(not text:find("text of /secret", 1, true))
  return text:match("^HTTP/1.1 (%d+)")
end
ask("/open")  --> 200
ask("//open"), ask("/./open"), ask("/x/../open"), ask("/%6fpen")  --> 200, 200, 200, 200
ask("/../secret"), ask("/..%2fsecret"), ask("/%2e%2e/secret"), ask("/x/../../secret")  --> 400, 400, 400, 400
ask("/..\\secret"), ask("/open%00.txt"), ask("/%"), ask("/%zz"), ask("/" .. root .. "/secret")  --> 400, 400, 400, 400, 404
not linked or ask("/link")  --> 403
ask("http://anywhere/open"), ask("secret"), ask("*"), ask("/a#b")  --> 200, 400, 400, 400
for _, name in ipairs{"/pub/open", "/pub/link", "/secret"} do os.remove(root .. name) end
lfs.rmdir(root .. "/pub")
lfs.rmdir(root)
---
-- one connection carries many requests, also when they come at once
local serve = require "serve"
local s = assert(serve.http{port = 0, address = "127.0.0.1", files = {a = "first", b = "second"}})
local c = assert(socket.connect("127.0.0.1", s.port))
c:settimeout(60)
local function answer()
  local status, size = (c:receive()), nil
  for line in function() return c:receive() end do
    if line == "" then break end
    size = tonumber(line:match("^Content%-Length: (%d+)")) or size
  end
  return status:sub(10), size
end
c:send("\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\nHEAD /b HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\nHost: x\n\n")
answer()  --> 200 OK, 5
(c:receive(5))  --> first
answer()  --> 200 OK, 6
answer()  --> 200 OK, 6
(c:receive(6))  --> second
for _, byte in ipairs{("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"):byte(1, -1)} do c:send(string.char(byte)) end
answer()  --> 200 OK, 5
(c:receive("*a"))  --> first
s.stats.requests, s.stats.connections <= 1  --> 4, true
---
-- ranges
local serve = require "serve"
local s = assert(serve.http{port = 0, address = "127.0.0.1", files = {digits = "0123456789", empty = ""}})
local function ask(range, method, name, more)
  local c = assert(socket.connect("127.0.0.1", s.port))
  c:settimeout(60)
  c:send(("%s /%s HTTP/1.0\r\nRange: %s\r\n%s\r\n"):format(method or "GET", name or "digits", range, more or ""))
  local text = c:receive("*a")
  return text:match("^HTTP/1.1 (%d+)"), text:match("Content%-Range: ([^\r]*)"), text:match("\r\n\r\n(.*)"), text
end
(ask("bytes=2-4"))  --> 206
select(2, ask("bytes=2-4")):gsub("/10", "/10")  --> bytes 2-4/10, 1
(select(3, ask("bytes=2-4")))  --> 234
(select(3, ask("bytes=7-")))  --> 789
(select(3, ask("bytes=-3")))  --> 789
(select(3, ask("bytes=-30")))  --> 0123456789
(select(3, ask("BYTES = 5-99")))  --> 56789
(select(2, ask("bytes=10-")))  --> bytes */10
(ask("bytes=10-"))  --> 416
(ask("bytes=-0"))  --> 416
(ask("bytes=0-", "GET", "empty"))  --> 416
(ask("bytes=4-2")), (ask("bytes=a-b")), (ask("lines=1-2")), (ask("bytes="))  --> 200, 200, 200, 200
(ask("bytes=2-4", "HEAD"))  --> 200
local status, _, body, text = ask("bytes=0-1,-2")
local boundary = text:match("multipart/byteranges; boundary=(%w+)\r\n")
status, tonumber(text:match("Content%-Length: (%d+)")) == #body  --> 206, true
body:gsub(boundary, "B")  --> "--B\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes 0-1/10\r\n\r\n01\r\n--B\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes 8-9/10\r\n\r\n89\r\n--B--\r\n", 3
local etag = text:match("ETag: ([^\r]*)")
(ask("bytes=1-1", "GET", "digits", "If-Range: " .. etag .. "\r\n"))  --> 206
(ask("bytes=1-1", "GET", "digits", 'If-Range: "other"\r\n'))  --> 200
(ask("bytes=1-1", "GET", "digits", "If-None-Match: " .. etag .. "\r\n"))  --> 304
(ask("bytes=1-1", "GET", "digits", 'If-Match: "other"\r\n'))  --> 412
---
-- what isn't HTTP is answered with what is wrong, and the service goes on
local serve = require "serve"
local s = assert(serve.http{port = 0, address = "127.0.0.1", files = {a = "a"}, limit = 10, idle = 0.2})
local function ask(text)
  local c = assert(socket.connect("127.0.0.1", s.port))
  c:settimeout(60)
  c:send(text)
  return (c:receive("*a") or ""):match("^HTTP/1.1 (%d+)")
end
local function get(fields) return ask("GET /a HTTP/1.1\r\nHost: x\r\n" .. fields .. "\r\n\r\n") end
local function post(fields, body) return ask("POST /a HTTP/1.1\r\nHost: x\r\n" .. fields .. "\r\n\r\n" .. body) end
ask("what?\r\n\r\n"), ask("GET /a\r\n\r\n"), ask("GET  /a HTTP/1.1\r\n\r\n"), ask("\0\255\r\n\r\n")  --> 400, 400, 400, 400
ask("GET /a HTTP/1.1\r\n\r\n"), ask("GET /a HTTP/2.0\r\n\r\n"), ask("G(T /a HTTP/1.1\r\nHost: x\r\n\r\n")  --> 400, 505, 400
ask("FETCH /a HTTP/1.1\r\nHost: x\r\n\r\n"), ask("DELETE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")  --> 501, 405
ask("GET /" .. ("a"):rep(9000) .. " HTTP/1.1\r\nHost: x\r\n\r\n")  --> 414
get("Host: y"), get("A : b"), get("A: b\r\n c"), get("A b"), get("A: \1")  --> 400, 400, 400, 400, 400
get("A: " .. ("a"):rep(9000)), get(("A: b\r\n"):rep(101))  --> 431, 431
post("Content-Length: x", ""), post("Content-Length: 1\r\nContent-Length: 2", ""), post("Content-Length: -1", "")  --> 400, 400, 400
post("Content-Length: 11", ""), post("Transfer-Encoding: gzip", ""), post("Content-Length: 1\r\nTransfer-Encoding: chunked", "")  --> 413, 501, 400
post("Transfer-Encoding: chunked", "z\r\n"), post("Transfer-Encoding: chunked", "1\r\nab\r\n"), post("Transfer-Encoding: chunked", "b\r\n")  --> 400, 400, 413
get("Expect: wonders\r\nConnection: close")  --> 417
ask("GET /a HTTP/1.1\r\nHost"), post("Content-Length: 9", "abc")  --> 408, 408
ask("")  --> nil
get("Connection: close")  --> 200
s.stats.errors > 20, #s.problems  --> true, 20
---
-- a body may come in chunks, after the server has asked for it
local serve = require "serve"
local s = assert(serve.http{port = 0, address = "127.0.0.1", routes = {["/"] = function(r) return r.body:upper() end}})
local c = assert(socket.connect("127.0.0.1", s.port))
c:settimeout(60)
c:send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
(c:receive())  --> HTTP/1.1 100 Continue
(c:receive()) == ""  --> true
c:send("3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n")
c:receive("*a"):match("\r\n\r\n(.*)")  --> ABCDE
