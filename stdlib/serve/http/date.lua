--- Dates in HTTP (RFC 9110 section 5.6.7).
---@package
local date = {}

local MONTHS = {Jan = 1, Feb = 2, Mar = 3, Apr = 4, May = 5, Jun = 6, Jul = 7, Aug = 8, Sep = 9, Oct = 10, Nov = 11, Dec = 12}

--- Write seconds since 1970.
---@param seconds number
function date.text(seconds) return os.date("!%a, %d %b %Y %H:%M:%S GMT", math.floor(seconds)) end

-- days counts those from 1970-01-01 to a date.
local function days(year, month, day)
  if month <= 2 then year, month = year - 1, month + 12 end
  return 365 * year + math.floor(year / 4) - math.floor(year / 100) + math.floor(year / 400) +
    math.floor((153 * (month - 3) + 2) / 5) + day - 719469
end

--- Read a date in the form that all senders use today.
---@param text string?
---@return number? seconds since 1970
function date.read(text)
  local day, name, year, hour, minute, second = (text or ""):match("^%a%a%a, (%d%d) (%a%a%a) (%d%d%d%d) (%d%d):(%d%d):(%d%d) GMT$")
  local month = MONTHS[name]
  return month and days(tonumber(year), month, tonumber(day)) * 86400 + hour * 3600 + minute * 60 + second or nil
end

return date
