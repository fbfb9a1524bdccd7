--- Apply and remove MIME's transfer encodings (RFC 2045), wrap lines, change line ends, stuff dots for SMTP.
--- The filters here are for ltn12; the functions that do the work are mime.core's, and stand in this table too. The
--- interface is that of LuaSocket 3.1.
local ltn12 = require "ltn12"
local mime = require "mime.core"

local cycle = ltn12.filter.cycle

-- Filters by name; a program may add its own.
mime.encodet = {
  base64 = function() return cycle(mime.b64, "") end,
  ["quoted-printable"] = function(mode)
    return cycle(mime.qp, "", mode == "binary" and "=0D=0A" or "\r\n")
  end,
}
mime.decodet = {
  base64 = function() return cycle(mime.unb64, "") end,
  ["quoted-printable"] = function() return cycle(mime.unqp, "") end,
}

local function lines(length)
  length = length or 76
  return cycle(mime.wrp, length, length)
end
mime.wrapt = {
  text = lines, base64 = lines, default = lines,
  ["quoted-printable"] = function() return cycle(mime.qpwrp, 76, 76) end,
}

-- pick calls the filter factory that t has under name; without a name, as in wrap(72), its default.
local function pick(t, name, ...)
  local key = type(name) == "string" and name or "default"
  local make = t[key]
  if not make then error(("unknown key (%s)"):format(key), 3) end
  if key == name then return make(...) end
  return make(name, ...)
end

--- Encode by "base64" or "quoted-printable". The latter's mode is "text" (default) or "binary", where line ends are
--- data. Lines are not wrapped: chain mime.wrap behind.
---
---     (mime.encode("base64")("abc")) --> YWJj
---@param name string
---@param mode? string
---@return fun(chunk: string?): string? filter
function mime.encode(name, mode)
  local filter = pick(mime.encodet, name, mode)
  return filter
end

--- Decode from "base64" or "quoted-printable".
---
---     mime.decode("base64")("aGVsbG8=") --> hello
---@param name string
---@return fun(chunk: string?): string? filter
function mime.decode(name)
  local filter = pick(mime.decodet, name)
  return filter
end

--- Break data into lines: "text" (default), "base64", or "quoted-printable", whose escapes stay whole.
---
---     (mime.wrap("text", 4)("abcdef")) --> "abcd\r\nef"
---@param name? string
---@param length? integer bytes in a line, its end left out (default 76; fixed for quoted-printable)
---@return fun(chunk: string?): string? filter
function mime.wrap(name, length)
  local filter = pick(mime.wrapt, name, length)
  return filter
end

--- Put one marker for every kind of line end.
---
---     mime.normalize()("a\nb") --> "a\r\nb"
---@param marker? string default CRLF
---@return fun(chunk: string?): string? filter
function mime.normalize(marker) return cycle(mime.eol, 0, marker) end

--- Double each dot that begins a line, as an SMTP message needs it.
---
---     mime.stuff()(".a\r\n.b") --> "..a\r\n..b"
---@return fun(chunk: string?): string? filter
function mime.stuff() return cycle(mime.dot, 2) end

return mime
