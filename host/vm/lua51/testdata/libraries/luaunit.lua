local lu = require "luaunit"
TestX = {}
function TestX:test1() lu.assertEquals({1, {2}}, {1, {2}}) end
function TestX:test2() lu.assertErrorMsgContains("boom", function() error("boom") end) end
function TestX:test3() lu.assertEquals(1, 2) end
function TestX:test4() lu.assertEquals({1, 2, {3}}, {1, 2, {4}}) end
function TestX:test5() lu.assertStrContains("abc", "d") end
function TestX:test6() local x = nil; x() end
function TestX:test7() lu.assertAlmostEquals(0.1 + 0.2, 0.3, 1e-12) end
function TestX:test8() lu.skip("not now") end
function TestX:test9() lu.assertErrorMsgEquals("luaunit.lua:10: here", function() error("here") end) end
print(lu.LuaUnit.run("-o", "tap", "TestX"))
