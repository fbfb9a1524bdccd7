-- a constructor right in a call does what a table does: the last of equal names counts, nil is no field
packet.ip{ttl=1, ttl=2}.ttl, packet.ip{ttl=1, ttl=nil}.ttl, packet.ip{ttl=nil}.ttl, packet.ip{ttl=nil, ttl=3}.ttl --> 2, 64, 64, 3
packet.ip{["ttl"]=4, id=1 + 1}.ttl --> 4
---
-- constructors inside of constructors
local ip = packet.ip
local p = ip{ttl=ip{ttl=7, id=ip{id=9}.id}.ttl, id=2}
p.ttl, p.id --> 7, 2
packet.ip{ttl={1, 2}, dst={"10.0.0.1", "10.0.0.2"}}:count() --> 4
---
-- a table that somebody holds is a table
local ip = packet.ip
local t = {ttl=3}
t.ttl = t.ttl + 1
ip(t).ttl, t.ttl, type(t) --> 4, 4, table
local f, u = packet.ip, {ttl=5}
f(u).ttl, u.ttl --> 5, 5
---
-- choices among values, and results of calls
local function three() return 3 end
local yes = true
packet.ip{ttl=yes and 4 or 5, id=three()}.ttl, packet.ip{id=three(), ttl=#"abc"}.ttl --> 4, 3
---
-- an error among the values leaves nothing behind
local ip = packet.ip
for _ = 1, 3 do
  assert(not pcall(function() return ip{ttl=3, id=error("no")} end))
  assert(not pcall(function() return ip{ttl=3, nonsense=1} end))
  assert(not pcall(function() return ip{ttl=300} end))
  local p = ip{id=5}
  assert(p.ttl == 64 and p.id == 5)
end
---
-- coroutines in the middle of constructors
local ip, yield = packet.ip, coroutine.yield
local function make(n) return coroutine.wrap(function() return ip{id=n, ttl=yield()} end) end
local a, b = make(1), make(2)
a() b()
local p, q = a(7), b(8)
p.id, p.ttl, q.id, q.ttl --> 1, 7, 2, 8
---
-- who looks at the stack meanwhile sees a table
local seen
local function look()
  for i = 1, 20 do
    local name, v = debug.getlocal(2, i)
    if not name then break end
    if type(v) == "table" and v.ttl then seen = v end
    assert(type(v) ~= "userdata")
  end
  return 9
end
local function build() return (packet.ip{ttl=5, id=look()}) end
local p = build()
seen.ttl, p.ttl, p.id, seen.id --> 5, 5, 9, 9
---
-- who puts another function there gives it a table
local function swap()
  for i = 1, 20 do
    local name, v = debug.getlocal(2, i)
    if not name then break end
    if type(v) == "function" and v == packet.ip then debug.setlocal(2, i, function(t) return t end) end
  end
  return 9
end
local function build() return (packet.ip{ttl=5, id=swap()}) end
local t = build()
type(t), t.ttl, t.id --> table, 5, 9
---
-- a hook sees a table
local seen
debug.sethook(function()
  local info = debug.getinfo(2, "f")
  if info.func == packet.ip then seen = select(2, debug.getlocal(2, 1)) end
end, "c")
local p = packet.ip{ttl=6}
debug.sethook()
p.ttl, seen.ttl --> 6, 6
---
-- a layer whose fields depend on each other, one that is no row of fields, and a protocol of the script's own
packet.ipv6_routing{type=4, addresses={"::1"}}.type, packet.raw{load="ab"}.load --> 4, ab
packet.http{Method="GET", Path="/x"}.Path --> /x
local hb = packet.protocol("hb", {"ver", bits=8})
hb{ver=3}.ver, packet.hb{ver=4}.ver --> 3, 4
---
-- a misspelt field raises at its line
packet.ip{ttl=3, tll=4}  --> error: ip has no field named 'tll' (did you mean 'ttl'?)
---
-- a number is no name
packet.ip{ttl=3, 4}  --> error: ip has fields with names, got number
