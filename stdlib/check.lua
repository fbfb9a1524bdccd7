--- Refuse wrong arguments and options in Lua's own words, at the line that called the module.
local check = {}

-- got names what came instead: the value where that helps, else its type.
local function got(value)
  if type(value) == "number" then return ("%.14g"):format(value) end
  return value == nil and "nil" or type(value)
end

-- wanted returns nil when `value` fits `kind`, else what kind stands for: a type's name, "count" (a whole number from 1
-- up), "any", or a list of words.
local function wanted(value, kind)
  if type(kind) == "table" then
    for _, word in ipairs(kind) do
      if value == word then return nil end
    end
    return table.concat(kind, " or ")
  elseif kind == "count" then
    local fits = type(value) == "number" and value >= 1 and value % 1 == 0
    return not fits and "whole number from 1 up" or nil
  elseif kind ~= "any" and type(value) ~= kind then
    return kind
  end
end

--- Raise unless argument number `n` is of `kind`, and return it.
---@param where string the function as its user calls it, such as "framing.fixed"
---@param n integer
---@param value any
---@param kind string|any[] a type's name, "count" or the list of accepted values
---@return any value
function check.argument(where, n, value, kind)
  local expected = wanted(value, kind)
  if expected then
    error(("bad argument #%d to '%s' (%s expected, got %s)"):format(n, where, expected, got(value)), 3)
  end
  return value
end

local function names(known)
  local list = {}
  for name in pairs(known) do list[#list + 1] = name end
  table.sort(list)
  return table.concat(list, ", ")
end

--- Raise at an option that isn't known or is of the wrong kind, and return the options.
---@param where string
---@param opts? table what the user gave; nil is the empty table
---@param known table<string, string|any[]> each option's kind, as in argument
---@return table opts
function check.options(where, opts, known)
  if opts == nil then return {} end
  if type(opts) ~= "table" then
    error(("bad options to '%s' (table expected, got %s)"):format(where, got(opts)), 3)
  end
  for name, value in pairs(opts) do
    local kind = known[name]
    if not kind then
      error(("bad option '%s' to '%s' (expected one of: %s)"):format(tostring(name), where, names(known)), 3)
    end
    local expected = wanted(value, kind)
    if expected then
      error(("bad option '%s' to '%s' (%s expected, got %s)"):format(name, where, expected, got(value)), 3)
    end
  end
  return opts
end

return check
