--- TFTP's messages (RFC 1350 section 5, RFC 2347).
---@package
local bytes = require "bytes"
local message = {}

--- Error codes (RFC 1350 section 5, RFC 2347).
message.NOT_DEFINED, message.NOT_FOUND, message.DENIED, message.FULL = 0, 1, 2, 3
message.ILLEGAL, message.UNKNOWN_ID, message.EXISTS, message.REFUSED = 4, 5, 6, 8

local RRQ, WRQ, DATA, ACK, ERROR, OACK = 1, 2, 3, 4, 5, 6

-- request reads a request's strings: file, mode, and the options in pairs.
local function request(op, body)
  local words = {}
  for word in body:gmatch("([^%z]*)%z") do words[#words + 1] = word end
  if #words < 2 or words[1] == "" or body:sub(-1) ~= "\0" or #words % 2 == 1 then return nil end
  local m = {op = op, file = words[1], mode = words[2]:lower(), options = {}}
  for i = 3, #words, 2 do
    local name = words[i]:lower()
    m.options[name] = m.options[name] or words[i + 1]
  end
  return m
end

--- Read a message.
---@param data string
---@return table? message nil where it isn't one
function message.decode(data)
  if #data < 4 then return nil end
  local op, number = bytes.unpack(">I2I2", data)
  if op == RRQ then return request("read", data:sub(3)) end
  if op == WRQ then return request("write", data:sub(3)) end
  if op == DATA then return {op = "data", block = number, data = data:sub(5)} end
  if op == ACK then return {op = "ack", block = number} end
  if op == ERROR then return {op = "error", code = number, text = data:sub(5):match("^[^%z]*")} end
end

function message.data(block, data) return bytes.pack(">I2I2", DATA, block % 65536) .. data end
function message.ack(block) return bytes.pack(">I2I2", ACK, block % 65536) end
function message.error(code, text) return bytes.pack(">I2I2z", ERROR, code, text) end

--- Acknowledge the options that are accepted.
---@param options {[1]: string, [2]: any}[]
function message.oack(options)
  local text = {}
  for i, option in ipairs(options) do text[i] = ("%s\0%s\0"):format(option[1], option[2]) end
  return bytes.pack(">I2", OACK) .. table.concat(text)
end

return message
