local mime = require "mime"

-- quote writes a value so that every implementation writes it alike.
local function quote(v)
  if type(v) == "function" then return "f" end
  if type(v) ~= "string" then return tostring(v) end
  return '"' .. v:gsub('[^ !#-~]', function(c) return ("\\%03d"):format(c:byte()) end) .. '"'
end
local function try(label, f, ...)
  local n = select("#", ...)
  local args = {...}
  for i = 1, n do args[i] = quote(args[i]) end
  local r = {pcall(f, ...)}
  for i = 1, 3 do r[i] = quote(r[i]) end
  if r[1] == "false" then r = {"raises"} end
  print(label .. "(" .. table.concat(args, ", ", 1, n) .. ")", table.concat(r, " "))
end

for _, name in ipairs {"b64", "unb64", "qp", "unqp"} do
  local f = mime[name]
  try(name, f) try(name, f, nil) try(name, f, nil, "x") try(name, f, "") try(name, f, "", "") try(name, f, 1234)
  try(name, f, print == nil) try(name, f, "a", true)
  for _, s in ipairs {"abc", "abcd", "YQ==", "YQ", "Y Q = =", "YQ==YQ==", "!!YW\r\nJj", "Y", "====", "Y===", "YQ=a",
    "=YWJ", "a b\t", "a \r\n", "a\t\r\nb", "a\r", "a\n", "a\rb", "=?", "\0\127~!@#$`[]{}^|\\", " ", "\tx", "  x", " =",
    "x y", " \r", "  \r", "x \rx", "\r\r", "=\r", "\r\n\r\n", "=41", "=4", "=", "=\r\nx", "=\nx", "=zz", "=e9", "a\r\nb",
    "a\0b\200", "=3D=3d", "a =\r\n b", "= \r\n", "a==41", "=4=41", "a=", "ab\r", "ma\231\227=", "a\255"} do
    try(name, f, s)
    for i = 0, #s do try(name, f, s:sub(1, i), s:sub(i + 1)) end
  end
end
try("qp", mime.qp, "a \r\nb\n", "z", "<>") try("qp", mime.qp, "a\r\nb", nil, "<>") try("qp", mime.qp, "a ", nil, "<>")
try("qp", mime.qp, "a", "b", true)

for _, name in ipairs {"wrp", "qpwrp"} do
  local f = mime[name]
  try(name, f) try(name, f, nil) try(name, f, "x") try(name, f, 4, "ab", false)
  for left = -1, 9 do
    try(name, f, left, nil, 8)
    for _, s in ipairs {"", "ab=3Dcd", "a\r\nbcdefg\nhijklmnop", "ab\rcd", "=3D=3D=3D"} do
      for _, length in ipairs {0, 1, 2, 4, 8} do try(name, f, left, s, length) end
    end
  end
  for n = 70, 77 do
    local a = ("a"):rep(n)
    try(name, f, 76, a) try(name, f, 76, a .. "=3D") try(name, f, 76, a .. "=3Db") try(name, f, 76, a .. "=3D\r\nb")
  end
  try(name, f, 4, "abcdefgh", "4")
end

try("eol", mime.eol) try("eol", mime.eol, 0) try("eol", mime.eol, 13, nil, "X") try("eol", mime.eol, 0, "a", true)
for _, last in ipairs {0, 10, 13, 65, "13"} do
  for _, s in ipairs {"", "a", "\n", "\r", "\r\n", "\n\r", "\nb", "\rb", "a\n\n\r\r\nb\n\re", "\r\r\r", "\n\r\n\r"} do
    try("eol", mime.eol, last, s) try("eol", mime.eol, last, s, "<>")
  end
end
try("dot", mime.dot) try("dot", mime.dot, 2) try("dot", mime.dot, 0, nil) try("dot", mime.dot, 2, true)
for seen = 0, 3 do
  for _, s in ipairs {"", ".", "..", "\n.", "\r\n.", "\r\r\n.", "a\r", "a\r\n", ".\r\n.\r\n..\r\n", "a."} do
    try("dot", mime.dot, seen, s)
  end
end

local function feed(make, ...)
  local f = make(...)
  local out = {}
  for i, chunk in ipairs {"a b=41 \r", "\n.xx=", "3D\n\r", ("y"):rep(160), ""} do out[i] = tostring(f(chunk)) end
  return table.concat(out, "|"), f(nil)
end
for _, name in ipairs {"base64", "quoted-printable", "text", "default", "nope", 5} do
  try("encode", feed, mime.encode, name) try("decode", feed, mime.decode, name) try("wrap", feed, mime.wrap, name)
  try("wrap", feed, mime.wrap, name, 5)
end
try("encode", feed, mime.encode, "quoted-printable", "binary")
try("encode", feed, mime.encode, "quoted-printable", "text")
try("wrap", feed, mime.wrap)
try("stuff", feed, mime.stuff)
try("normalize", feed, mime.normalize)
try("normalize", feed, mime.normalize, "<>")
