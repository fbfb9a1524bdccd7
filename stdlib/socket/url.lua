--- Take URLs apart, put them together, and resolve one against another (RFC 3986; parameters as in RFC 2396).
--- The interface is that of LuaSocket 3.1.
local url = {_VERSION = "URL 1.0.3"}
local find, gsub, sub = string.find, string.gsub, string.sub

local function percent(format)
  return function(c) return format:format(c:byte()) end
end

--- Write every byte that is no letter, no digit and no underscore as %xx.
---
---     url.escape("a b/c") --> a%20b%2fc
---@param s string
---@return string
function url.escape(s)
  return (gsub(s, "[^%w_]", percent "%%%02x"))
end

--- Turn each %xx back into its byte.
---
---     url.unescape("a%20b") --> a b
---@param s string
---@return string
function url.unescape(s)
  return (gsub(s, "%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

-- take finds pattern in s and returns s without the match, and the capture.
local function take(s, pattern)
  local from, to, found = find(s, pattern)
  if not from then return s end
  return sub(s, 1, from - 1) .. sub(s, to + 1), found
end

local function parse_authority(u)
  local rest = u.authority
  rest, u.userinfo = take(rest, "^([^@]*)@")
  rest, u.port = take(rest, ":([^:%]]*)$")
  if rest ~= "" then
    u.host = rest:match("^%[(.+)%]$") or rest
  end
  if u.userinfo then
    u.user, u.password = take(u.userinfo, ":([^:]*)$")
  end
end

--- Split a URL into scheme, authority, path, params, query, fragment, userinfo, host, port, user and password. What
--- the URL lacks is nil. A host in brackets loses them.
---
---     url.parse("http://example.com:8080/a?b#c").port --> 8080
---@param s string
---@param default? table values for parts that the URL lacks; it is not changed
---@return table|nil parts
---@return string? message "invalid url" for nil and ""
function url.parse(s, default)
  local u = {}
  for k, v in pairs(default or u) do u[k] = v end
  if not s or s == "" then return nil, "invalid url" end
  local function split(field, pattern)
    local found
    s, found = take(s, pattern)
    if found then u[field] = found end
  end
  split("scheme", "^([%w][%w%+%-%.]*):")
  split("authority", "^//([^/]*)")
  split("fragment", "#(.*)$")
  split("query", "%?(.*)$")
  split("params", ";(.*)$")
  if s ~= "" then u.path = s end
  if u.authority then parse_authority(u) end
  return u
end

local function head(scheme, authority)
  return (scheme and scheme .. ":" or "") .. (authority and "//" .. authority or "")
end

local function tail(u)
  local s = u.path or ""
  if u.params then s = s .. ";" .. u.params end
  if u.query then s = s .. "?" .. u.query end
  if u.fragment then s = s .. "#" .. u.fragment end
  return s
end

--- Put a URL together. host, port, userinfo, user and password win over authority and userinfo; a host with colons is
--- put into brackets.
---
---     url.build{scheme = "http", host = "example.com", path = "/a"} --> http://example.com/a
---@param parts table as url.parse returns them
---@return string
function url.build(parts)
  local authority, userinfo = parts.authority, parts.userinfo
  if parts.host then
    authority = parts.host
    if authority:find(":", 1, true) then authority = "[" .. authority .. "]" end
    if parts.port then authority = authority .. ":" .. tostring(parts.port) end
    if parts.user then
      userinfo = parts.user
      if parts.password then userinfo = userinfo .. ":" .. parts.password end
    end
    if userinfo then authority = userinfo .. "@" .. authority end
  end
  return head(parts.scheme, authority) .. tail(parts)
end

-- undot removes the segments "." and ".." (RFC 3986 section 5.2.4). A relative path keeps those ".." that have nothing
-- to remove.
local function undot(path)
  local root = path:sub(1, 1) == "/"
  local rest = path:sub(root and 2 or 1) .. "/"
  local kept, last = {}, nil
  for segment in rest:gmatch("([^/]*)/") do
    local up = segment == ".."
    if up and kept[1] and kept[#kept] ~= ".." then
      table.remove(kept)
    elseif segment ~= "." and not (up and root) then
      kept[#kept + 1] = segment
    end
    last = segment
  end
  local s = table.concat(kept, "/")
  local folder = last == "." or last == ".." -- such a path names a folder: it ends in a slash
  if folder and #kept > 0 and kept[#kept] ~= ".." then s = s .. "/" end
  return root and "/" .. s or s
end

-- resolve completes a reference by its base (RFC 3986 section 5.2.2); parameters count as part of the last segment.
local function resolve(base, ref)
  if ref.scheme then return end
  ref.scheme = base.scheme
  if ref.authority then return end
  ref.authority = base.authority
  if not ref.path then
    ref.path = base.path
    if ref.params then return end
    ref.params = base.params
    ref.query = ref.query or base.query
  elseif ref.path:sub(1, 1) ~= "/" then
    local folder = (base.path or ""):match("^.*/") or "/"
    ref.path = folder .. ref.path
  end
end

--- Resolve a reference against a base URL.
---
---     url.absolute("http://example.com/a/b", "../c") --> http://example.com/c
---@param base string|table a URL, or its parts
---@param relative string
---@return string
function url.absolute(base, relative)
  if type(base) == "table" then base = url.build(base) end
  local from, ref = url.parse(base), url.parse(relative)
  if not from then return relative end
  if ref then resolve(from, ref) else ref = from end
  if ref.path then ref.path = undot(ref.path) end
  -- LuaSocket takes the dots out of parameters, query and fragment too, and its users see that.
  return head(ref.scheme, ref.authority) .. undot(tail(ref))
end

-- A segment keeps what RFC 2396 section 3.3 allows in one.
local UNSAFE = "[^%w%-_%.!~%*'%(%):@&=%+%$,]"

--- Split a path into its segments, unescaped. is_absolute and is_directory are 1 when it starts or ends with a slash.
---
---     table.concat(url.parse_path("/a/b%20c"), "|") --> a|b c
---@param path string
---@return table segments
function url.parse_path(path)
  local segments = {}
  path = path or ""
  for s in path:gmatch("[^/]+") do
    segments[#segments + 1] = url.unescape(s)
  end
  if path:sub(1, 1) == "/" then segments.is_absolute = 1 end
  if path:sub(-1) == "/" then segments.is_directory = 1 end
  return segments
end

--- Put a path together from its segments.
---
---     url.build_path{"a", "b c", is_absolute = 1} --> /a/b%20c
---@param segments table as url.parse_path returns them
---@param unsafe? any true: leave reserved bytes as they are
---@return string
function url.build_path(segments, unsafe)
  local parts = {}
  for i, s in ipairs(segments) do
    parts[i] = unsafe and s or tostring(s):gsub(UNSAFE, percent "%%%02X")
  end
  local path = table.concat(parts, "/")
  if segments.is_directory and #parts > 0 then path = path .. "/" end
  if segments.is_absolute then path = "/" .. path end
  return path
end

return url
