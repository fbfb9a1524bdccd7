--- One TFTP transfer: lock-step, each block answered before the next is sent (RFC 1350 section 2).
---@package
local clock = require "clock"
local message = require "serve.tftp.message"
local netascii = require "serve.tftp.netascii"
local transfer = {}

-- fail raises what went wrong; with a code the peer is told.
local function fail(code, text) error(setmetatable({code = code, text = text}, {__tostring = function() return text end}), 0) end

-- take waits until a moment for the peer's next message. Others who send here are told so, and disturb nothing.
local function take(self, till)
  while true do
    local data, meta, kind = self.socket:receive{timeout = math.max(0, till - clock.monotonic())}
    if data and meta.peer ~= self.peer then
      self.socket:send(message.error(message.UNKNOWN_ID, "unknown transfer id"), meta.peer)
    elseif data then
      local m = message.decode(data)
      if not m then fail(message.ILLEGAL, "no TFTP message") end
      if m.op == "error" then fail(nil, ("error %d from the client: %s"):format(m.code, m.text)) end
      return m
    elseif kind == "timeout" then
      return nil
    elseif kind == "refused" then
      fail(nil, "the client has gone")
    elseif kind == "closed" then
      fail(nil, "closed")
    end
  end
end

-- exchange sends until the wanted answer comes, or none to any try. wanted(m) returns true for it, and "again" where m shows
-- that what we sent got lost, which is no try as long as there is time. An acknowledgement that comes twice is none: to send data for it again would double every later block
-- (the sorcerer's apprentice, RFC 1123 section 4.2.3.1).
local function exchange(self, packet, wanted)
  local tries, over = 0, clock.monotonic() + self.timeout * self.tries
  while tries < self.tries do
    self.socket:send(packet, self.peer)
    local till, m, verdict = clock.monotonic() + self.timeout, nil, nil
    repeat
      m = take(self, till)
      verdict = m and wanted(m)
      if verdict == true then return m end
    until not m or verdict == "again"
    if not m or clock.monotonic() >= over then tries = tries + 1 end
  end
  fail(message.NOT_DEFINED, ("no answer to %d tries"):format(self.tries))
end

--- Send a file. With an option acknowledgement first, the client answers it with block 0.
---@param self table
---@param file table with read and close
function transfer.send(self, file)
  if self.oack then exchange(self, self.oack, function(m) return m.op == "ack" and m.block == 0 end) end
  local block = 0
  repeat
    block = block + 1
    local data = file:read(self.blksize) or ""
    exchange(self, message.data(block, data), function(m) return m.op == "ack" and m.block == block % 65536 end)
    self.service:sent(data)
  until #data < self.blksize
end

--- Receive a file. The last acknowledgement may get lost, so the client is heard for one more time-out.
---@param self table
---@param file table with write and keep
function transfer.receive(self, file)
  local block, size, answer = 0, 0, self.oack or message.ack(0)
  local text = self.mode == "netascii" and netascii.writer()
  local function next_block(m)
    if m.op == "data" and m.block == (block + 1) % 65536 then return true end
    return m.op == "data" and m.block == block % 65536 and "again"
  end
  local last
  repeat
    local m = exchange(self, answer, next_block)
    block, size, last = block + 1, size + #m.data, #m.data < self.blksize
    if #m.data > self.blksize then fail(message.ILLEGAL, "a block is too long") end
    if size > self.limit then fail(message.FULL, ("more than %d bytes"):format(self.limit)) end
    local ok, problem = file.write(text and text(m.data, last) or m.data)
    if not ok then fail(message.FULL, problem) end
    self.service:sent(m.data)
    answer = message.ack(block)
  until last
  local ok, problem = file.keep()
  if not ok then fail(message.NOT_DEFINED, problem) end
  self.socket:send(answer, self.peer)
  local till = clock.monotonic() + self.timeout
  for m in function() return take(self, till) end do
    if next_block(m) == "again" then self.socket:send(answer, self.peer) end
  end
end

return transfer
