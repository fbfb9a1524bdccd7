--- Ask web servers (HTTP/1.1, RFC 9110): http.request, with redirects, proxies, basic authentication and https. The
--- interface is that of LuaSocket 3.1.
local socket = require "socket"
local ltn12 = require "ltn12"
local mime = require "mime"
local url = require "socket.url"
local connection = require "socket.http.connection"

-- A program may set PROXY to a URL, and change the others.
local http = {
  TIMEOUT = 60, -- seconds for each wait
  USERAGENT = socket._VERSION,
}

-- What a scheme needs: its port, and create, which gets the request and its proxy and returns a function that makes a
-- socket. A scheme with tunnel reaches its server through the proxy, the others ask the proxy to ask.
http.schemes = {
  http = {port = 80, create = function() return socket.tcp end},
  https = {port = 443, tunnel = true, create = function(...) return require "socket.http.tls".create(...) end},
}

local PROXY_PORT = 3128
local MAX_REDIRECTS = 5

local function basic(user, password)
  return "Basic " .. (mime.b64(url.unescape(user) .. ":" .. url.unescape(password)))
end

local function proxy_of(request)
  local given = request.proxy or http.PROXY
  if not given then return nil end
  local proxy = url.parse(given, {port = PROXY_PORT})
  socket.try(proxy and proxy.host, ("invalid proxy '%s'"):format(given))
  if proxy.user and proxy.password then
    proxy.authorization = basic(proxy.user, proxy.password)
  end
  return proxy
end

local function host_field(request, default_port)
  local host = request.host
  if host:find(":", 1, true) then host = "[" .. host .. "]" end
  if tonumber(request.port) ~= default_port then host = host .. ":" .. request.port end
  return host
end

local function add_headers(request, scheme, proxy)
  local headers = {
    ["user-agent"] = http.USERAGENT,
    host = host_field(request, scheme.port),
    connection = "close, TE",
    te = "trailers",
  }
  if request.user and request.password then
    headers.authorization = basic(request.user, request.password)
  end
  if proxy then headers["proxy-authorization"] = proxy.authorization end
  for name, value in pairs(request.headers or {}) do
    headers[name:lower()] = value
  end
  if request.source and not headers["content-length"] then
    headers["transfer-encoding"] = "chunked"
  end
  return headers
end

-- target is what the request line asks for: a path, or the whole URL where a proxy must find the server.
local function target(request, proxy)
  if request.uri then return request.uri end
  local parts = {path = request.path, params = request.params, query = request.query}
  if proxy then
    parts.scheme, parts.host, parts.port = request.scheme, request.host, request.port
  end
  return url.build(parts)
end

-- complete makes the request that is sent from the one that was given. What stands in its fields wins over its URL.
local function complete(given)
  local request = given.url and url.parse(given.url, {path = "/", scheme = "http"}) or {path = "/", scheme = "http"}
  for k, v in pairs(given) do request[k] = v end
  request.scheme = tostring(request.scheme):lower()
  local scheme = http.schemes[request.scheme]
  socket.try(scheme, ("unknown scheme '%s'"):format(request.scheme))
  socket.try(request.host and request.host ~= "", ("invalid host '%s'"):format(tostring(request.host)))
  if not request.port or request.port == "" then request.port = scheme.port end
  local proxy = proxy_of(request)
  local asked = not scheme.tunnel and proxy -- the proxy reads the request
  request.method = request.method or "GET"
  request.headers = add_headers(request, scheme, asked)
  request.target = target(request, asked)
  request.peer = proxy or request
  request.create = given.create or scheme.create(request, proxy)
  return request
end

local REDIRECTS = {[301] = true, [302] = true, [303] = true, [307] = true}

local function redirects(request, code, headers)
  local location = headers.location
  if not location or not location:find("%S") or request.redirect == false then return false end
  local scheme = url.parse(location).scheme
  if scheme and not http.schemes[scheme:lower()] then return false end
  local most = request.maxredirects
  if most == nil then most = MAX_REDIRECTS end
  return REDIRECTS[code] and (request.method == "GET" or request.method == "HEAD")
    and (most == false or (request.redirected or 0) < most)
end

-- without_secrets leaves out what is meant for one host only.
local function without_secrets(headers)
  local kept = {}
  for name, value in pairs(headers or {}) do
    local field = name:lower()
    if field ~= "authorization" and field ~= "cookie" and field ~= "host" then kept[name] = value end
  end
  return kept
end

local exchange

local function follow(given, request, location)
  local to = url.absolute(url.build {scheme = request.scheme, host = request.host, port = request.port,
    path = request.path, params = request.params, query = request.query}, (location:gsub("%s", "%%20")))
  local there = url.parse(to)
  local same = there.host == request.host and (there.scheme or ""):lower() == request.scheme
    and tonumber(there.port or http.schemes[request.scheme].port) == tonumber(request.port)
  local result, code, headers, status = exchange {
    url = to, method = request.method, sink = given.sink, step = given.step, proxy = given.proxy,
    create = given.create, maxredirects = given.maxredirects, redirected = (request.redirected or 0) + 1,
    tls = given.tls, verify = given.verify,
    headers = same and given.headers or without_secrets(given.headers),
    user = same and request.user or nil, password = same and request.password or nil,
  }
  headers.location = headers.location or location
  return result, code, headers, status
end

-- has_body says whether an answer has one (RFC 9110 section 6.4.1).
local function has_body(request, code)
  return request.method ~= "HEAD" and code ~= 204 and code ~= 304 and code >= 200
end

-- answer reads the final status and header fields: interim answers such as 100 (Continue) come before.
local function answer(c)
  while true do
    local code, status = c:receivestatusline()
    if not code then return nil, nil, status end
    local headers = c:receiveheaders()
    if code >= 200 or code == 101 then return code, headers, status end
  end
end

exchange = function(given)
  local request = complete(given)
  local c = connection.open(request.peer.host, request.peer.port, request.create, http.TIMEOUT)
  c:sendrequestline(request.method, request.target)
  c:sendheaders(request.headers)
  if request.source then c:sendbody(request.headers, request.source, request.step) end
  local code, headers, status = answer(c)
  local sink = request.sink or ltn12.sink.null()
  if not code then
    c:receive09body(status, sink, request.step)
    c:close()
    return 1, 200
  end
  if redirects(request, code, headers) then
    c:close()
    return follow(given, request, headers.location)
  end
  if has_body(request, code) then c:receivebody(headers, sink, request.step) end
  c:close()
  return 1, code, headers, status
end

--- Make the table that asks for a URL, and the table that its body will be collected in.
---
---     http.genericform("http://example.com/a").url --> http://example.com/a
---@param u string
---@param body? string for POST
---@return table request
function http.genericform(u, body)
  local chunks = {}
  local request = {url = u, sink = ltn12.sink.table(chunks), target = chunks}
  if body then
    request.method, request.source = "POST", ltn12.source.string(body)
    request.headers = {["content-length"] = #body, ["content-type"] = "application/x-www-form-urlencoded"}
  end
  return request
end

local function simple(u, body)
  local request = http.genericform(u, body)
  local chunks = request.target
  request.target = nil
  local _, code, headers, status = exchange(request)
  return table.concat(chunks), code, headers, status
end

local protected_simple, protected_exchange = socket.protect(simple), socket.protect(exchange)

--- Ask for a URL: http.request(url) gets it, http.request(url, body) posts, http.request{url=, method=, headers=,
--- source=, sink=, step=, proxy=, redirect=, create=, maxredirects=, tls=} does anything. tls has tls.wrap's options for
--- an https URL, as in tls = {ca = "root.pem"}; certificates are checked unless it says otherwise.
---
---     require "serve".http{files = {["/a"] = "hello"}}
---     local body, code = http.request("http://127.0.0.1/a")
---     body, code --> hello, 200
---@lab pair on h1
---@param request string|table a URL, or a table with at least url
---@param body? string
---@return string|integer|nil body the body, or 1 for the table form
---@return integer|string code or message
---@return table headers by lower-case name
---@return string status the status line
function http.request(request, body)
  if type(request) == "string" then return protected_simple(request, body) end
  if type(request) ~= "table" then
    error(("bad argument #1 to 'request' (string or table expected, got %s)"):format(type(request)), 2)
  end
  return protected_exchange(request)
end

--- Connect to a server and speak to it step by step.
---
---     require "serve".http{files = {["/a"] = "hello"}}
---     http.open("127.0.0.1", 80) ~= nil --> true
---@lab pair on h1
---@param host string
---@param port integer|string
---@param create? fun(): table makes the socket (default socket.tcp)
---@return table connection
function http.open(host, port, create)
  return connection.open(host, port, create or socket.tcp, http.TIMEOUT)
end

return http
