--- Find the longest datagram that gets to one place: by what routers say (RFC 1191, RFC 8201), and by trying where they say
--- nothing (RFC 8899).
---@package
local Search = {}
Search.__index = Search

local TRIES = 3   -- a lost probe is no proof: a size has failed when these are all lost (RFC 8899 section 5.1.2)
local EASY = 1280 -- bytes that nearly every link carries: the first guess when a long probe vanishes

-- The sizes to try below one of which a router says that it is too long, but not how long it may be (RFC 1191 section 7.1).
local PLATEAUS = {65535, 32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68}

--- Begin a search. `low` passes, `size` is the first to try and the longest that may pass.
---@param low integer
---@param size integer
---@param opts {ttl?: integer, floor: integer, guess?: integer, control?: boolean} floor: a router that says less isn't believed. control: before a size fails, `low` must pass again, or it is mute
---@return table search
function Search.new(low, size, opts)
  return setmetatable({low = low, high = size + 1, size = size, tries = 0, ttl = opts.ttl, floor = opts.floor,
    guess = opts.guess or EASY, control = opts.control}, Search)
end

--- Is the answer known? Then it is `low`.
function Search:done() return self.high - self.low <= 1 end

-- next picks the size to try: the one given, or what halves the sizes left.
function Search:next(size)
  self.tries = 0
  self.size = size or math.floor((self.low + self.high) / 2)
end

-- fail notes that a size doesn't pass: `lost` is it, until somebody takes it away.
function Search:fail(size)
  self.high, self.silent, self.lost, self.suspect = size, true, size, nil
  self:next(self.low < self.guess and self.guess < self.high and self.guess or nil)
end

--- A probe of that size arrived. One that had been given up is too late to count.
---@param size integer
function Search:passed(size)
  if self.suspect and size == self.low then return self:fail(self.suspect) end
  if size <= self.low or size >= self.high then return end
  self.low, self.suspect = size, nil
  self:next()
end

--- This machine sends nothing longer.
---@param mtu integer
function Search:limit(mtu)
  self.high = mtu + 1
  self:next(mtu)
end

function Search:plateau()
  for _, size in ipairs(PLATEAUS) do
    if size < self.high then return size > self.low and size or nil end
  end
end

--- A router says that a probe was too long, and how long it may be. Nothing absurd, forged or old is believed (RFC 8899
--- section 4.6.1); what is believed will be tried.
---@param size integer the probe's
---@param mtu? integer nil and 0: the router is too old to say
---@return boolean believed
function Search:too_big(size, mtu)
  if not mtu or mtu == 0 then
    if size <= self.low or size >= self.high then return false end
    self.told, self.high = true, size
    self:next(self:plateau())
    return true
  end
  if mtu < self.floor or mtu < self.low or mtu >= size or mtu >= self.high - 1 then return false end
  self.told = true
  self:limit(mtu)
  return true
end

--- Nobody answered the last probe. Routers send few errors a second: one that doesn't answer what passes either is mute, and
--- no more is known of it.
function Search:silence()
  self.tries = self.tries + 1
  if self.tries < TRIES then return end
  if self.suspect then
    self.mute, self.high = true, self.low + 1
  elseif self.control then
    self.suspect = self.size
    self:next(self.low)
  else
    self:fail(self.size)
  end
end

return Search
