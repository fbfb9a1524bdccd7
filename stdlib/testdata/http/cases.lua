-- Run with the global BASE, the URL of the test's server; the server's log stands below the output.
local http, ltn12, socket = require "socket.http", require "ltn12", require "socket"
http.USERAGENT = "test"

local function show(v)
  if type(v) ~= "table" then return tostring(v) end
  local out = {}
  for k, x in pairs(v) do out[#out + 1] = k .. "=" .. tostring(x) end
  table.sort(out)
  return "{" .. table.concat(out, ", ") .. "}"
end
local function try(label, request, body)
  local r = {http.request(request, body)}
  for i = 1, 4 do r[i] = show(r[i]) end
  print(label, table.concat(r, " | "))
end
local function at(path, t)
  t = t or {}
  t.url = BASE .. path
  return t
end
local function collected(label, t)
  local sink, chunks = ltn12.sink.table()
  t.sink = sink
  try(label, t)
  print(table.concat(chunks))
end

try("simple", BASE .. "/x")
try("simple post", BASE .. "/x", "a=b&c=d")
try("simple post of nothing", BASE .. "/x", "")
try("generic", at "/x")
collected("sink", at "/x")
try("fields win over the URL", at("/x", {path = "/y", query = "q=1"}))
try("head", at("/x", {method = "HEAD"}))
try("no body", at "/204")
try("not modified", at "/304")
try("not found", BASE .. "/404")
try("body until the connection closes", BASE .. "/close")
try("a long body", BASE .. "/long")
try("chunked", BASE .. "/chunked")
try("chunked with trailer", BASE .. "/trailer")
try("identity", BASE .. "/identity")
try("length and chunks", BASE .. "/both")
try("after 100 Continue", BASE .. "/100")
try("two fields of one name", BASE .. "/twice")
try("folded fields", BASE .. "/folded")
try("no reason phrase", BASE .. "/noreason")
try("too short", BASE .. "/short")
try("chunk too short", BASE .. "/shortchunk")
try("bad chunk size", BASE .. "/badchunk")
try("bad status", BASE .. "/badstatus")
try("bad header", BASE .. "/badheader")
try("no answer", BASE .. "/none")

try("put in chunks", at("/x", {method = "PUT", source = ltn12.source.table {"ab", "cde"}}))
try("put with length", at("/x", {method = "PUT", source = ltn12.source.table {"ab", "cde"},
  headers = {["Content-Length"] = 5}}))
try("source fails", at("/x", {method = "PUT", source = ltn12.source.error "no source", headers = {["content-length"] = 3}}))
try("sink fails", at("/x", {sink = ltn12.sink.error "no sink"}))
try("own step", at("/x", {step = function() return nil, "stepped" end}))
try("own headers", at("/x", {headers = {["X-Own"] = 5, Host = "other", ["User-Agent"] = "me", TE = "x", Connection = "close"}}))
try("own target", at("/x", {method = "OPTIONS", uri = "*"}))
try("user", {url = BASE:gsub("//", "//u:p%%40@") .. "/x"})
try("user without password", {url = BASE:gsub("//", "//u@") .. "/x"})
do
  local made = 0
  try("own socket", at("/x", {create = function() made = made + 1 return socket.tcp() end}))
  print(made)
end

try("redirect", BASE .. "/to/fin")
try("redirect of HEAD", at("/to/fin", {method = "HEAD"}))
try("redirect of POST", at("/to/fin", {method = "POST", source = ltn12.source.string "abc"}))
try("redirect refused", at("/to/fin", {redirect = false}))
try("redirect upwards", BASE .. "/up/a/b")
try("redirect with user", {url = BASE:gsub("//", "//u:p@") .. "/to/fin"})
for _, code in ipairs {300, 301, 303, 305, 307, 308} do try("redirect by " .. code, BASE .. "/" .. code) end
collected("redirect with a body", at "/body")
try("redirect for ever", BASE .. "/loop")
try("redirect twice at most", at("/loop", {maxredirects = 2}))
try("redirect never", at("/to/fin", {maxredirects = 0}))
try("redirect without end", at("/to/to/to/to/to/to/to/fin", {maxredirects = false}))
try("redirect nowhere", BASE .. "/noplace")
try("redirect to another scheme", BASE .. "/ftp")

try("proxy", {url = "http://example.invalid/x?y", proxy = BASE})
try("proxy with user", {url = "http://example.invalid:81/x", proxy = (BASE:gsub("//", "//a:b@"))})
http.PROXY = BASE
try("global proxy", "http://example.invalid/to/fin")
http.PROXY = nil

try("refused", "http://127.0.0.1:1/")
try("no host", {url = "http:///x"})
http.TIMEOUT = 0.05
try("timeout", BASE .. "/silent")
