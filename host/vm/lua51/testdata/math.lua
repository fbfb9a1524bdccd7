--- rounding
print(math.floor(1.5), math.floor(-1.5), math.ceil(1.5), math.ceil(-1.2), math.floor(2^53), math.abs(-3), math.abs(3.5), math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.mod(5, 3), math.modf(3.7)) print(math.modf(-3.7)) print(math.modf(5)) print(math.modf(1/0)) print(math.modf(-1/0)) print(math.floor("2.7"), math.ceil(-0.5))
--- roots, powers, logarithms
print(math.sqrt(2), math.sqrt(16), math.pow(2, 10), math.exp(0), math.exp(1), math.log(1), math.log(10), math.log10(1000), math.log10(2), math.pow(2, 0.5), math.log(0), math.sqrt(-1) ~= math.sqrt(-1))
--- trigonometry
print(math.sin(0), math.cos(0), math.tan(0), math.sin(1), math.cos(1), math.tan(1), math.asin(1), math.acos(0), math.atan(1), math.atan2(1, -1), math.atan2(-1, -1), math.sinh(1), math.cosh(1), math.tanh(1)) print(math.deg(math.pi), math.rad(180), math.deg(1), math.rad(1))
--- max and min
print(math.max(1, 5, 3), math.min(1, 5, 3), math.max(-1), math.min("2", 10), math.max(1/0, 5), math.min(-1/0, 5), math.max(2, "10"))
--- frexp, ldexp
print(math.frexp(8)) print(math.frexp(0.3)) print(math.frexp(0)) print(math.frexp(-5)) print(math.ldexp(0.5, 4), math.ldexp(1, -1), math.ldexp(3, 0))
--- constants
print(math.pi, math.huge, -math.huge, math.huge == 1/0, math.huge > 1e308, math.huge - math.huge ~= 0)
--- random stays in range
math.randomseed(42) local ok = true for i = 1, 1000 do local a, b, c = math.random(), math.random(10), math.random(-5, 5) ok = ok and a >= 0 and a < 1 and b >= 1 and b <= 10 and b % 1 == 0 and c >= -5 and c <= 5 end print(ok, math.random(1), math.random(7, 7))
--- random repeats by seed
math.randomseed(7) local a, b = math.random(1000), math.random() math.randomseed(7) print(a == math.random(1000), b == math.random())
--- integers in doubles
print(2^53, 2^53 + 1, 9007199254740993, 4503599627370496 * 2, 2^24, 16777217, 1e15 + 0.5, 123456789 * 1000)
--- division
print(7 / 2, -7 / 2, 1 / 3, 0 / 1, 1 / -0 == -1/0 or 1 / -0, 10 / 5, 2^1023 * 2, 1e-320 / 1e10)
--- integer arithmetic by modulo
print(17 % 5, -17 % 5, 17 % -5, -17 % -5, 0.5 % 0.2, 5 % 3.5, 1e20 % 3, 2^40 % 7, -1 % 256, 3 % -2, -3 % 2, 0 % -5)
--- hexadecimal
print(0xff, 0xFFFFFFFF, tonumber("ff", 16), ("%x"):format(48879), 0xA + 0xb)
--- accumulating fractions
local s = 0 for i = 1, 10 do s = s + 0.1 end print(s == 1, s, math.abs(s - 1) < 1e-9)
--- functions are listed
local names = {} for k in pairs(math) do names[#names + 1] = k end table.sort(names) print(table.concat(names, " "))
