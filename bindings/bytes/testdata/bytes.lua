-- integers of every size, both ends first
bytes.hex(bytes.pack("<I1I2I3I4", 1, 2, 3, 4))  --> 01020003000004000000
bytes.hex(bytes.pack(">I1I2I3I4", 1, 2, 3, 4))  --> 01000200000300000004
bytes.hex(bytes.pack(">bBhHi3i4lj", -1, 255, -2, 65535, -3, -4, -5, -6))  --> fffffffefffffffffdfffffffcfffffffffffffffbfffffffffffffffa
---
-- seven unsigned bytes and more are u64
bytes.hex(bytes.pack(">I8", u64("18446744073709551615")))  --> ffffffffffffffff
local n, next = bytes.unpack(">I8", "\255\255\255\255\255\255\255\255")
tostring(n), next, u64.eq(n, u64.max)  --> 18446744073709551615, 9, true
tostring((bytes.unpack("<J", bytes.pack("<J", 5))))  --> 5
u64.is((bytes.unpack("<I8", ("\0"):rep(8)))), u64.is((bytes.unpack("<I7", ("\0"):rep(7)))), u64.is((bytes.unpack("<I6", ("\0"):rep(6))))  --> true, true, false
bytes.unpack("<i8", bytes.pack("<i8", -9007199254740992))  --> -9007199254740992, 9
bytes.hex(bytes.pack(">I16", u64.max))  --> 0000000000000000ffffffffffffffff
bytes.hex(bytes.pack(">i16", -2))  --> fffffffffffffffffffffffffffffffe
---
-- a signed number past 2^53 has no number
bytes.unpack("<i8", "\1\0\0\0\0\0\32\0")  --> error: 8-byte integer does not fit into a number (u64 holds what I reads)
---
-- nine bytes may not need nine
bytes.unpack("<I9", ("\255"):rep(9))  --> error: 9-byte integer does not fit into Lua Integer
---
-- integers must fit
bytes.pack("B", 256)  --> error: bad argument #2 to 'bytes.pack' (unsigned overflow)
---
-- u64 must fit too
bytes.pack("<I4", u64.max)  --> error: bad argument #2 to 'bytes.pack' (unsigned overflow)
---
-- u64 has no sign
bytes.pack("<b", u64(128))  --> error: bad argument #2 to 'bytes.pack' (integer overflow)
---
-- a value for each option
bytes.pack("BB", 1)  --> error: bad argument #3 to 'bytes.pack' (number expected, got no value)
---
-- fractions are no integers
bytes.pack("B", 1.5)  --> error: bad argument #2 to 'bytes.pack' (number has no integer representation)
---
-- strings
bytes.hex(bytes.pack(">s1s2z", "a", "bc", "d"))  --> 0161000262636400
---
-- results have a limit
bytes.pack("c999999999", "")  --> error: bad argument #1 to 'bytes.pack' (format result too large)
---
-- positions
bytes.unpack("B", "abc", 3), bytes.unpack("B", "abc", -1)  --> 99, 99, 4
bytes.unpack("B", "abc", 5)  --> error: bad argument #3 to 'bytes.unpack' (initial position out of string)
---
-- hexadecimal there and back
bytes.unhex("DE AD\nbe:ef-00.01") == "\222\173\190\239\0\1"  --> true
bytes.unhex("abc")  --> nil, bytes.unhex: odd number of digits, malformed
bytes.unhex("0g")  --> nil, bytes.unhex: 'g' is no hexadecimal digit, malformed
bytes.hex("")  --> ""
---
-- dumps
bytes.hexdump("")  --> ""
bytes.hexdump("0123456789abcdef\0\255z")  --> "00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n00000010  00 ff 7a                                         ..z\n"
bytes.hexdump("abc", {offset = 256, width = 2})  --> "00000100  61 62  ab\n00000102  63     c\n"
---
-- widths have bounds
bytes.hexdump("abc", {width = 0})  --> error: bad option 'width' to 'bytes.hexdump' (1 to 64 expected, got 0)
---
-- sums of the standard text 123456789
local text = "123456789"
bytes.checksum(text, "crc32"), bytes.checksum(text, "crc32c"), bytes.checksum(text, "crc16")  --> 3421780262, 3808858755, 36974
bytes.checksum(text, "adler32"), bytes.checksum("abcde", "fletcher16")  --> 152961502, 51440
bytes.checksum(""), bytes.checksum("\0\0"), bytes.checksum("\255\255"), bytes.checksum("\1")  --> 65535, 65535, 0, 65279
---
-- a header with its own checksum sums to zero
local header = bytes.unhex "4500 003c 1c46 4000 4006 b1e6 ac10 0a63 ac10 0a0c"
bytes.checksum(header)  --> 0
---
-- unknown sums raise
bytes.checksum("", "crc23")  --> error: bad argument #2 to 'bytes.checksum' (kind: invalid choice 'crc23': did you mean 'crc32'?
---
-- base 64 there and back
for _, pair in ipairs{{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}} do
  assert(bytes.base64(pair[1]) == pair[2] and bytes.unbase64(pair[2]) == pair[1])
end
bytes.unbase64("-_-_") == bytes.unbase64("+/+/")  --> true
bytes.unbase64("Zm9v\r\nYmFy")  --> foobar
bytes.unbase64("Z")  --> nil, bytes.unbase64: illegal base64 data at input byte 0, malformed
---
-- keys repeat
bytes.xor("\1\2\3", "\1\2") == "\0\0\2"  --> true
bytes.xor("abc", "")  --> error: bad argument #2 to 'bytes.xor' (key: at least one byte expected)
---
-- finding
bytes.find("abcabc", "c"), (bytes.find("abcabc", "c", 4))  --> 3, 6
bytes.find("abc", "d"), (bytes.find("abc", "", 4)), (bytes.find("abc", "", 5))  --> nil, 4, nil
bytes.find("a\0b", "\0b")  --> 2, 3
