local inspect = require "inspect"
print(inspect{1, 2, {a = "b", [true] = 1.5}, name = "x\n\0"})
print(inspect({a = {b = {c = {}}}}, {depth = 2}))
local t = {1} t.self = t print(inspect(t))
print(inspect(setmetatable({}, {__index = {}, __tostring = 5})))
