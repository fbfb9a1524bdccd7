--- Axes: from numbers to places, and the round numbers that are written there.
---@package
local scale = {}

local Scale = {}
Scale.__index = Scale

--- Return the place of a number, from 0 to 1; nil for one that has none.
---@param value number
---@return number?
function Scale:place(value)
  if value ~= value or math.abs(value) == math.huge then return nil end
  if self.log then
    if value <= 0 then return nil end
    value = math.log10(value)
  end
  return (value - self.low) / (self.high - self.low)
end

-- step is the round number (1, 2 or 5 times a power of ten) that parts a range into five steps or fewer.
local function step(range)
  local power = 10 ^ math.floor(math.log10(range / 5))
  for _, factor in ipairs{1, 2, 5, 10} do
    if range / (factor * power) <= 5.000001 then return factor * power end
  end
end

--- Make an axis for some numbers.
---@param values number[]
---@param log boolean
function scale.new(values, log)
  local low, high = math.huge, -math.huge
  for _, value in ipairs(values) do
    if value == value and math.abs(value) < math.huge and (not log or value > 0) then
      value = log and math.log10(value) or value
      low, high = math.min(low, value), math.max(high, value)
    end
  end
  if low > high then low, high = 0, 1 end
  if not log and low > 0 then low = 0 end -- a bar's length should mean something
  if low == high then low, high = low - (log and 0.5 or 0), high + (log and 0.5 or 1) end
  local by = log and math.max(1, step(high - low)) or step(high - low)
  local self = setmetatable({log = log, low = math.floor(low / by + 1e-9) * by, high = math.ceil(high / by - 1e-9) * by, ticks = {}}, Scale)
  for n = 0, math.floor((self.high - self.low) / by + 0.5) do
    local at = self.low + n * by
    self.ticks[n + 1] = {at = (at - self.low) / (self.high - self.low), label = ("%.6g"):format(log and 10 ^ at or at)}
  end
  return self
end

return scale
