--- Readers and writers of messages: what all six framings share.
---
--- A framing gives pack(message), which returns bytes or nil, problem, kind, and unpack(reader, part), which takes one
--- message from the reader or raises by fail. unpack keeps what it has so far in `part`: a timeout ends the call, and the
--- next one goes on with the same part. finish(writer) and chunk(piece) are there where they mean something.
local check = require "check"
local stream = {}

-- A Failure is what a decoder raises inside read, and what an iterator raises to its user.
local Failure = {__tostring = function(f) return f.message end}

-- Raise a failure, which read turns into nil, message, kind.
function stream.fail(kind, text, ...)
  error(setmetatable({message = text:format(...), kind = kind}, Failure), 0)
end

-- Raise what `err`, from a socket's receive, means at this place of the stream: its natural end is "closed" between two
-- messages; inside one it is a message cut short.
function stream.stop(reader, err)
  local got = reader.taken + reader.have
  if err == "closed" and got > 0 then
    stream.fail("malformed", "framing: the stream ended %d byte%s into a message", got, got == 1 and "" or "s")
  end
  stream.fail((err == "closed" or err == "timeout") and err or "unreachable", "%s", err)
end

-- Return exactly n bytes. What came before a timeout stays in reader.pieces for the next call.
function stream.take(reader, n)
  while reader.have < n do
    local data, err, partial = reader.source:receive(n - reader.have)
    if data and reader.have == 0 then
      reader.taken = reader.taken + n
      return data
    end
    data = data or partial or ""
    reader.pieces[#reader.pieces + 1], reader.have = data, reader.have + #data
    if err then stream.stop(reader, err) end
  end
  local data = table.concat(reader.pieces)
  reader.pieces, reader.have, reader.taken = {}, 0, reader.taken + n
  return data
end

---@class framing.Reader reads messages from an object that has LuaSocket's receive
local Reader = {}
Reader.__index = Reader

--- Read one message. After a timeout the next call goes on where this one stopped; after any other failure the reader
--- keeps answering with it, since its place in the stream is lost.
---
---     local r = require "framing".prefixed(1):reader("\4ping\4po")
---     r:read() --> ping
---     select(3, r:read()) --> malformed
---@async
---@return string? message
---@return string? problem
---@return string? kind "closed" at the natural end, "timeout", "malformed" when cut short or too long, "unreachable"
function Reader:read()
  local failed = self.failed
  if failed then return nil, failed.message, failed.kind end
  local ok, message = pcall(self.framing.unpack, self, self.part)
  if ok then
    self.part, self.taken = {}, 0
    return message
  end
  if getmetatable(message) ~= Failure then error(message, 0) end
  if message.kind ~= "timeout" then self.failed = message end
  return nil, message.message, message.kind
end

--- Iterate over the messages to the stream's natural end. Any other end raises a value with .message and .kind.
---
---     local list = {}
---     for m in require "framing".fixed(1):reader("abc"):messages() do list[#list + 1] = m end
---     #list --> 3
---@async
---@return fun(): string?
function Reader:messages()
  return function()
    local message, problem, kind = self:read()
    if not message and kind ~= "closed" then stream.fail(kind, "%s", problem) end
    return message
  end
end

---@class framing.Writer writes messages to an object that has LuaSocket's send
local Writer = {}
Writer.__index = Writer

--- Send what an earlier call could not. After a timeout call this, not write, or the message goes out twice.
---
---     local socket, framing = require "socket", require "framing"
---     local w = framing.fixed(4):writer(socket.connect("127.0.0.1", require "serve".echo{port = 7}.port))
---     w:write("ping")
---     w:flush() --> true
---@lab pair on h1
---@async
---@return boolean? ok
---@return string? problem
---@return string? kind "timeout", "closed", "unreachable"
function Writer:flush()
  if self.unsent == "" then return true end
  local last, err, partial = self.sink:send(self.unsent)
  self.unsent = self.unsent:sub((last or partial or 0) + 1)
  if last then return true end
  return nil, err, (err == "timeout" or err == "closed") and err or "unreachable"
end

-- Send bytes as they are, behind what is still unsent. When there are none, return the refusal.
function Writer:put(bytes, problem, kind)
  if not bytes then return nil, problem, kind end
  self.unsent = self.unsent .. bytes
  return self:flush()
end

--- Send one message.
---
---     local sent = {}
---     local w = require "framing".prefixed(1):writer{send = function(_, bytes) sent[#sent + 1] = bytes return #bytes end}
---     w:write("ping") --> true
---     sent[1] --> "\4ping"
---@async
---@param message string
---@return boolean? ok
---@return string? problem
---@return string? kind "malformed" when this framing can't carry the message, or as flush
function Writer:write(message)
  return self:put(self.framing.pack(check.argument("write", 1, message, "string")))
end

--- Send one piece of a message whose length isn't known yet; finish ends the message. Only chunked framing can.
---
---     local sent = {}
---     local w = require "framing".chunked(1):writer{send = function(_, bytes) sent[#sent + 1] = bytes return #bytes end}
---     w:chunk("ping") --> true
---     table.concat(sent) --> "\4ping"
---@async
---@param piece string
---@return boolean? ok
---@return string? problem
---@return string? kind as write
function Writer:chunk(piece)
  check.argument("chunk", 1, piece, "string")
  if not self.framing.chunk then error("bad call to 'chunk' (this framing has no chunks)", 2) end
  if piece == "" then return self:flush() end
  return self:put(self.framing.chunk(piece))
end

--- Say that no more comes, as this framing says it: close, half close, the empty chunk. Where every message carries its
--- own end, nothing is left to say.
---
---     local sent = {}
---     local w = require "framing".chunked(1):writer{send = function(_, bytes) sent[#sent + 1] = bytes return #bytes end}
---     w:chunk("ping")
---     w:finish() --> true
---     table.concat(sent) --> "\4ping\0"
---@async
---@return boolean? ok
---@return string? problem
---@return string? kind as flush
function Writer:finish()
  local ok, problem, kind = self:flush()
  if not ok or not self.framing.finish then return ok, problem, kind end
  return self.framing.finish(self)
end

local Text = {} -- a string that answers receive as a socket does whose peer sent it all and closed
Text.__index = Text

function Text:receive(n)
  local data = self.text:sub(self.at, self.at + n - 1)
  self.at = self.at + #data
  if #data < n then return nil, "closed", data end
  return data
end

---@class framing.Framing one way to cut a stream into messages
local Framing = {}
Framing.__index = Framing

--- Make a reader.
---
---     require "framing".fixed(2):reader("abcd"):read() --> ab
---@param source table|string an object with receive, or the bytes themselves
---@return framing.Reader
function Framing:reader(source)
  if type(source) == "string" then source = setmetatable({text = source, at = 1}, Text) end
  return setmetatable({framing = self, source = source, part = {}, pieces = {}, have = 0, taken = 0}, Reader)
end

--- Make a writer.
---
---     require "framing".fixed(2):writer{send = function(_, bytes) return #bytes end}:write("ab") --> true
---@param sink table an object with send; finish also calls close or shutdown where the framing says so
---@return framing.Writer
function Framing:writer(sink)
  return setmetatable({framing = self, sink = sink, unsent = ""}, Writer)
end

--- Return the bytes that carry `message`.
---
---     require "framing".prefixed(2):encode("ping") --> "\0\4ping"
---@param message string
---@return string? bytes
---@return string? problem
---@return string? kind "malformed"
function Framing:encode(message)
  return self.pack(check.argument("encode", 1, message, "string"))
end

--- Return the messages in `bytes`, which must end where a message ends.
---
---     table.concat(require "framing".prefixed(1):decode("\1a\1b"), " ") --> a b
---@param bytes string
---@return string[]? messages
---@return string? problem
---@return string? kind "malformed"
function Framing:decode(bytes)
  local reader, list = self:reader(check.argument("decode", 1, bytes, "string")), {}
  while true do
    local message, problem, kind = reader:read()
    if kind == "closed" then return list end
    if not message then return nil, problem, kind end
    list[#list + 1] = message
  end
end

-- Make a framing of its parts.
function stream.framing(parts) return setmetatable(parts, Framing) end

return stream
