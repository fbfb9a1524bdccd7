local url = require "socket.url"

local function show(t)
  if type(t) ~= "table" then return tostring(t) end
  local keys, out = {}, {}
  for k in pairs(t) do keys[#keys + 1] = k end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for i, k in ipairs(keys) do out[i] = k .. "=" .. tostring(t[k]) end
  return table.concat(out, " ")
end

for _, u in ipairs {"", "http://a/b;p?q#f", "http:", "http://", "//h", "a:b:c", "a/b:c", "1a:b", "http://u@h",
  "http://u:p@h", "http://u:@h", "http://:p@h", "http://@h", "http://h:", "http://h:80", "http://[::1]:80/x",
  "http://[::1]", "http://u@[::1]:8/", "http://[::1", "?q", "#f", ";p", "a;b;c?d?e#f#g", "a#b?c", "a?b#c?d",
  "mailto:x@y", "http://a@b@c/", "http://a:b@c:d@e:9/", "/p", "p", "http://h/a b", "HTTP://H/", "h t:x",
  "x+y-z.1:foo", "http://h?q/r@s", "http://h#f/r", "http://h;p/r", "file:///a", "http://h:8:9/", "://h", ":x",
  "http://u?#x@h/p", "http://h/p@q", "http://h:p/u@v:w", "http://a:b:c@h", "//:80", "//@", "//u:p@", "//u@:8", "//[]",
  "//[::1]x", "//[::1]:", "//h:[", "//a]:8", "//:", "//::", "//u@h@:9", "http://a/b/../c?x/../y#z/../w"} do
  local t, err = url.parse(u)
  print("parse " .. u, show(t), err)
  if t then print("build", url.build(t)) end
end
local default = {scheme = "s", host = "h"}
print(show(url.parse("x", default)), show(default), url.parse(nil, default))

for _, t in ipairs {{}, {scheme = "http", host = "h"}, {scheme = "http", host = "h", port = 80, path = "p"},
  {scheme = "http", host = "h", path = "/p", params = "x", query = "y", fragment = "z"},
  {authority = "a", host = "h", port = "9"}, {authority = "a", userinfo = "u"},
  {host = "h", userinfo = "u", user = "v", password = "w"}, {host = "h", user = "v", password = "w"},
  {host = "h", password = "w"}, {path = ""}, {query = "q"}, {fragment = "f"}, {params = "p"}, {scheme = "s"},
  {scheme = "s", path = "a"}, {host = "::1"}, {host = "[::1]", port = 8}, {host = "::1", port = 8},
  {host = "h", path = ""}, {url = "http://h/x", path = "/y"}, {authority = "a", path = "b"}, {port = 80}, {user = "x"},
  {host = "h", port = ""}, {path = "/x", query = ""}, {host = ""}, {userinfo = "", host = "h"}} do
  print("build " .. show(t), url.build(t))
end

-- References of RFC 3986 section 5.4, and more.
local references = {"g:h", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s", "g?y#s", ";x", "g;x", "g;x?y#s",
  "", ".", "./", "..", "../", "../g", "../..", "../../", "../../g", "../../../g", "../../../../g", "/./g", "/../g",
  "g.", ".g", "g..", "..g", "./../g", "./g/.", "g/./h", "g/../h", "g;x=1/./y", "g;x=1/../y", "g?y/./x", "g?y/../x",
  "g#s/./x", "g#s/../x", "http:g", "http:", "a//b", "//", "/", "a/..", "a/../", "a/b/../../..", "./a:b", "mailto:x",
  "///x", ".?d", "..?d", "..#d", ".;d", "?../d", "..//c", "a/.../b", "/..//../x", "x:/c/../d"}
for _, base in ipairs {"http://a/b/c/d;p?q", "http://a/b/c/d;p?q#f/", "http://a/b/c/", "http://a", "http://a/",
  "http://u:p@a:8/b/c//d/e/f/g", "//h/a/b/c/d/e"} do
  for _, ref in ipairs(references) do print(base .. " + " .. ref, url.absolute(base, ref)) end
end
for _, p in ipairs {{"", "g"}, {"a/b", "c"}, {"/a/b", "../../c"}, {"a", "../c"}, {"mailto:a", "b"}, {"http://a;p", "b"},
  {"http://a?x", "g"}, {"a/b", "./"}, {"a/b/..", "c"}, {"../x", "y"}, {"x/y/z", ".."}, {"s:x/y/z", ".."}, {"s:", "x"},
  {"a/b", "?q"}, {"a/b", ";q"}, {"?a", "b"}, {"a;b?c#d", ";x"}, {"a;b?c#d", "?x"}, {"a;b?c#d", "y"}, {"x/y", "../.."}} do
  print(p[1] .. " + " .. p[2], url.absolute(p[1], p[2]))
end
print(url.absolute(nil, "x"), url.absolute("x", nil), url.absolute({path = "/a/b", scheme = "s", authority = "z"}, "c"))

for _, p in ipairs {"", "/", "a", "/a", "a/", "/a/", "a/b", "/a//b/", "//", "%41/%2f", "a%zz", "a b", "/./..", "a;b"} do
  local t = url.parse_path(p)
  print("path " .. p, show(t), url.build_path(t), url.build_path(t, 1))
end
print(url.build_path {"a b", "c/d", "e:f@g&h=i+j$k,l", "~m-n_o.p!q*r's(t)", "\233"})
print(url.build_path {is_absolute = 1}, url.build_path {is_directory = 1}, url.build_path {1, 2})

local all = {}
for i = 0, 255 do all[i + 1] = string.char(i) end
all = table.concat(all)
print(url.escape(all), url.unescape(url.escape(all)) == all, url.unescape("a+b%2B%4g%"))
print((pcall(url.escape)), (pcall(url.unescape)))
