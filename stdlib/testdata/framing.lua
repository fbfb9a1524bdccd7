-- The bytes on the wire, message by message. Protocol Buffers' documentation gives 150 as 96 01.
local expect = require "expect"
local framing = require "framing"
local function wire(way, message) return (way:encode(message)) end
expect(wire(framing.until_close(), "hello")):to_be("hello")
expect(wire(framing.half_close(), "hello")):to_be("hello")
expect(wire(framing.fixed(5), "hello")):to_be("hello")
expect(wire(framing.delimited("\r\n"), "hello")):to_be("hello\r\n")
expect(wire(framing.delimited("\n", {escape = "\\"}), "a\nb\\c")):to_be("a\\\nb\\\\c\n")
expect(wire(framing.prefixed(1), "hello")):to_be("\5hello")
expect(wire(framing.prefixed(2), ("x"):rep(258))):to_be("\1\2" .. ("x"):rep(258))
expect(wire(framing.prefixed(2, {order = "little"}), ("x"):rep(258))):to_be("\2\1" .. ("x"):rep(258))
expect(wire(framing.prefixed(4), "hello")):to_be("\0\0\0\5hello")
expect(wire(framing.prefixed(4, {order = "little"}), "hello")):to_be("\5\0\0\0hello")
expect(wire(framing.prefixed("varint"), ("x"):rep(150))):to_be("\150\1" .. ("x"):rep(150))
expect(wire(framing.prefixed("varint"), ("x"):rep(127)):byte()):to_be(127)
expect(wire(framing.chunked(1, {chunk = 2}), "hello")):to_be("\2he\2ll\1o\0")
expect(wire(framing.chunked(2), "")):to_be("\0\0")
---
-- Every framing gives back what it was given: cut at every byte border of short messages, with a time-out at the cut.
local expect = require "expect"
local framing = require "framing"
local messages = {"hello", "", "\n", "\\", "ab", "aab", "a\\\nb\\\\", ("\0\255"):rep(70)}
local every = {}
for byte = 0, 255 do every[#every + 1] = string.char(byte) end
local long = {table.concat(every), ("long"):rep(1000)}
local ways = {
  ["delimited, escaped"] = framing.delimited("\n", {escape = "\\"}),
  ["delimited by two, escaped"] = framing.delimited("ab", {escape = "\\"}),
  ["delimited by its own repetition"] = framing.delimited("aab", {escape = "\0"}),
  ["prefixed 2"] = framing.prefixed(2),
  ["prefixed 4 little"] = framing.prefixed(4, {order = "little"}),
  ["prefixed varint"] = framing.prefixed("varint"),
  ["chunked 1"] = framing.chunked(1, {chunk = 3}),
  ["chunked varint"] = framing.chunked("varint", {chunk = 200}),
}

-- cut is a socket that gives `first`, times out once, gives the rest, and is closed then.
local function cut(bytes, at)
  local source = {left = {bytes:sub(1, at), bytes:sub(at + 1)}}
  function source:receive(n)
    local now = self.left[1]
    self.left[1] = now:sub(n + 1)
    if #now >= n then return now:sub(1, n) end
    if #self.left == 1 then return nil, "closed", now end
    table.remove(self.left, 1)
    return nil, "timeout", now
  end
  return source
end

local function cut_at(name, way, bytes, at)
  local reader, got, timeouts = way:reader(cut(bytes, at)), {}, 0
  repeat
    local message, problem, kind = reader:read()
    if kind == "timeout" then timeouts = timeouts + 1 end
    got[#got + 1] = message
  until kind == "closed" or kind == "malformed"
  if #got ~= #messages or timeouts ~= 1 then error(name .. " cut at " .. at) end
  expect(got):to_equal(messages)
end

for name, way in pairs(ways) do
  local bytes = ""
  for _, message in ipairs(messages) do bytes = bytes .. assert(way:encode(message)) end
  expect(way:decode(bytes)):to_equal(messages)
  expect(way:decode(way:encode(long[1]) .. way:encode(long[2]))):to_equal(long)
  for at = 0, #bytes do
    local inside = at > 60 and #bytes - at > 10 -- the last message, which is long
    if not inside or at % 9 == 0 then cut_at(name, way, bytes, at) end
  end
end
---
-- A stream that ends inside a message is malformed wherever it ends; between two messages it is just closed.
local expect = require "expect"
local framing = require "framing"
local ways = {framing.fixed(5), framing.delimited("\r\n"), framing.delimited("\n", {escape = "\\"}), framing.prefixed(1),
  framing.prefixed(4), framing.prefixed("varint"), framing.chunked(2, {chunk = 2})}
for _, way in ipairs(ways) do
  local one = way:encode("he\\lo")
  for at = 1, #one - 1 do
    local list, problem, kind = way:decode(one .. one:sub(1, at))
    expect(list, problem, kind):to_fail("malformed")
    expect(problem):to_match("^framing: the stream ended " .. at .. " bytes? into a message$")
  end
  expect(way:decode("")):to_equal{}
  expect(#way:decode(one .. one)):to_be(2)
end
---
-- Until close and half close: the end is the message's end, once, also of an empty one.
local expect = require "expect"
local framing = require "framing"
for _, way in ipairs{framing.until_close(), framing.half_close()} do
  for _, text in ipairs{"", "hello", ("x"):rep(200000)} do
    local reader = way:reader(text)
    expect(reader:read()):to_be(text)
    expect(reader:read()):to_fail("closed")
    expect(reader:read()):to_fail("closed")
  end
end
expect(framing.until_close{limit = 5}:reader("hello"):read()):to_be("hello")
expect(framing.until_close{limit = 5}:reader("hello!"):read()):to_fail("malformed")
---
-- Limits: announced, counted, and refused by the writer. Nothing is asked of the socket for an announced length.
local expect = require "expect"
local framing = require "framing"
expect(framing.prefixed(4):decode("\255\255\255\255")):to_fail("malformed")
expect(framing.prefixed(4, {limit = 5}):decode("\0\0\0\5hello")):to_equal{"hello"}
expect(framing.prefixed(4, {limit = 5}):decode("\0\0\0\6hello!")):to_fail("malformed")
expect(framing.prefixed(4, {limit = 5}):encode("hello!")):to_fail("malformed")
expect(framing.prefixed(1):encode(("x"):rep(256))):to_fail("malformed")
expect(framing.prefixed("varint"):decode(("\255"):rep(6) .. "\127")):to_fail("malformed")
expect(select(2, framing.prefixed("varint"):decode(("\128"):rep(8)))):to_be("framing: a length of more than 7 bytes")
expect(framing.prefixed("varint"):decode("\133\0hello")):to_equal{"hello"}
expect(framing.delimited("\n", {limit = 5}):decode("hello\n\n")):to_equal{"hello", ""}
expect(framing.delimited("\n", {limit = 5}):decode("hello!\n")):to_fail("malformed")
expect(framing.delimited("ab", {limit = 1}):decode("xab")):to_equal{"x"}
expect(framing.delimited("ab", {limit = 1}):decode("xaab")):to_fail("malformed")
expect(framing.chunked(1, {limit = 5}):decode("\3hel\2lo\0")):to_equal{"hello"}
expect(framing.chunked(1, {limit = 5}):decode("\3hel\3lo!\0")):to_fail("malformed")
expect(framing.fixed(5):encode("four")):to_fail("malformed")
expect(framing.delimited("\n"):encode("a\nb")):to_fail("malformed")
expect(framing.delimited("aa"):encode("ba")):to_fail("malformed") -- baaa would end too early
local asked = 0
local endless = {receive = function(_, n) asked = asked + n return ("\255"):rep(n) end}
expect(framing.prefixed(4):reader(endless):read()):to_fail("malformed")
expect(asked):to_be(4)
---
-- A reader that lost its place stays where it is; one that timed out goes on, and takes no byte too many.
local expect = require "expect"
local framing = require "framing"
local reader = framing.prefixed(1, {limit = 3}):reader("\4abcd\1x")
local _, first = reader:read()
expect(reader:read()):to_fail("malformed")
expect(select(2, reader:read())):to_be(first)
local text = "head\nbody"
local source = {receive = function(_, n)
  local data = text:sub(1, n)
  text = text:sub(n + 1)
  return data
end}
expect(framing.delimited("\n"):reader(source):read()):to_be("head")
expect(text):to_be("body")
---
-- An iterator ends at the stream's natural end; at any other it raises an error with its kind.
local expect = require "expect"
local framing = require "framing"
local got = {}
for message in framing.prefixed(1):reader("\1a\2bc\0"):messages() do got[#got + 1] = message end
expect(got):to_equal{"a", "bc", ""}
local ok, err = pcall(function()
  for _ in framing.prefixed(1):reader("\1a\2b"):messages() do end
end)
expect(ok):to_be(false)
expect(err.kind):to_be("malformed")
expect(tostring(err)):to_be("framing: the stream ended 2 bytes into a message")
local late = {receive = function() return nil, "timeout", "" end}
ok, err = pcall(function() return framing.fixed(1):reader(late):messages()() end)
expect(err.kind):to_be("timeout")
local broken = {receive = function() return nil, "No route to host" end}
expect(framing.fixed(1):reader(broken):read()):to_fail("unreachable")
---
-- A writer keeps what a time-out left unsent, and finish says the end in each framing's way.
local expect = require "expect"
local framing = require "framing"
local function sink(room)
  return {sent = "", deeds = {}, room = room,
    send = function(s, data)
      local n = math.min(#data, s.room)
      s.sent, s.room = s.sent .. data:sub(1, n), s.room - n
      if n < #data then return nil, "timeout", n end
      return n
    end,
    close = function(s) s.deeds[#s.deeds + 1] = "close" end,
    shutdown = function(s, what)
      s.deeds[#s.deeds + 1] = "shutdown " .. what
      return 1
    end,
  }
end
local out = sink(3)
local writer = framing.prefixed(1):writer(out)
expect(writer:write("hello")):to_fail("timeout")
out.room = 1000
expect(writer:flush()):to_be(true)
expect(writer:write("x")):to_be(true)
expect(out.sent):to_be("\5hello\1x")
expect(writer:write(("x"):rep(256))):to_fail("malformed")
expect(writer:finish()):to_be(true)
expect(out.sent):to_be("\5hello\1x")

out = sink(1000)
writer = framing.chunked(1):writer(out)
expect(writer:chunk("he")):to_be(true)
expect(writer:chunk("")):to_be(true) -- an empty piece would end the message
expect(writer:chunk("llo")):to_be(true)
expect(writer:finish()):to_be(true)
expect(framing.chunked(1):decode(out.sent)):to_equal{"hello"}

out = sink(1000)
framing.until_close():writer(out):finish()
expect(out.deeds):to_equal{"close"}
out = sink(1000)
framing.half_close():writer(out):finish()
expect(out.deeds):to_equal{"shutdown send"}
local closed = {send = function() return nil, "closed", 0 end}
expect(framing.fixed(1):writer(closed):write("x")):to_fail("closed")
---
-- Misuse.
local expect = require "expect"
local framing = require "framing"
expect(function() framing.prefixed(3) end):to_raise("bad argument #1 to 'framing.prefixed' (1 or 2 or 4 or varint expected, got 3)")
expect(function() framing.prefixed() end):to_raise("bad argument #1 to 'framing.prefixed'")
expect(function() framing.fixed(0) end):to_raise("bad argument #1 to 'framing.fixed' (whole number from 1 up expected, got 0)")
expect(function() framing.delimited("") end):to_raise("one byte or more expected")
expect(function() framing.delimited("ab", {escape = "b"}) end):to_raise("bad option 'escape'")
expect(function() framing.delimited("ab", {escape = "xy"}) end):to_raise("bad option 'escape'")
expect(function() framing.until_close{limits = 1} end):to_raise("did you mean 'limit'?")
expect(function() framing.fixed(1):encode(nil) end):to_raise("bad argument #1 to 'encode' (string expected, got nil)")
expect(function() framing.fixed(1):writer({}):chunk("x") end):to_raise("this framing has no chunks")
