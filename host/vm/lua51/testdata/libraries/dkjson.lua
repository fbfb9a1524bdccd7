local json = require "dkjson"
print(json.encode({1, 2, {x = "y\n"}, a = 1.5}, {keyorder = {"a"}}))
local t = json.decode '{"a": [1, 2.5e3, {"b": null}], "u": "\\u00e9\\n"}'
print(t.a[2], t.u, t.a[3].b)
print(json.decode "[1, 2")
print(json.encode{1/4, 1e20, 0.1, -3})
