--- Refuse wrong arguments and options in Lua's own words, at the line that called the module.
local check = {}

-- got names what came instead: the value where its type was right, else its type.
local function got(value, kind)
  local listed = type(kind) == "table" and type(value) == "string"
  local counted = kind ~= "number" and type(value) == "number"
  return (listed or counted) and tostring(value) or type(value)
end

-- A range of whole numbers is written as "1..255".
local function range(kind)
  local low, high = kind:match("^(%d+)%.%.(%d+)$")
  return tonumber(low), tonumber(high)
end

local function whole(value, low, high)
  return type(value) == "number" and value >= low and value <= high and value % 1 == 0
end

-- wanted returns nil when `value` fits `kind`, else what kind stands for: a type's name, "count" (a whole number from 1
-- up), a range, "seconds" (a number from 0 up), "any", or a list of words.
local function wanted(value, kind)
  if type(kind) == "table" then
    for _, word in ipairs(kind) do
      if value == word then return nil end
    end
    return table.concat(kind, " or ")
  elseif kind == "count" then
    return not whole(value, 1, math.huge) and "whole number from 1 up" or nil
  elseif kind == "seconds" then
    return not (type(value) == "number" and value >= 0) and "number from 0 up" or nil
  end
  local low, high = range(kind)
  if low then
    return not whole(value, low, high) and ("whole number from %d to %d"):format(low, high) or nil
  elseif kind ~= "any" and type(value) ~= kind then
    return kind
  end
end

--- Raise unless argument number `n` is of `kind`, and return it.
---
---     (pcall(check.argument, "f", 1, "three", "count")) --> false
---@param where string the function as its user calls it, such as "framing.fixed"
---@param n integer
---@param value any
---@param kind string|any[] a type's name, "count", "seconds", a range as "1..255", or the list of accepted values
---@return any value
function check.argument(where, n, value, kind)
  local expected = wanted(value, kind)
  if expected then
    error(("bad argument #%d to '%s' (%s expected, got %s)"):format(n, where, expected, got(value, kind)), 3)
  end
  return value
end

-- distance counts the letters to add, drop or change between two words.
local function distance(a, b)
  local row = {}
  for j = 0, #b do row[j] = j end
  for i = 1, #a do
    local corner = row[0]
    row[0] = i
    for j = 1, #b do
      local change = corner + (a:byte(i) == b:byte(j) and 0 or 1)
      corner, row[j] = row[j], math.min(row[j] + 1, row[j - 1] + 1, change)
    end
  end
  return row[#b]
end

-- hint lists the known options, the one that was meant first if there is one.
local function hint(word, known)
  local list, near, least = {}, nil, 3
  for name in pairs(known) do list[#list + 1] = name end
  table.sort(list)
  for _, name in ipairs(list) do
    local steps = distance(word, name)
    if steps < least then near, least = name, steps end
  end
  return (near and "did you mean '" .. near .. "'? " or "") .. "expected one of: " .. table.concat(list, ", ")
end

--- Raise at an option that isn't known or is of the wrong kind, and return the options.
---
---     check.options("f", {size = 3}, {size = "count"}).size --> 3
---@param where string
---@param opts? table what the user gave; nil is the empty table
---@param known table<string, string|any[]> each option's kind, as in argument
---@return table opts
function check.options(where, opts, known)
  if opts == nil then return {} end
  if type(opts) ~= "table" then
    error(("bad options to '%s' (table expected, got %s)"):format(where, type(opts)), 3)
  end
  for name, value in pairs(opts) do
    local kind = known[name]
    if not kind then
      name = tostring(name)
      error(("bad option '%s' to '%s' (%s)"):format(name, where, hint(name, known)), 3)
    end
    local expected = wanted(value, kind)
    if expected then
      error(("bad option '%s' to '%s' (%s expected, got %s)"):format(name, where, expected, got(value, kind)), 3)
    end
  end
  return opts
end

return check
