-- select.
local socket = require "socket"
local lib = require "lib"
local show, try, section, pair = lib.show, lib.try, lib.section, lib.pair

section("nothing", function()
  show("both nil", socket.select(nil, nil, 0.01))
  show("both empty", socket.select({}, {}, 0.01))
  show("zero", socket.select(nil, nil, 0))
  local u = socket.udp4()
  u:close()
  show("closed", socket.select({u}, {u}, 0.01))
  show("fresh", socket.select({socket.tcp()}, nil, 0.01))
end)

section("bad calls", function()
  try("word", function() return socket.select("x", nil, 0) end)
  try("number", function() return socket.select({}, 1, 0) end)
  try("timeout", function() return socket.select({}, {}, "x") end)
  try("member number", function() return socket.select({1}, nil, 0) end)
  try("member table", function() return socket.select({{}}, nil, 0) end)
  try("member string", function() return socket.select({"x"}, nil, 0) end)
end)

section("ready", function()
  local c, s, server = pair()
  local names = {[c] = "client", [s] = "peer", [server] = "server"}
  local function which(label, r, w, err)
    local function list(t)
      local out = {}
      for i, v in ipairs(t) do
        assert(t[v] == i)
        out[i] = names[v]
      end
      table.sort(out)
      return table.concat(out, " ")
    end
    show(label, list(r), list(w), err)
  end
  which("writable", socket.select(nil, {c, s}, 1))
  which("not readable", socket.select({c, s, server}, nil, 0.01))
  c:send("line\nmore")
  which("readable", socket.select({c, s, server}, nil, 1))
  which("both", socket.select({s}, {s, c}, 1))
  s:receive()
  which("dirty", socket.select({c, s}, nil, 0))
  which("dirty and writable", socket.select({c, s}, {c}, 0))
  s:receive(4)
  which("drained", socket.select({c, s}, nil, 0.01))
  local ip, port = server:getsockname()
  local another = assert(socket.connect(ip, port))
  names[another] = "another"
  which("to accept", socket.select({server}, nil, 1))
  c:close()
  which("ended", socket.select({s}, nil, 1))
  show("count", select("#", socket.select({s}, nil, 1)), select("#", socket.select({another}, nil, 0)))
end)

section("a foreign descriptor", function()
  local stdin = {getfd = function() return 0 end}
  local r, w, err = socket.select({stdin}, nil, 1)
  show("null device", #r, r[1] == stdin, err)
end)

section("anything with getfd", function()
  local c, s = pair()
  local wrapped = {getfd = function() return s:getfd() end, dirty = function() return false end}
  show("waits", #socket.select({wrapped}, nil, 0.01))
  c:send("x")
  local r = socket.select({wrapped}, nil, 1)
  show("ready", #r, r[1] == wrapped, r[wrapped])
  local dirty = {getfd = function() return c:getfd() end, dirty = function() return true end}
  r = socket.select({dirty}, nil, 1)
  show("dirty", #r, r[1] == dirty)
  show("no descriptor", socket.select({{getfd = function() return -1 end}}, nil, 0.01))
  show("no number", socket.select({{getfd = function() return "x" end}}, nil, 0.01))
  try("raises", function() return socket.select({{getfd = function() error("no", 0) end}}, nil, 0.01) end)
  try("too large", function() return socket.select({{getfd = function() return 5000 end}}, nil, 0.01) end)
end)
