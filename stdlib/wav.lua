--- Write sound as a WAV file: one channel, 16 bits a sample.
local bytes = require "bytes"
local check = require "check"
local wav = {}

local STEP = 4096 -- samples packed at once

--- Return the bytes of a WAV file.
---
---     wav.encode({0, 1000, -1000}, 8000):sub(1, 4) --> RIFF
---@param samples integer[] from -32768 to 32767
---@param rate integer samples a second
---@return string bytes
function wav.encode(samples, rate)
  check.argument("wav.encode", 1, samples, "table")
  check.argument("wav.encode", 2, rate, "count")
  local parts = {}
  for at = 1, #samples, STEP do
    local last = math.min(at + STEP - 1, #samples)
    parts[#parts + 1] = bytes.pack("<" .. ("i2"):rep(last - at + 1), unpack(samples, at, last))
  end
  local data = table.concat(parts)
  return bytes.pack("<c4I4c4c4I4I2I2I4I4I2I2c4I4", "RIFF", 36 + #data, "WAVE", "fmt ", 16, 1, 1, rate, rate * 2, 2, 16,
    "data", #data) .. data
end

--- Write a WAV file.
---
---     local name = os.tmpname()
---     wav.write(name, {0, 1000, -1000}, 8000) --> true
---     os.remove(name) --> true
---@param name string the file's name
---@param samples integer[] from -32768 to 32767
---@param rate integer samples a second
---@return boolean? ok
---@return string? message
---@return string? kind
function wav.write(name, samples, rate)
  check.argument("wav.write", 1, name, "string")
  local data = wav.encode(samples, rate)
  local file, message, errno = io.open(name, "wb")
  if not file then return nil, message, errno == 2 and "notfound" or "denied" end -- 2 is ENOENT
  file:write(data)
  file:close()
  return true
end

return wav
