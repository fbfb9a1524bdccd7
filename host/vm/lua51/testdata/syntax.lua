--- unexpected symbols
for _, s in ipairs{"x = = 1", "x = ", ")", "x = }", "return return", "local = 1", "x = @", "x = $", "= 1", "1 = 2", "if", "x ~ 1", "a.b:c = 1", "f() = 1", "x = a b", "'x'", "x..y", "for", "..."} do
  print(s, select(2, loadstring(s, "=c")))
end
--- what was expected
for _, s in ipairs{"if x", "if x the", "while x", "for i", "for i =", "for i = 1", "for i = 1,", "for i = 1, 2", "for i in", "for 1 = 2", "for a.b in c do end", "repeat", "function", "function f", "function f(", "function f(a", "function f(a,", "function f(a,)", "function f(1)", "function f(..., a)", "local function", "local function f", "local 1", "local x,", "x = {", "x = {1", "x = {1 2}", "x = {[1]", "x = {[1] 2}", "x = {a=}", "f(", "f(1", "f(1,", "f(1 2)", "(", "(a", "a[", "a[1", "a.", "a:", "a:b", "a.1", "a:b.c()", "do", "x", "x,", "x, y", "x, 1 = 2", "(x) = 1", "(f())", "x = (1", "x = function", "x = not", "x = -", "x = #", "x = 1 +", "x = a or", "goto = 1 x"} do
  print(s, select(2, loadstring(s, "=c")))
end
--- where a block was opened
print(select(2, loadstring("if x then\n\nfoo()", "=c")))
print(select(2, loadstring("do\nx=1\n", "=c")))
print(select(2, loadstring("while 1 do\nend end", "=c")))
print(select(2, loadstring("function f()\n\n", "=c")))
print(select(2, loadstring("x = (1\n+2", "=c")))
print(select(2, loadstring("x = {\n1,\n2", "=c")))
print(select(2, loadstring("f(\n1", "=c")))
print(select(2, loadstring("repeat\nx()\n", "=c")))
print(select(2, loadstring("for i=1,2 do\n", "=c")))
print(select(2, loadstring("if x then else\n", "=c")))
print(select(2, loadstring("if x then elseif y then\n\n", "=c")))
print(select(2, loadstring("if x then\nelse\nelseif y then end", "=c")))
--- break and return end a block
for _, s in ipairs{"break", "while 1 do break x = 1 end", "return 1, 2 x = 1", "do return end x = 1 return", "while 1 do local function f() break end end", "for i=1,2 do do break end end", "if x then break end", "repeat break until x", "return;", "return ;;", "break;"} do
  print(s, select(2, loadstring(s, "=c")))
end
--- ambiguous calls
print(select(2, loadstring("x = f\n(g or h)()", "=c")))
print(select(2, loadstring("f\n{}", "=c")))
print(select(2, loadstring("f\n'x'", "=c")))
--- varargs outside
print(select(2, loadstring("function f() return ... end", "=c")))
print(select(2, loadstring("return ...", "=c")))
--- chunk names in messages
for _, name in ipairs{"=name", "@file.lua", "return 1 1", "line one\nline two", "=" .. ("x"):rep(100), "@" .. ("y/"):rep(50) .. "z", ("w"):rep(100), ""} do
  print(select(2, loadstring("x x", name)))
end
--- nesting too deep
for _, p in ipairs{{"x=", "{"}, {"x=", "("}, {"", "do "}, {"", "while a do "}, {"x=", "a.."}, {"x=", "-"}} do
  print(p[2], (select(2, loadstring(p[1] .. p[2]:rep(500), "=c"))))
end
--- too many locals
local s = "local a1" for i = 2, 201 do s = s .. " local a" .. i end
print(loadstring(s, "=c"))
s = "function f() local a1 " for i = 2, 201 do s = s .. " local a" .. i end
print(loadstring(s .. " end", "=c"))
s = "local a1" for i = 2, 200 do s = s .. " local a" .. i end
print(type(loadstring(s, "=c")))
--- too many upvalues
local s, u = "", ""
for i = 1, 61 do s = s .. "local a" .. i .. " " u = u .. "a" .. i .. "=1 " end
print(loadstring(s .. "function f() " .. u .. " end", "=c"))
--- expression too complex
local s = "return " .. ("{"):rep(150) .. ("}"):rep(150)
print(type(loadstring(s)))
print(loadstring("local a = f(" .. ("1,"):rep(260) .. "1)", "=c"))
--- names near the end
print(select(2, loadstring("x =\n\n\n", "=c")))
print(select(2, loadstring("local x = 'abc' 'def'", "=c")))
print(select(2, loadstring("x = 12 34", "=c")))
print(select(2, loadstring("x = [[long]] 'q'", "=c")))
print(select(2, loadstring("for for", "=c")))
print(select(2, loadstring("x = \1", "=c")))
print(select(2, loadstring("x = \127", "=c")))
print(select(2, loadstring("x = ~", "=c")))
print(select(2, loadstring("x = !", "=c")))
print(select(2, loadstring("x = a ! b", "=c")))
--- method definitions
local t = {a = {b = {}}}
function t.a.b.f(x) return x end
function t.a.b:g(x) return self == t.a.b, x end
print(t.a.b.f(1), t.a.b:g(2))
print(select(2, loadstring("function a:b:c() end", "=c")))
print(select(2, loadstring("function a:b.c() end", "=c")))
print(select(2, loadstring("local function a.b() end", "=c")))
