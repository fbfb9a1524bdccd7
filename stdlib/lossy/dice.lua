--- Random numbers that nothing else draws from: what a relay does follows from its seed and the order of arrival alone.
---@package

--- Return a generator of numbers between 0 and 1 (Park and Miller's; exact in Lua's numbers).
---@param seed integer
---@return fun(): number
local function dice(seed)
  local x = seed % 2147483646 + 1
  local function roll()
    x = x * 16807 % 2147483647
    return x / 2147483647
  end
  for _ = 1, 4 do roll() end -- the first ones are small when the seed is
  return roll
end

return dice
