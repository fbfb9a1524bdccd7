-- decode gives Lua values
local t = json.decode('{"a": [1, 2.5, -3e2, true, false, null], "b": {"c": "x"}}')
t.a[1], t.a[2], t.a[3], t.a[4], t.a[5]  --> 1, 2.5, -300, true, false
t.a[6] == json.null, tostring(json.null), t.b.c  --> true, null, x
---
-- escapes become UTF-8
json.decode([["\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00"]]) == "\"\\/\b\f\n\r\tA\195\169\226\130\172\240\159\152\128"  --> true
---
-- malformed text names the place
json.decode("")  --> nil, expected a value, found the end at character 1, malformed
json.decode("[1,]")  --> nil, expected a value, found ']' at character 4, malformed
json.decode("[1 2]")  --> nil, expected comma or end of array, found '2' at character 4, malformed
json.decode('{"a" 1}')  --> nil, expected colon, found '1' at character 6, malformed
json.decode('{a: 1}')  --> nil, expected a key, found 'a' at character 2, malformed
json.decode('{"a": 1')  --> nil, expected comma or end of object, found the end at character 8, malformed
json.decode('"abc')  --> nil, expected a quote, found the end at character 5, malformed
json.decode('"\\x"')  --> nil, expected an escape, found 'x' at character 3, malformed
json.decode('"\\ud800x"')  --> nil, invalid unicode escape at character 8, malformed
json.decode("1 1")  --> nil, expected the end, found '1' at character 3, malformed
json.decode("01")  --> nil, expected the end, found '1' at character 2, malformed
json.decode("nul")  --> nil, expected a value, found 'n' at character 1, malformed
json.decode("NaN")  --> nil, expected a value, found 'N' at character 1, malformed
json.decode("\255")  --> nil, expected a value, found byte 0xff at character 1, malformed
json.decode('"a\nb"')  --> nil, expected an escaped control character, found '\n' at character 3, malformed
---
-- depth is limited
json.decode(("["):rep(1001))  --> nil, found too many nested data structures (1001) at character 1001, malformed
json.decode_max_depth(2)
json.decode("[[1]]")[1][1]  --> 1
select("#", json.decode("[[[1]]]"))  --> 3
---
-- a cycle is no JSON
local t = {}
t.t = t
json.encode(t)  --> error: Cannot serialise, excessive nesting (1001)
---
-- a function is no JSON
json.encode{print}  --> error: Cannot serialise function: type not supported
---
-- integers past 2^53 stay exact
u64.eq(json.decode("18446744073709551615"), u64.max)  --> true
json.encode(json.decode("[9007199254740993]"))  --> [9007199254740993]
json.encode(u64.max)  --> 18446744073709551615
json.decode("9007199254740992") == 2^53  --> true
json.decode_big_integers("string")
json.decode("-123456789012345678901234567890")  --> -123456789012345678901234567890
json.decode_big_integers("number")
type(json.decode("18446744073709551615"))  --> number
---
-- choices are checked
json.decode_big_integers("u46")  --> error: bad argument #1 to 'json.decode_big_integers' (invalid choice 'u46': did you mean 'u64'? one of: number, u64, string)
---
-- arrays and objects
json.encode({})  --> {}
json.encode(json.empty_array)  --> []
json.encode(setmetatable({}, json.array_mt))  --> []
json.encode(json.decode("[[],{}]"))  --> [[],{}]
json.encode{1, nil, 3}  --> [1,null,3]
json.encode{[1] = 1, x = 2}  --> {"1":1,"x":2}
json.encode{1.5, 1e300, -0.25, 2^53, 1/3}  --> [1.5,1e+300,-0.25,9007199254740992,0.3333333333333333]
json.encode_empty_table_as_object(false)
json.encode({})  --> []
---
-- sparse arrays
json.encode{[100] = 1}  --> error: Cannot serialise table: excessively sparse array
---
-- sparse arrays as objects
json.encode_sparse_array(true)
json.encode{[100] = 1}  --> {"100":1}
---
-- control characters are escaped
json.encode("\1\"\\\n\127/é")  --> "\u0001\"\\\n\u007f/é"
---
-- no JSON for nan
json.encode(0/0)  --> error: Cannot serialise number: must not be NaN or Inf
---
-- nan and the infinities by choice
json.encode_invalid_numbers("null")
json.encode{0/0, 1/0}  --> [null,null]
json.encode_invalid_numbers("number")
json.encode{0/0, 1/0, -1/0}  --> [NaN,Infinity,-Infinity]
json.decode_invalid_numbers(true)
json.decode("-Infinity") == -1/0  --> true
---
-- lines for people
json.encode({b = {1, 2}, a = {}}, {indent = 2, sort = true})  --> '{\n  "a": {},\n  "b": [\n    1,\n    2\n  ]\n}'
---
-- options are checked
json.encode({}, {ident = 2})  --> error: bad option 'ident' to 'json.encode' (did you mean 'indent'? expected one of: indent, sort)
---
-- cjson raises and keeps its defaults
local cjson = require "cjson"
cjson.null == json.null  --> true
cjson.encode(cjson.decode("[]"))  --> {}
cjson.encode(1/3)  --> 0.33333333333333
cjson.decode("18446744073709551615") == 2^64  --> true
cjson._VERSION  --> 2.1.0
cjson.decode("[")  --> error: expected a value, found the end at character 2
---
-- cjson.safe gives nil and a message
local safe = require "cjson.safe"
safe.decode("[")  --> nil, expected a value, found the end at character 2, malformed
safe.encode(print)  --> nil, Cannot serialise function: type not supported
---
-- new has settings of its own
local other = json.new()
other.encode_empty_table_as_object(false)
json.encode({}), other.encode({}), other.new().encode({})  --> {}, [], {}
