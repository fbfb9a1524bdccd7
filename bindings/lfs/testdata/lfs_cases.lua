-- Prints what module lfs answers in the directory it is given, LuaFileSystem's or ours.
local root = ROOT or ...
local lfs = require "lfs"

local function show(...)
  local list = {}
  for i = 1, select("#", ...) do list[i] = tostring((select(i, ...))) end
  print((table.concat(list, " "):gsub("0x%x+", "ADDRESS")))
end
local function refused(f, ...)
  local ok, message = pcall(f, ...)
  show(ok, (tostring(message):gsub("^%S+:%d+: ", ""):gsub("'lfs%.", "'"):gsub("'%?'", "'f'"):gsub("'[a-z_]+' %(", "'f' (")))
end

show(lfs._VERSION)
show(lfs.chdir(root))
show(lfs.currentdir() == root)
show(lfs.mkdir("sub"), lfs.mkdir("sub"))
show(lfs.mkdir("no/such"))
show(lfs.rmdir("nothing"))
local hello = io.open("file", "w") hello:write("hello") hello:close()
show(lfs.rmdir("file"))
io.open("sub/inner", "w"):close()
show(lfs.rmdir("sub"))
show(lfs.mkdir(""))
show(lfs.chdir("file"))
show(lfs.chdir("nothing"))
show(lfs.chdir(""))
show(lfs.link("file", "hard"))
show(lfs.link("file", "soft", true))
show(lfs.link("file", "soft", true))
show(lfs.link("nothing", "dead", true))
show(lfs.link("nothing", "other"))

for _, name in ipairs{"file", "hard", "soft", "dead", "sub", "sub/inner", "nothing", "/dev/null", ""} do
  for _, f in ipairs{"attributes", "symlinkattributes"} do
    local t, message, code = lfs[f](name)
    if not t then
      show(f, name, t, message, code)
    else
      local keys = {}
      for k in pairs(t) do keys[#keys + 1] = k end
      table.sort(keys)
      for i, k in ipairs(keys) do
        local volatile = k == "access" or k == "change" or k == "modification" or k == "blocks" or k == "ino"
        keys[i] = k .. "=" .. (volatile and type(t[k]) or tostring(t[k]))
      end
      show(f, name, table.concat(keys, " "))
    end
  end
end
for _, key in ipairs{"mode", "size", "permissions", "nlink", "uid", "gid", "rdev", "target", "blksize"} do
  show(key, pcall(lfs.symlinkattributes, "soft", key))
end
for _, key in ipairs{"mode", "size", "permissions", "nlink"} do show(key, lfs.attributes("soft", key)) end
show(lfs.symlinkattributes("file", "target"))
show(lfs.attributes("nothing", "mode"))
refused(lfs.attributes, "file", "nonsense")
local t = {}
show(lfs.attributes("file", t) == t, t.size)

show(lfs.touch("file", 1000000000, 1100000000), lfs.attributes("file", "access"), lfs.attributes("file", "modification"))
show(lfs.touch("file", 1200000000), lfs.attributes("file", "access"), lfs.attributes("file", "modification"))
show(lfs.touch("file"), os.time() - lfs.attributes("file", "modification") < 10)
show(lfs.touch("nothing"))

local names = {}
for name in lfs.dir "." do names[#names + 1] = name end
table.sort(names)
show(table.concat(names, " "))
local _, dir = lfs.dir "sub"
names = {}
while true do
  local name = dir:next()
  if not name then break end
  names[#names + 1] = name
end
table.sort(names)
show(table.concat(names, " "))
refused(dir.next, dir)
_, dir = lfs.dir "sub"
show(dir:close())
refused(dir.next, dir)
show(pcall(dir.close, dir))
refused(lfs.dir, "nothing")
refused(lfs.dir, "file")

local lock = lfs.lock_dir(root)
show(lock ~= nil, lfs.attributes("lockfile.lfs"))
show(lfs.symlinkattributes("lockfile.lfs", "mode"))
show(lfs.lock_dir(root))
show(lock:free())
show(lfs.symlinkattributes("lockfile.lfs", "mode"))
show(lock:free())
show(lfs.lock_dir("nothing"))

local f = io.open("file", "r+")
show(lfs.lock(f, "w"), lfs.lock(f, "r"), lfs.lock(f, "w", 1, 2), lfs.unlock(f), lfs.unlock(f, 1, 2))
show(lfs.setmode(f, "binary"), lfs.setmode(f, "text"))
refused(lfs.setmode, f, "other")
refused(lfs.lock, f, "x")
refused(lfs.lock, f)
refused(lfs.lock, 1, "r")
f:close()
refused(lfs.lock, f, "r")
refused(lfs.setmode, f, "binary")
local readonly = io.open("file", "r")
show(lfs.lock(readonly, "w"))
readonly:close()
for _, name in ipairs{"attributes", "chdir", "dir", "link", "lock_dir", "mkdir", "rmdir", "symlinkattributes", "touch", "lock", "unlock", "setmode"} do
  refused(lfs[name])
  refused(lfs[name], true)
end
