--- Byte ranges (RFC 9110 section 14).
---@package
local range = {}

local MOST = 16 -- ranges in one answer; who asks for more gets the whole

-- one reads a range: first-last, first-, or -length; false when it is behind the end.
local function one(text, size)
  local first, last = text:match("^(%d*)%-(%d*)$")
  if not first or first == "" and last == "" then return nil end
  first, last = tonumber(first), tonumber(last)
  if not first then
    if last == 0 or size == 0 then return false end
    return {math.max(0, size - last), size - 1}
  end
  if last and last < first then return nil end
  if first >= size then return false end
  return {first, math.min(last or size - 1, size - 1)}
end

--- Read a Range field for something of `size` bytes.
---@param text string?
---@param size integer
---@return table? ranges pairs of first and last byte, from 0; empty when none can be met; nil to send the whole
function range.read(text, size)
  local list = text and text:match("^%s*[Bb][Yy][Tt][Ee][Ss]%s*=(.*)$")
  if not list then return nil end
  local ranges, count, wanted = {}, 0, 0
  for part in list:gmatch("[^,]+") do
    local r = one(part:match("^%s*(.-)%s*$"), size)
    if r == nil then return nil end
    ranges[#ranges + 1] = r or nil
    count, wanted = count + 1, wanted + (r and r[2] - r[1] + 1 or 0)
  end
  if count == 0 or count > MOST or wanted > size then return nil end
  return ranges
end

return range
