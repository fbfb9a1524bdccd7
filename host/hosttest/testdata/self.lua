-- values are compared
1 + 1, "x" --> 2, x
local t = 5
---
-- an error is expected on its line
local function f() error("boom") end
f() --> error: boom
---
-- tasks are at hand
task.spawn(function() task.sleep(0.01) return 7 end):join() --> 7
