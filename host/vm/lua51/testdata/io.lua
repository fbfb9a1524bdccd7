--- open, write, read, close
local f = assert(io.open("a.txt", "w")) print(io.type(f), f:write("line one\n", 2, " ", 3.5, "\nlast"), f:close(), io.type(f)) f = io.open("a.txt") print(f:read()) print(f:read("*n", "*n")) print(f:read("*l")) print(f:read("*a")) print(f:read("*a")) print(f:read("*l")) print(f:close()) os.remove("a.txt")
--- failures to open
print(io.open("missing.txt")) print(io.open("missing/dir.txt", "w")) print(io.open("x", "q")) print(pcall(io.open))
--- closed files
local f = io.open("a.txt", "w") f:close() print(pcall(f.read, f)) print(pcall(function() f:write("x") end)) print(tostring(f), io.type(f), io.type(5)) print(pcall(io.close, f)) print(pcall(f.close)) os.remove("a.txt")
--- read formats
local f = io.open("n.txt", "w") f:write("12 0x1f -3.5e2 abc\n\nrest of line\nxyz") f:close() f = io.open("n.txt") print(f:read("*n", "*n", "*n", "*n")) print(f:read("*l")) print(f:read("*l")) print(f:read(4), f:read(0), f:read("*l")) print(f:read(100), f:read(1), f:read(0)) f:close() os.remove("n.txt")
--- numbers in files
local f = io.open("n.txt", "w") f:write(" 1 2.5 .5 1e3 +7 -8 0x10 1e 5x 99") f:close() f = io.open("n.txt") for i = 1, 12 do io.write(tostring(f:read("*n")), " ") end print() f:close() os.remove("n.txt")
--- lines
local f = io.open("l.txt", "w") f:write("a\nb\n\nd") f:close() for l in io.lines("l.txt") do io.write("[", l, "]") end print() f = io.open("l.txt") for l in f:lines() do io.write("<", l, ">") end print(io.type(f)) f:close() print(pcall(io.lines, "missing.txt")) local it = io.lines("l.txt") it() it() it() it() print(it()) print(pcall(it)) os.remove("l.txt")
--- seek
local f = io.open("s.txt", "w+") f:write("0123456789") print(f:seek(), f:seek("set"), f:read(3), f:seek("cur"), f:seek("cur", 2), f:read(1), f:seek("end"), f:seek("end", -2), f:read("*a"), f:seek("set", 4), f:read(2)) f:seek("set", 1) f:write("AB") f:seek("set") print(f:read("*a")) print(f:seek("set", -1)) print(pcall(f.seek, f, "nope")) f:close() os.remove("s.txt")
--- append and update
local f = io.open("u.txt", "w") f:write("one\n") f:close() f = io.open("u.txt", "a") f:write("two\n") f:close() f = io.open("u.txt", "r+") print(f:read("*l")) f:seek("cur", 0) f:write("TWO\n") f:seek("set") print(f:read("*a")) f:close() f = io.open("u.txt", "a+") f:write("three\n") f:seek("set") print(f:read("*a")) f:close() os.remove("u.txt")
--- writing to a file open for reading
local f = io.open("r.txt", "w") f:write("x") print(f:read()) f:close() f = io.open("r.txt") print(f:write("y")) f:close() os.remove("r.txt")
--- default files
io.output("d.txt") io.write("hello\n", 42, "\n") print(io.output() ~= io.stdout) io.close() io.output(io.stdout) io.input("d.txt") print(io.read(), io.read("*n"), io.read("*l"), io.read("*l")) io.close(io.input()) print(pcall(io.read)) io.input(io.stdin) os.remove("d.txt")
--- default output closed
io.output("d.txt") io.close() print(pcall(io.write, "x")) io.output(io.stdout) os.remove("d.txt")
--- standard files
print(io.type(io.stdin), io.type(io.stdout), io.type(io.stderr)) print(io.stdout:write("out\n") == true) print(io.stdout:seek("cur") ~= nil or true, tostring(io.stdout):match("^file %(0x%x+%)$") ~= nil)
--- reading standard input
print(io.read()) print(io.read("*n")) print(io.read("*l")) print(io.read(3)) print(io.read("*a")) print(io.read()) print(io.read("*a"))
--- io.lines on standard input
for l in io.lines() do io.write(l, "|") end print()
--- setvbuf and flush
local f = io.open("v.txt", "w") print(f:setvbuf("full", 1024), f:setvbuf("line"), f:setvbuf("no"), f:flush(), io.flush()) print(pcall(f.setvbuf, f, "x")) print(pcall(f.setvbuf, f)) f:close() os.remove("v.txt")
--- tmpfile
local f = io.tmpfile() f:write("temporary") f:seek("set") print(f:read("*a")) print(f:close())
--- popen
local p = io.popen("echo hello; echo world") print(p:read("*a")) print(p:close()) p = io.popen("cat > p.txt", "w") p:write("piped\n") p:close() for l in io.lines("p.txt") do print(l) end os.remove("p.txt") for l in io.popen("printf 'a\\nb'"):lines() do io.write(l, ",") end print() print(io.popen("exit 3"):close())
--- binary data
local s = "" for i = 0, 255 do s = s .. string.char(i) end local f = io.open("b.bin", "wb") f:write(s) f:close() f = io.open("b.bin", "rb") local r = f:read("*a") print(#r, r == s) f:seek("set", 128) print(f:read(1):byte()) f:close() os.remove("b.bin")
--- big files
local f = io.open("big.txt", "w") for i = 1, 20000 do f:write("line ", i, "\n") end f:close() local n, s = 0, 0 for l in io.lines("big.txt") do n = n + 1 s = s + #l end print(n, s) f = io.open("big.txt") print(#f:read("*a"), f:seek("end")) f:close() os.remove("big.txt")
--- methods of files
local names = {} for k in pairs(getmetatable(io.stdout)) do names[#names + 1] = k end table.sort(names) print(table.concat(names, " ")) print(getmetatable(io.stdout).__index == getmetatable(io.stdout))
--- bad self
print(pcall(io.stdout.write, 5)) print(pcall(io.stdout.close, {})) print(pcall(function() io.stdout.read() end)) print(pcall(io.stdout.lines)) print(pcall(io.stdout.write, io.stdout, {}))
--- read returns up to the first failure
local f = io.open("f.txt", "w") f:write("1 x") f:close() f = io.open("f.txt") print(f:read("*n", "*n", "*l")) f:close() os.remove("f.txt")
--- read of nothing
local f = io.open("e.txt", "w") f:close() f = io.open("e.txt") print(f:read(), f:read("*a"), f:read("*n"), f:read(1), f:read(0)) f:close() os.remove("e.txt")
