--- Request targets: paths and queries (RFC 9112 section 3.2, RFC 3986).
---@package
local target = {}

-- decoded reads %xx; nil where a % stands before something else.
local function decoded(text)
  if text:find("%%%X") or text:find("%%%x%X") or text:find("%%%x?$") then return nil end
  return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

-- pairs_of reads a query as forms write it; what can't be read so is left out.
local function pairs_of(query)
  local args = {}
  for name, value in query:gmatch("([^&=]+)=?([^&]*)") do
    name, value = decoded((name:gsub("%+", " "))), decoded((value:gsub("%+", " ")))
    if name and value and args[name] == nil then args[name] = value end
  end
  return args
end

--- Read a target in origin form or absolute form.
---@param text string
---@return table? target path, decoded; raw, as it came; query; args; host of the absolute form
function target.read(text)
  if text:find("[%z\1-\32\127-\255#]") then return nil end
  local host, rest = text:match("^[Hh][Tt][Tt][Pp]://([^/?]+)(.*)$")
  if host then text = rest:sub(1, 1) == "/" and rest or "/" .. rest end
  local raw, query = text:match("^(/[^?]*)%??(.*)$")
  local path = raw and decoded(raw)
  if not path then return nil end
  return {path = path, raw = raw, query = query, args = pairs_of(query), host = host}
end

--- Write a name as a part of a path.
---@param name string
function target.encode(name)
  return (name:gsub("[^%w%-._~]", function(c) return ("%%%02X"):format(c:byte()) end))
end

return target
