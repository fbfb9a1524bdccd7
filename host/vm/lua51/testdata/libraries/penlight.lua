local List = require "pl.List"
print(List{1, 2, 3}:map(function(x) return x * 2 end), List{3, 1, 2}:sort(), List.range(1, 5):slice(2, 3))
local stringx = require "pl.stringx"
print(stringx.split("a,b,c", ",")[2], stringx.strip("  x  ") .. "|", stringx.title("hello world"), stringx.startswith("abc", "ab"))
print(stringx.Template("$a and ${b}"):substitute{a = 1, b = "two"})
local tablex = require "pl.tablex"
print(tablex.deepcompare({1, {2}}, {1, {2}}), tablex.size{a = 1, b = 2}, tablex.find({5, 6}, 6))
print(require "pl.pretty".write{1, 2, a = {b = "q"}})
print(require "pl.pretty".read("{1, x = {2}}").x[1])
local class = require "pl.class"
local A = class() function A:_init(n) self.n = n end function A:__tostring() return "A" .. self.n end
local B = class(A) function B:_init(n) self:super(n + 1) end
print(A(5), B(5), B(1):is_a(A))
print((require "pl.template".substitute("# for i = 1, 3 do\n$(i) $(x)\n# end\n", {_escape = "#", x = "y"})))
local Date = require "pl.Date"
print(Date{year = 2020, month = 2, day = 3}:year(), Date{year = 2020, month = 2, day = 28}:add{day = 2}:day())
for t, v in require "pl.lexer".lua("local x = 1.5 + 'a' -- c") do io.write(t, ":", tostring(v), " ") end print()
print(require "pl.utils".string_lambda "|x| x + 1"(2))
print(require "pl.data".read(require "pl.stringio".open "a b\n1 2\n3 4\n")[2][1])
print(require "pl.path".splitext "a/b.txt")
local seq = require "pl.seq" print(seq.sum(seq.range(1, 10)), seq.copy(seq.take(seq.range(1, 9), 3)))
local Map = require "pl.Map" local m = Map{a = 1} m:set("b", 2) print(m:get "b", m:keys():sort())
local Set = require "pl.Set" print(Set{1, 2} + Set{3} == Set{1, 2, 3}, Set{1, 2} * Set{2})
local OrderedMap = require "pl.OrderedMap" local o = OrderedMap() o:set("z", 1) o:set("a", 2) print(o)
print(require "pl.xml".parse("<a x='1'><b>t</b></a>", false, true):child_with_name("b"):get_text())
print(require "pl.sip".match("$v{name} = $i{value}", "x = 5", {}))
print(pcall(require "pl.utils".assert_arg, 1, "x", "number"))
print(require "pl.compat".lua51, require "pl.func"._1 ~= nil, require "pl.permute".table{1, 2}[1][1])
require "pl.strict".module("m", {}) print(pcall(function() return undeclared end))
