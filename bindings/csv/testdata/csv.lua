-- fields are split as RFC 4180 says
local function show(text, opts)
  local rows, message, kind = csv.parse(text, opts)
  if not rows then return nil, message, kind end
  for i, row in ipairs(rows) do rows[i] = table.concat(row, "|") end
  return table.concat(rows, "/")
end
show("a,b\r\nc,d\r\n")  --> a|b/c|d
show("a,b\nc,d")  --> a|b/c|d
show('"a,b","c ""d""","e\r\nf"\n')  --> 'a,b|c "d"|e\r\nf'
show("a,,\n,\n")  --> a||/|
show('""\n')  --> ""
show("\n\na\n\r\nb\n")  --> a/b
show("")  --> ""
show("a;b,c\n", {separator = ";"})  --> a|b,c
show("\ra\rb,c\n")  --> '\ra\rb|c'
show("a\0b,\255\n")  --> 'a\0b|\255'
show("a,b\nc,\"d\n")  --> nil, csv: line 2: closing quote missing, malformed
show('a,b"c\n')  --> nil, csv: line 1: quote inside a field that has none around it, malformed
show('"a"b\n')  --> nil, csv: line 1: text after the closing quote, malformed
---
-- a header names the fields
local rows = csv.parse("ip,name\n10.0.0.1,R1\n10.0.0.2,R2\n", {header = true})
#rows, rows[1].ip, rows[2].name  --> 2, 10.0.0.1, R2
csv.parse("a,b\n1\n", {header = true})  --> nil, csv: line 2: 1 fields under a header of 2, malformed
#csv.parse("", {header = true})  --> 0
---
-- rows come one by one, from text and from pieces
local pieces, i = {"a,", "b\r", "\nc", ",\"d", "\"\"", "\"\n"}, 0
local got = {}
for row in csv.rows(function() i = i + 1 return pieces[i] end) do got[#got + 1] = table.concat(row, "|") end
table.concat(got, "/")  --> a|b/c|d"
---
-- a coroutine may take over the reading
local pieces, i = {"a\n", "b\n"}, 0
local next = csv.rows(function() i = i + 1 return pieces[i] end)
next()[1], coroutine.wrap(function() return next()[1] end)(), next()  --> a, b, nil
---
-- an iterator that can't go on raises an error with its kind
local ok, e = pcall(function() for _ in csv.rows('a\n"b') do end end)
ok, e.message, e.kind, tostring(e)  --> false, csv: line 2: closing quote missing, malformed, csv: line 2: closing quote missing
---
-- what is written is read again
local rows = {{"a,b", 'say "x"', "two\r\nlines", "", "plain"}, {1, 0.5, true, "é", "\0"}, {""}}
local again = csv.parse(csv.format(rows))
#again, again[1][1], again[1][2], again[1][3] == "two\r\nlines", again[1][4], again[3][1]  --> 3, "a,b", 'say "x"', true, "", ""
again[2][1], again[2][2], again[2][3], again[2][5] == "\0"  --> 1, 0.5, true, true
csv.format{{"a", "b"}} == "a,b\r\n"  --> true
csv.format({{a = 1}}, {header = {"a", "b"}, separator = ";", newline = "\n"})  --> 'a;b\n1;\n'
---
-- rows are tables
csv.format{1}  --> error: bad argument #1 to 'csv.format' (rows: row 1 is a number, not a table)
---
-- options are checked
csv.parse("", {seperator = ";"})  --> error: bad option 'seperator' to 'csv.parse' (did you mean 'separator'? expected one of: header, separator)
---
-- separators are one character
csv.parse("", {separator = ", "})  --> error: bad option 'separator' to 'csv.parse' (one character expected, got ', ')
---
-- a source gives strings
csv.parse(function() return {} end)  --> error: csv.parse: source gave a table, not a string
