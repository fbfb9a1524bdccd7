-- A header of 44 bytes, then the samples, low bytes first.
local bytes = require "bytes"
local expect = require "expect"
local wav = require "wav"
expect(bytes.hex(wav.encode({0, 1, -1, 32767, -32768}, 8000))):to_be(
  "524946462e00000057415645666d74201000000001000100401f0000803e000002001000646174610a0000000000" ..
  "0100ffffff7f0080")
expect(#wav.encode({}, 8000)):to_be(44)
local many = {}
for i = 1, 10000 do many[i] = i end
expect(#wav.encode(many, 8000)):to_be(20044)
---
-- What can't be written is a refusal; what can't be a sample raises.
local expect = require "expect"
local wav = require "wav"
expect(wav.write("/no/such/folder/x.wav", {}, 8000)):to_fail("notfound")
expect(function() wav.encode({40000}, 8000) end):to_raise("pack")
expect(function() wav.encode({}, 0) end):to_raise("bad argument #2 to 'wav.encode' (whole number from 1 up expected, got 0)")
