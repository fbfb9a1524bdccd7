-- Prints what u64 computes; u64_cases.py prints what Python does.
local texts = {"0", "1", "2", "3", "7", "10", "255", "65535", "4294967295", "4294967296", "9007199254740991", "9007199254740993",
  "9223372036854775807", "9223372036854775808", "12345678901234567890", "18446744073709551614", "18446744073709551615"}
for _, x in ipairs(texts) do
  local a = u64(x)
  print(a, a:hex(), -a, a:bnot(), ("%.0f"):format(a:tonumber()))
  for _, y in ipairs(texts) do
    local b = u64(y)
    print(a + b, a - b, a * b, b == u64(0) and "-" or a / b, b == u64(0) and "-" or a % b, a < b, a <= b, a == b, a:band(b), a:bor(b), a:bxor(b), a ^ b)
    print(("%.0f"):format(a:delta(b)), ("%.0f"):format(a:delta(b, 32)), ("%.0f"):format(a:delta(b, 7)))
  end
  for _, n in ipairs{0, 1, 31, 32, 33, 63, 64, 65, 200} do print(a:lshift(n), a:rshift(n)) end
end
