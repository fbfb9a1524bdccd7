-- Prints what pack, unpack and packsize of a library answer: Lua 5.3's string or module bytes. Errors lose the name of
-- the library, and their place.
local lib = ...

local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end

local function show(...)
  local list = {}
  for i = 1, select("#", ...) do
    local v = select(i, ...)
    if type(v) == "number" then
      v = ("%.14g"):format(v)
    elseif type(v) == "string" then
      v = '"' .. hex(v) .. '"'
    end
    list[i] = type(v) == "table" and "{}" or tostring(v)
  end
  return table.concat(list, " ")
end

local function attempt(what, ...)
  local args, n = {...}, select("#", ...)
  local function run() local f = lib[what]; return show(f((table.unpack or unpack)(args, 1, n))) end
  local _, text = pcall(function()
    if what == "pack" then local r = lib.pack((table.unpack or unpack)(args, 1, n)); return show(r) end
    if what == "packsize" then local r = lib.packsize((table.unpack or unpack)(args, 1, n)); return show(r) end
    local r = {lib.unpack((table.unpack or unpack)(args, 1, n))}
    return show((table.unpack or unpack)(r))
  end)
  print(what, show(...), "=>", (text:gsub("^[^\n]-:%d+: ", ""):gsub("'bytes%.", "'"):gsub("no value", "nil")))
end

local formats = {
  "", " ", "b", "B", "h", "H", "l", "j", "i", "I", "f", "d", "n", "s", "z", "x", "Xb", "c0", "c5", "<i3", ">I5", "=i2", "!",
  "!4 i8", "!8 b Xi8 b", "!2 b i4", "!1 b i8", "<!4 b d", "i0", "i17", "I99", "s0", "s17", "c", "X", "Xc1", "Xx", "X ", "Xz",
  "!3 i3", "!0", "!17", "q", "b!9b", "!16 b i16", "s1", "s2 b", "z z", ">!4 s2 i4", "xxx b", "b Xs4", "!4 b Xs4", "i16", "I16",
  "c1", "<f", ">f", ">d", "!8 c3 i8", "<i7", ">i9", ">I9", "i 4", "!i", "b<", "i1i2i3i4i5i6i7i8",
}
local values = {
  0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, -32768, 65535, 65536, 2147483647, 4294967295, 4294967296, -2147483649,
  1099511627776, 0.5, -1.5, 1e300, "", "a", "abc", "abcdef", "a\0b", "12", "0x10", "x", {}, true,
}
for _, format in ipairs(formats) do
  attempt("packsize", format)
  attempt("pack", format)
  for _, v in ipairs(values) do attempt("pack", format, v, v, 3, 4, 5, 6, 7, 8) end
end

local data = {"", "\0", "\1\2", "\127\255\3\4", "\255\255\255\255\255\255\255", "\3abcdef\0", "\0\3abc\0\0\0xyz", ("\1\0"):rep(6), ("\0"):rep(20), ("\255"):rep(6) .. ("\0"):rep(10)}
for _, format in ipairs(formats) do
  -- seven unsigned bytes and more are an integer there and a u64 here
  local wide = format:find "[LJT]" or format:find "I1?[6789]" or format:find "I99"
  if not wide then
    for _, text in ipairs(data) do
      for _, position in ipairs{1, 2, 5, -1, -3, -30, 0, 21, 22} do attempt("unpack", format, text, position) end
      attempt("unpack", format, text)
    end
  end
end
attempt("unpack", "b")
attempt("pack")
attempt("packsize", {})
