--- Mode netascii: on the wire a line ends with CR LF, and a lone CR is CR NUL (RFC 764).
---@package
local netascii = {}

local OUT = {["\n"] = "\r\n", ["\r"] = "\r\0"}
local IN = {["\r\n"] = "\n", ["\r\0"] = "\r"}

--- Return a source whose read gives a file's text as it goes over the wire.
---@param file table with read and close
---@return table source
function netascii.reader(file)
  local ready = ""
  return {
    read = function(_, n)
      while #ready < n do
        local data = file:read(n)
        if not data then break end
        ready = ready .. data:gsub("[\r\n]", OUT)
      end
      local data = ready:sub(1, n)
      ready = ready:sub(n + 1)
      return data
    end,
    close = function() file:close() end,
  }
end

--- Return a function that turns what comes over the wire, piece by piece, into a file's text.
---@return fun(data: string, last: boolean): string
function netascii.writer()
  local held = "" -- a CR whose second byte is still to come
  return function(data, last)
    data = held .. data
    held = ""
    if not last and data:sub(-1) == "\r" then data, held = data:sub(1, -2), "\r" end
    return (data:gsub("\r[\n%z]", IN))
  end
end

return netascii
