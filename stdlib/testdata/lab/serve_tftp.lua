-- a client of a few lines reads, block by block
local serve = require "serve"
local text = ("0123456789abcdef"):rep(100) -- 1600 bytes: three blocks and 64 bytes
local s = assert(serve.tftp{port = 0, address = "127.0.0.1", files = {["a/b.txt"] = text, empty = ""}})
local function get(name, mode)
  local c = assert(dgram.udp{timeout = 5})
  c:send("\0\1" .. name .. "\0" .. (mode or "octet") .. "\0", "127.0.0.1:" .. s.port)
  local pieces, n = {}, 0
  repeat
    local data, meta = assert(c:receive())
    if data:sub(1, 2) == "\0\5" then return nil, data:byte(4), data:sub(5, -2) end
    n = n + 1
    assert(data:sub(1, 4) == bytes.pack(">I2I2", 3, n))
    pieces[n] = data:sub(5)
    c:send(bytes.pack(">I2I2", 4, n), meta.peer)
  until #data < 516
  return table.concat(pieces), n
end
local got, n = get("a/b.txt")
got == text, n  --> true, 4
get("/a/./b.txt") == text, get("x/../a/b.txt") == text  --> true, true
get("empty")  --> , 1
get("a/b.txt", "NetASCII") == text  --> true
get("nothing")  --> nil, 1, no such file
get("a")  --> nil, 2, a directory
get("../a/b.txt")  --> nil, 2, no such place
get("a/../../a/b.txt")  --> nil, 2, no such place
get("a\\b.txt")  --> nil, 2, no such place
get("a/b.txt", "mail")  --> nil, 4, no such mode
s.stats.requests, s.stats.errors  --> 11, 6
---
-- a whole block at the end is followed by an empty one
local serve = require "serve"
local s = assert(serve.tftp{port = 0, address = "127.0.0.1", files = {x = ("x"):rep(1024)}})
local c = assert(dgram.udp{timeout = 5})
c:send("\0\1x\0octet\0", "127.0.0.1:" .. s.port)
for n, size in ipairs{512, 512, 0} do
  local data, meta = c:receive()
  #data - 4 == size, data:byte(4) == n  --> true, true
  c:send(bytes.pack(">I2I2", 4, n), meta.peer)
end
---
-- options: known ones are acknowledged, senseless ones passed over
local serve = require "serve"
local s = assert(serve.tftp{port = 0, address = "127.0.0.1", files = {x = ("x"):rep(100)}})
local function ask(options)
  local c = assert(dgram.udp{timeout = 5})
  c:send("\0\1x\0octet\0" .. options, "127.0.0.1:" .. s.port)
  local data, meta = c:receive()
  c:send("\0\5\0\0bye\0", meta.peer)
  return bytes.unpack(">I2", data), (data:sub(3):gsub("%z", " "):sub(1, 40))
end
ask("blksize\0008\0")  --> 6, "blksize 8 "
ask("BLKSIZE\00070000\0tsize\0000\0timeout\000255\0")  --> 6, "blksize 65464 timeout 255 tsize 100 "
bytes.unpack(">I2", "\0\3"), (ask("blksize\0007\0timeout\0000\0foo\0bar\0"))  --> 3, 3
---
-- what gets lost is sent again, what comes twice is not answered twice, and a stranger changes nothing
local serve = require "serve"
local s = assert(serve.tftp{port = 0, address = "127.0.0.1", timeout = 0.05, files = {x = ("x"):rep(600)}})
local c = assert(dgram.udp{timeout = 5})
c:send("\0\1x\0octet\0", "127.0.0.1:" .. s.port)
local first, meta = c:receive()
local again = c:receive() -- no acknowledgement: once more
first == again, #first  --> true, 516
local stranger = assert(dgram.udp{timeout = 5})
stranger:send("\0\4\0\1", meta.peer)
bytes.hex((stranger:receive()):sub(1, 4))  --> 00050005
c:send("\0\4\0\1", meta.peer)
c:send("\0\4\0\1", meta.peer)
#c:receive()  --> 92
c:send("\0\4\0\2", meta.peer)
c:receive{timeout = 0.1} == nil  --> true
s.stats.errors, s.stats.bytes, s.stats.connections  --> 0, 600, 0
---
-- a client that has gone costs a few tries
local serve = require "serve"
local s = assert(serve.tftp{port = 0, address = "127.0.0.1", timeout = 0.02, tries = 3, files = {x = "x"}})
local c = assert(dgram.udp{timeout = 30})
c:send("\0\1x\0octet\0", "127.0.0.1:" .. s.port)
local got = 0
for data in c:datagrams{count = 4} do
  if data:byte(2) == 3 then got = got + 1 end
end
got, s.stats.errors, s.problems[1]:match("no answer.*")  --> 3, 1, no answer to 3 tries
---
-- bad requests get an error or nothing, and the service goes on
local serve = require "serve"
local s = assert(serve.tftp{port = 0, address = "127.0.0.1", files = {x = "x"}})
local c = assert(dgram.udp{to = "127.0.0.1:" .. s.port, timeout = 5})
local function ask(data)
  c:send(data)
  return bytes.unpack(">I2I2", (c:receive()))
end
(select(2, ask("")))  --> 4
(select(2, ask("\0\1")))  --> 4
(select(2, ask("\0\1x")))  --> 4
(select(2, ask("\0\1x\0octet\0blksize\0")))  --> 4
(select(2, ask("\0\1\0octet\0")))  --> 4
(select(2, ask("\0\3\0\1x")))  --> 4
(select(2, ask("\0\9\0\1x")))  --> 4
(select(2, ask("\0\2x\0octet\0")))  --> 2
c:send("\0\5\0\1an error\0")
c:receive{timeout = 0.05} == nil  --> true
s.stats.errors  --> 9
---
-- files are written where that is allowed, and only whole ones are kept
local serve = require "serve"
local files = {x = "old"}
local s = assert(serve.tftp{port = 0, address = "127.0.0.1", files = files, write = true, limit = 2000, timeout = 60})
local hasty = assert(serve.tftp{port = 0, address = "127.0.0.1", files = files, write = true, timeout = 0.05, tries = 2})
local function put(name, text, mode, stop)
  local c = assert(dgram.udp{timeout = 30})
  c:send("\0\2" .. name .. "\0" .. (mode or "octet") .. "\0", "127.0.0.1:" .. (stop and hasty or s).port)
  for n = 0, math.floor(#text / 512) + 1 do
    local data, meta = assert(c:receive())
    if data:byte(2) == 5 then return data:byte(4) end
    if stop == n or n > #text / 512 then return bytes.unpack(">I2", data:sub(3)) end
    c:send(bytes.pack(">I2I2", 3, n + 1) .. text:sub(n * 512 + 1, n * 512 + 512), meta.peer)
  end
end
(put("x", ("y"):rep(1024)))  --> 3
files.x == ("y"):rep(1024)  --> true
(put("t", "a\r\nb\r\0c", "netascii"))  --> 1
files.t == "a\nb\rc"  --> true
put("x", ("z"):rep(1024), "octet", 1)
(put("big", ("z"):rep(3000)))  --> 3
repeat task.sleep(0.01) until hasty.stats.errors == 1
hasty.stats.connections  --> 0
files.x == ("y"):rep(1024), files.big  --> true, nil
---
-- files on disk, in both directions
local serve, lfs = require "serve", require "lfs"
local root = os.tmpname()
os.remove(root)
assert(lfs.mkdir(root))
assert(lfs.mkdir(root .. "/d"))
local f = io.open(root .. "/d/x", "wb")
f:write(("a\n"):rep(400))
f:close()
local linked = lfs.link("/etc/hosts", root .. "/link", true)
local s = assert(serve.tftp{port = 0, address = "127.0.0.1", root = root, write = true, timeout = 5})
local function ask(first)
  local c = assert(dgram.udp{timeout = 5})
  c:send(first, "127.0.0.1:" .. s.port)
  local data, meta = c:receive()
  return data, c, meta.peer
end
local data, c, peer = ask("\0\1d/x\0netascii\0")
data:sub(5) == ("a\r\n"):rep(171):sub(1, 512)  --> true
c:send("\0\5\0\0\0", peer)
not linked or (ask("\0\1link\0octet\0")):sub(1, 4) == "\0\5\0\2"  --> true
(ask("\0\1../d/x\0octet\0")):sub(1, 4) == "\0\5\0\2"  --> true
data, c, peer = ask("\0\2d/y\0octet\0")
c:send("\0\3\0\1hello", peer)
(c:receive()) == "\0\4\0\1"  --> true
task.sleep(0.1)
local names = {}
for name in lfs.dir(root .. "/d") do names[#names + 1] = name end
table.sort(names)
table.concat(names, " ")  --> . .. x y
io.open(root .. "/d/y", "rb"):read("*a")  --> hello
os.remove(root .. "/d/x")
os.remove(root .. "/d/y")
os.remove(root .. "/link")
lfs.rmdir(root .. "/d")
lfs.rmdir(root)
