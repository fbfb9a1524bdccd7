--- Cut a stream of bytes into messages: six ways, each with its reader and its writer.
---
--- TCP delivers bytes in order and knows no messages (RFC 9293 section 2.2): what one send wrote may arrive in pieces,
--- or glued to the next. So both ends must agree on where a message ends:
---
---   until_close()         the stream is the message; its end is the end of the connection
---   half_close()          the same, and the other direction stays open for the answer
---   fixed(size)           all messages have one size
---   delimited(delimiter)  a mark ends each message, and is escaped inside it
---   prefixed(bytes)       the length comes first
---   chunked(bytes)        pieces with their lengths; an empty piece ends the message
---
--- A reader takes no byte beyond the message, so a protocol may change its framing in mid-stream.
local check = require "check"
local number = require "framing.number"
local stream = require "framing.stream"
local framing = {}

---@class framing.WholeOptions
---@field limit? integer bytes in the message, at most (default 1048576)

---@class framing.DelimitedOptions
---@field escape? string one byte that isn't in the delimiter
---@field limit? integer bytes in a message, at most (default 1048576)

---@class framing.PrefixedOptions
---@field limit? integer bytes in a message, at most (default 1048576)
---@field order? "big"|"little" the order of the length's bytes; big is the network's (default "big")

---@class framing.ChunkedOptions
---@field limit? integer bytes in the whole message, at most (default 1048576)
---@field order? "big"|"little" the order of the length's bytes; big is the network's (default "big")
---@field chunk? integer bytes in each piece that write makes (default 4096)

local LIMIT = 1048576 -- bytes in a message, unless told otherwise
local STEP = 65536    -- bytes asked for at once when the message's size isn't known

local function too_long(size, limit)
  return nil, ("framing: a message of %.0f bytes is over the limit of %.0f"):format(size, limit), "malformed"
end

-- whole is a framing whose message is all that comes until the sender ends its direction.
local function whole(limit, finish)
  local function pack(message)
    if #message > limit then return too_long(#message, limit) end
    return message
  end
  local function unpack(reader, part)
    part.size = part.size or 0
    repeat
      local data, err, partial = reader.source:receive(math.min(STEP, limit + 1 - part.size))
      data = data or partial or ""
      part[#part + 1], part.size = data, part.size + #data
      if part.size > limit then stream.fail("malformed", "framing: more than the limit of %.0f bytes", limit) end
      if err and err ~= "closed" then stream.stop(reader, err) end
    until err
    reader.failed = {message = "closed", kind = "closed"}
    return table.concat(part)
  end
  return stream.framing{pack = pack, unpack = unpack, finish = finish}
end

--- One message per connection: it ends when the sender closes. A sender that dies looks the same as one that is done.
---
---     framing.until_close():decode("hello")[1] --> hello
---@param opts? framing.WholeOptions
---@return framing.Framing
function framing.until_close(opts)
  opts = check.options("framing.until_close", opts, {limit = "count"})
  return whole(opts.limit or LIMIT, function(writer)
    writer.sink:close()
    return true
  end)
end

--- One message each way: the sender shuts its direction (a FIN) and can still read the answer.
---
---     framing.half_close():encode("hello") --> hello
---@param opts? framing.WholeOptions
---@return framing.Framing
function framing.half_close(opts)
  opts = check.options("framing.half_close", opts, {limit = "count"})
  return whole(opts.limit or LIMIT, function(writer)
    local ok, problem = writer.sink:shutdown("send")
    if ok then return true end
    return nil, problem, problem == "closed" and "closed" or "unreachable"
  end)
end

--- Messages of one size.
---
---     table.concat(framing.fixed(4):decode("pingpong"), " ") --> ping pong
---@param size integer bytes in each message, 1 or more
---@return framing.Framing
function framing.fixed(size)
  check.argument("framing.fixed", 1, size, "count")
  local function pack(message)
    if #message == size then return message end
    return nil, ("framing: a message of %d bytes where all have %d"):format(#message, size), "malformed"
  end
  return stream.framing{pack = pack, unpack = function(reader) return stream.take(reader, size) end}
end

-- marked returns pack for messages that must not hold their delimiter.
local function marked(delimiter)
  return function(message)
    local bytes = message .. delimiter
    if bytes:find(delimiter, 1, true) == #message + 1 then return bytes end
    return nil, "framing: the message holds its delimiter", "malformed"
  end
end

-- escaped returns pack that hides each byte which could begin a delimiter or be taken for an escape.
local function escaped(delimiter, escape)
  local first = delimiter:sub(1, 1)
  local hide = {[first] = escape .. first, [escape] = escape .. escape}
  return function(message) return message:gsub(".", hide) .. delimiter end
end

--- Messages that end with a mark. With `escape`, that byte goes before each byte of the message that could be mistaken
--- for a mark or an escape; without it such a message is refused.
---
---     framing.delimited("\n", {escape = "\\"}):encode("a\nb") --> "a\\\nb\n"
---@param delimiter string such as "\n"
---@param opts? framing.DelimitedOptions
---@return framing.Framing
function framing.delimited(delimiter, opts)
  check.argument("framing.delimited", 1, delimiter, "string")
  opts = check.options("framing.delimited", opts, {escape = "string", limit = "count"})
  local limit, escape, length = opts.limit or LIMIT, opts.escape, #delimiter
  if length == 0 then error("bad argument #1 to 'framing.delimited' (one byte or more expected)", 2) end
  if escape and (#escape ~= 1 or delimiter:find(escape, 1, true)) then
    error("bad option 'escape' to 'framing.delimited' (one byte outside the delimiter expected)", 2)
  end
  local mark = escape and escaped(delimiter, escape) or marked(delimiter)
  local function pack(message)
    if #message > limit then return too_long(#message, limit) end
    return mark(message)
  end
  local function unpack(reader, part)
    part.tail = part.tail or "" -- the last bytes, up to a delimiter's length, that no escape protects
    repeat
      local byte = stream.take(reader, 1)
      if byte == escape and not part.escaped then
        part.escaped = true
      else
        part.tail = part.escaped and "" or (part.tail .. byte):sub(-length)
        part[#part + 1], part.escaped = byte, false
      end
      if part.tail == delimiter then return table.concat(part, "", 1, #part - length) end
    until #part >= limit + length
    stream.fail("malformed", "framing: no delimiter within the limit of %.0f bytes", limit)
  end
  return stream.framing{pack = pack, unpack = unpack}
end

local SIZES = {1, 2, 4, "varint"}
local ORDERS = {"big", "little"}

local function length_of(size, order)
  return size == "varint" and number.varint or number.fixed(size, order)
end

local function sized(length, limit, message)
  if #message > limit then return too_long(#message, limit) end
  return length.pack(#message) .. message
end

-- body takes a length and that many bytes. For a length over `room` nothing is read, and no memory taken.
local function body(reader, part, length, room)
  part.length = part.length or length.unpack(reader, part)
  if part.length > room then
    stream.fail("malformed", "framing: %.0f bytes announced where at most %.0f may come", part.length, room)
  end
  local data = stream.take(reader, part.length)
  part.length = nil
  return data
end

--- Messages with their length before them.
---
---     framing.prefixed(2):encode("ping") --> "\0\4ping"
---@param size 1|2|4|"varint" the length's own size in bytes
---@param opts? framing.PrefixedOptions
---@return framing.Framing
function framing.prefixed(size, opts)
  check.argument("framing.prefixed", 1, size, SIZES)
  opts = check.options("framing.prefixed", opts, {limit = "count", order = ORDERS})
  local length = length_of(size, opts.order)
  local limit = math.min(opts.limit or LIMIT, length.max)
  return stream.framing{
    pack = function(message) return sized(length, limit, message) end,
    unpack = function(reader, part) return body(reader, part, length, limit) end,
  }
end

--- Messages in pieces with their lengths; an empty piece ends the message. The sender needn't know the whole length.
---
---     framing.chunked(1, {chunk = 3}):encode("ping") --> "\3pin\1g\0"
---@param size 1|2|4|"varint" the size of each piece's length, in bytes
---@param opts? framing.ChunkedOptions
---@return framing.Framing
function framing.chunked(size, opts)
  check.argument("framing.chunked", 1, size, SIZES)
  opts = check.options("framing.chunked", opts, {limit = "count", order = ORDERS, chunk = "count"})
  local length, limit = length_of(size, opts.order), opts.limit or LIMIT
  local most = math.min(limit, length.max)
  local step = math.min(opts.chunk or 4096, most)
  local last = length.pack(0)
  local function chunk(piece) return sized(length, most, piece) end
  local function pack(message)
    if #message > limit then return too_long(#message, limit) end
    local pieces = {}
    for at = 1, #message, step do pieces[#pieces + 1] = chunk(message:sub(at, at + step - 1)) end
    return table.concat(pieces) .. last
  end
  local function unpack(reader, part)
    part.total = part.total or 0
    repeat
      local piece = body(reader, part, length, limit - part.total)
      part[#part + 1], part.total = piece, part.total + #piece
    until piece == ""
    return table.concat(part)
  end
  return stream.framing{pack = pack, unpack = unpack, chunk = chunk, finish = function(w) return w:put(last) end}
end

return framing
