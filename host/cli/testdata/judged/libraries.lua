local json = dofile("/usr/share/lua/5.1/dkjson.lua")
local text = json.encode({1, 2, {a = "x\n\1", b = 1.5, c = json.null}, true, [10] = 1}, {indent = true})
json.decode(text)
json.decode('{"a": [1, 2, {"b": null}], "c": "\\u00e9\\n"} x')
json.decode("[1,")
json.quotestring("\195\169\127")
pcall(json.encode, {print})
local inspect = dofile("/usr/share/lua/5.1/inspect.lua")
local t = {1, 2, a = {b = {}}, ["x y"] = "q\"'", f = print}
t.t = t
inspect(t)
inspect(setmetatable({}, {__index = t}), {depth = 1, process = function(item) return item end})
