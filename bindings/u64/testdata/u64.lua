-- made of numbers, text and u64
tostring(u64(5))  --> 5
tostring(u64("18446744073709551615"))  --> 18446744073709551615
tostring(u64("0xFFFFFFFFFFFFFFFF"))  --> 18446744073709551615
tostring(u64(u64(7)))  --> 7
u64("18446744073709551616")  --> nil, u64: '18446744073709551616' is above 2^64-1, malformed
u64("ten")  --> nil, u64: 'ten' is no whole number, malformed
u64("-1")  --> nil, u64: '-1' is no whole number, malformed
---
-- negative numbers have no u64
u64(-1)  --> error: bad argument #1 to 'u64' (value: whole number from 0 to 2^53 expected, or text for more; got -1)
---
-- fractions have no u64
u64(1.5)  --> error: bad argument #1 to 'u64' (value: whole number from 0 to 2^53 expected, or text for more; got 1.5)
---
-- nothing has no u64
u64()  --> error: bad argument #1 to 'u64' (value:
---
-- arithmetic is exact and wraps
tostring(u64("9007199254740993") + 1)  --> 9007199254740994
tostring(u64.max + 1)  --> 0
tostring(u64(0) - 1)  --> 18446744073709551615
tostring(u64("4294967296") * u64("4294967297"))  --> 4294967296
tostring(u64(7) / 2)  --> 3
tostring(u64(7) % 4)  --> 3
tostring(u64(2) ^ 63)  --> 9223372036854775808
tostring(-u64(1))  --> 18446744073709551615
tostring(1 + u64(1))  --> 2
---
-- nothing is divided by zero
local x = u64(1) / 0  --> error: attempt to divide a u64 by zero
---
-- fractions don't mix with u64
local x = u64(1) + 0.5  --> error: attempt to use 0.5 with a u64: numbers must be whole, from 0 to 2^53
---
-- strings don't mix with u64
local x = u64(1) + "1"  --> error: attempt to perform arithmetic on a u64 and a string
---
-- order among u64, and with numbers by name
u64(1) < u64(2), u64(2) <= u64(2), u64(3) > u64(4)  --> true, true, false
u64(5) == u64(5), u64(5) == 5  --> true, false
u64.lt(u64(1), 2), u64.le(2, 2), u64.eq(u64.max, u64.max)  --> true, true, true
---
-- Lua 5.1 compares no u64 with a number: the error says what to write
local x = u64(1) < 5  --> error: attempt to compare userdata with number (write u64.lt(u, 5) or u < u64(5))
---
-- nor the other way round
local x = 5 <= u64(1)  --> error: attempt to compare number with userdata (write u64.lt(u, 5) or u < u64(5))
---
-- text
u64.max:hex(), u64(10):hex(4)  --> ffffffffffffffff, 000a
"n=" .. u64(3) .. "!" .. u64(4)  --> n=3!4
1 .. u64(2)  --> 12
---
-- counters wrap round
u64(10):delta(u64(4))  --> 6
u64(1):delta(u64.max)  --> 2
u64(1):delta(0xffffffff, 32)  --> 2
---
-- bits
u64("0xff00ff00ff00ff00"):bnot():hex()  --> 00ff00ff00ff00ff
u64("0xffffffff00000000"):rshift(32):tonumber()  --> 4294967295
u64(1):lshift(64):tonumber()  --> 0
u64(1):lshift(40):bor(1):tonumber()  --> 1099511627777
---
-- a method needs its u64
local f = u64(1).hex
f("x")  --> error: calling 'u64:hex' on bad self (number expected
