-- a directory is made, listed and removed
local root = os.tmpname()
os.remove(root)
lfs.mkdir(root)  --> true
lfs.mkdir(root)  --> nil, File exists, 17
lfs.attributes(root, "mode")  --> directory
lfs.attributes(root).permissions:sub(1, 3)  --> rwx
local f = assert(io.open(root .. "/a", "w"))
f:write("hello")
f:close()
lfs.attributes(root .. "/a", "size"), lfs.attributes(root .. "/a").mode  --> 5, file
local names = {}
for name in lfs.dir(root) do names[#names + 1] = name end
table.sort(names)
table.concat(names, " ")  --> . .. a
lfs.rmdir(root)  --> nil, Directory not empty, 39
lfs.rmdir(root .. "/a")  --> nil, Not a directory, 20
os.remove(root .. "/a")
lfs.rmdir(root)  --> true
lfs.rmdir(root)  --> nil, No such file or directory, 2
---
-- the current directory is the script's own
local root = os.tmpname()
os.remove(root)
assert(lfs.mkdir(root))
local before = lfs.currentdir()
assert(lfs.chdir(root))
assert(lfs.currentdir() == root)
assert(io.open("here", "w")):close()
lfs.attributes(root .. "/here", "mode"), lfs.attributes("here", "mode")  --> file, file
lfs.mkdir("sub"), lfs.chdir("sub")  --> true, true
lfs.attributes("../here", "mode")  --> file
assert(lfs.chdir(root))
select(2, lfs.chdir("nowhere"))  --> "Unable to change working directory to 'nowhere'\nNo such file or directory\n"
lfs.chdir("here")  --> nil, "Unable to change working directory to 'here'\nNot a directory\n"
os.remove(root .. "/here")
lfs.rmdir("sub")
assert(lfs.chdir(before))
lfs.rmdir(root)  --> true
---
-- links and times
local root = os.tmpname()
os.remove(root)
assert(lfs.mkdir(root) and lfs.chdir(root))
assert(io.open("a", "w")):close()
lfs.link("a", "b"), lfs.link("a", "c", true)  --> true, true
lfs.attributes("a", "nlink"), lfs.attributes("c", "mode"), lfs.symlinkattributes("c", "mode")  --> 2, file, link
lfs.symlinkattributes("c", "target"), lfs.symlinkattributes("c").target  --> a, a
lfs.symlinkattributes("a", "target")  --> nil, could not obtain link target: Invalid argument, 22
lfs.touch("a", 1000000000, 1100000000)  --> true
lfs.attributes("a", "access"), lfs.attributes("a", "modification")  --> 1000000000, 1100000000
lfs.touch("a", 1200000000)  --> true
lfs.attributes("a").modification  --> 1200000000
for _, name in ipairs{"a", "b", "c"} do os.remove(root .. "/" .. name) end
lfs.rmdir(root)  --> true
---
-- attributes fills a table it is given
local t = {x = 1}
lfs.attributes(".", t) == t, t.x, t.mode  --> true, 1, directory
---
-- an unknown attribute raises
lfs.attributes(".", "sise")  --> error: invalid attribute name 'sise' (did you mean 'size'?)
---
-- a directory that is not there raises
for _ in lfs.dir("no such place") do end  --> error: cannot open no such place: No such file or directory
---
-- a directory that was read is closed
local it, dir = lfs.dir(".")
while it(dir) do end
dir:next()  --> error: bad argument #1 to 'next' (closed directory)
---
-- a directory is locked by one at a time
local root = os.tmpname()
os.remove(root)
assert(lfs.mkdir(root))
local lock = assert(lfs.lock_dir(root))
lfs.lock_dir(root)  --> nil, File exists
lock:free()
lock:free()
assert(lfs.lock_dir(root)):free()
lfs.rmdir(root)  --> true
---
-- names are strings
lfs.mkdir()  --> error: bad argument #1 to 'lfs.mkdir' (string expected, got no value)
---
-- files are locked and unlocked
local f = assert(io.tmpfile())
f:write("0123456789")
f:flush()
lfs.lock(f, "w")  --> true
lfs.lock(f, "r", 2, 4)  --> true
lfs.unlock(f)  --> true
lfs.lock(f, "u")  --> true
lfs.setmode(f, "binary")  --> true, binary
lfs.setmode(io.stdout, "text")  --> true, binary
---
-- modes of locks are checked
lfs.lock(io.tmpfile(), "x")  --> error: lock: invalid mode
---
-- a closed file has no lock
local f = io.tmpfile()
f:close()
lfs.lock(f, "w")  --> error: lock: closed file
---
-- only files are locked
lfs.lock("name", "w")  --> error: bad argument #1 to 'lfs.lock' (FILE* expected, got string)
