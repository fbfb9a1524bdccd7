--- Write values as Lua source that a person can compare: keys sorted, strange bytes escaped.
---@package
local show = {}

local NAMED = {["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ['"'] = '\\"', ["\\"] = "\\\\"}

local function escape(c) return NAMED[c] or ("\\%03d"):format(c:byte()) end

--- A string in quotes, in ASCII.
---@param text string
---@return string
function show.text(text) return '"' .. text:gsub('[%c"\\\127-\255]', escape) .. '"' end

local function rank(key) return type(key) == "number" and 1 or type(key) == "string" and 2 or 3 end

--- A table's keys in one order: numbers, strings, all others as tostring has them.
---@param t table
---@return any[]
function show.keys(t)
  local keys = {}
  for key in pairs(t) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b)
    if rank(a) ~= rank(b) then return rank(a) < rank(b) end
    if rank(a) < 3 then return a < b end
    return tostring(a) < tostring(b)
  end)
  return keys
end

--- A key as it stands after a table's name: ".name", "[3]".
---@param key any
---@return string
function show.key(key)
  if type(key) == "string" and key:find("^[%a_][%w_]*$") then return "." .. key end
  return "[" .. (type(key) == "string" and show.text(key) or tostring(key)) .. "]"
end

local function plain(value)
  local meta = getmetatable(value)
  return type(value) == "table" and not (type(meta) == "table" and meta.__tostring)
end

local function fields(t, seen)
  if seen[t] then return "{...}" end
  seen[t] = true
  local parts = {}
  for _, key in ipairs(show.keys(t)) do
    local name = show.key(key):gsub("^%.", "") .. " = "
    if type(key) == "number" and key == #parts + 1 then name = "" end
    local value = t[key]
    parts[#parts + 1] = name .. (plain(value) and fields(value, seen) or show.value(value))
  end
  seen[t] = nil
  return "{" .. table.concat(parts, ", ") .. "}"
end

--- Any value on one line.
---@param value any
---@return string
function show.value(value)
  if type(value) == "string" then return show.text(value) end
  if type(value) == "number" and value == math.floor(value) and math.abs(value) < 2 ^ 53 then
    return ("%.0f"):format(value)
  end
  if type(value) == "function" then return "a function" end
  return plain(value) and fields(value, {}) or tostring(value)
end

--- Any value on one line of at most `most` bytes (default 72).
---@param value any
---@param most? integer
---@return string
function show.short(value, most)
  local text = show.value(value)
  most = most or 72
  if #text <= most then return text end
  return text:sub(1, most - 3) .. "..."
end

return show
