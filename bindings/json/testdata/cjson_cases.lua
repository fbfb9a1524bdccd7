-- Prints what module cjson answers, lua-cjson's or ours.
local cjson = require "cjson"

local function show(v)
  if v == cjson.null then return "null" end
  if type(v) == "string" then return ("%q"):format(v) end
  if type(v) == "number" then return ("%.17g"):format(v) end
  if type(v) ~= "table" then return tostring(v) end
  local keys = {}
  for k in pairs(v) do keys[#keys + 1] = k end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for i, k in ipairs(keys) do keys[i] = show(k) .. "=" .. show(v[k]) end
  return "{" .. table.concat(keys, ",") .. "}"
end

local texts = {
  "", " ", "null", "true", "false", "nul", "truee", "1", "-1", "0", "-0", "1.5", "1e3", "1E+3", "1e-3", "123456789012345678", "1e400", ".5", "0x1F", "-0x1p4", "01", "1e", "1", "1.", "+1", "--1",
  "NaN", "nan", "Infinity", "-Infinity", "inf", '""', '"a"', "'a'", '"a', '"\\u0041\\n\\t\\/\\\\"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00"', '"\\u12"',
  '"\\x"', '"\1"', '"\127"', "[]", "[1]", "[1,2,[3]]", "[1,]", "[,1]", "[1 2]", "[", "]", "[1", "{}", '{"a":1}', '{"a":1,}', '{"a"}', '{"a":}', "{a:1}", '{1:2}',
  '{"a":1,"a":2}', '{"a":{"b":[null]}}', "[1]x", " [ 1 , 2 ] ", "\t\r\n1", "[[[[[[[[]]]]]]]]", "true false", "{} {}", '"\195\169"', '"\255"', "[null,null]",
}
for _, text in ipairs(texts) do
  local ok, v = pcall(cjson.decode, text)
  print(("%q"):format(text), ok, ok and show(v) or "refused")
end

local values = {
  0, 1, -1, 0.5, 1 / 3, 1e15, 1e14, 123456789012, 2 ^ 53, 1e100, -1e-100, true, false, "", "a/b", 'q"q', "\\", "\b\f\n\r\t", "\0\1\31\127", "é", {}, {1, 2, 3}, {{}, {{}}},
  {a = 1}, {["a/b"] = "/"}, {[1] = 1, [3] = 3}, {[10] = 1}, {[1] = "x", [2] = {y = 1}}, {1, nil, 3}, cjson.null, {cjson.null}, {[1.5] = 1}, {[-1] = 1}, {[0] = 1},
}
for _, v in ipairs(values) do print(pcall(cjson.encode, v)) end
for _, v in ipairs{print, {print}, {[11] = 1}, {[true] = 1}, 1 / 0, 0 / 0, coroutine.create(function() end)} do
  local ok, message = pcall(cjson.encode, v)
  print(ok, (message:gsub("^%S+:%d+: ", "")))
end
local deep = {}
for _ = 1, 1000 do deep = {deep} end
print((select(2, pcall(cjson.encode, deep)):gsub("^%S+:%d+: ", "")))
print((pcall(cjson.decode, ("["):rep(1000) .. ("]"):rep(1000))))
print((pcall(cjson.decode, ("["):rep(1001) .. ("]"):rep(1001))))

print(cjson.encode_sparse_array(), cjson.encode_max_depth(), cjson.decode_max_depth(), cjson.encode_number_precision())
print(cjson.encode_sparse_array(true, 1, 3), cjson.encode{[4] = 1}, cjson.encode{[3] = 1})
print(cjson.encode_number_precision(3), cjson.encode(1 / 3))
print(cjson.encode_invalid_numbers(), cjson.encode_invalid_numbers("null"), cjson.encode{0 / 0})
print(cjson.decode_invalid_numbers(), cjson.decode_invalid_numbers(false), (pcall(cjson.decode, "NaN")))
print(cjson.encode_max_depth(2), (pcall(cjson.encode, {{{}}})), cjson.encode{{}})
print(cjson.decode_max_depth(2), (pcall(cjson.decode, "[[[]]]")), type(cjson.decode "[[]]"))
local other = cjson.new()
print(other.encode_max_depth(), other.null == cjson.null, cjson._NAME, type(cjson._VERSION))
