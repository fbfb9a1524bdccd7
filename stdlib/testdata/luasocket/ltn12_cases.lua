local ltn12 = require "ltn12"
local source, sink, filter, pump = ltn12.source, ltn12.sink, ltn12.filter, ltn12.pump

local function try(label, f)
  local r = {pcall(f)}
  for i = 1, 6 do r[i] = tostring(r[i]) end
  if r[1] == "false" then r = {"raises"} end
  print(label, table.concat(r, " "))
end

-- A filter that keeps all until the end, one that changes each chunk, and a log of the calls of a filter.
local function hold()
  local kept = ""
  return function(chunk)
    if chunk then kept = kept .. chunk return "" end
    local out = kept
    kept = ""
    return out ~= "" and out or nil
  end
end
local function upper(chunk) return chunk and chunk:upper() end
local function logged(f)
  local log = {}
  return function(chunk)
    local out = f(chunk)
    log[#log + 1] = tostring(chunk) .. ">" .. tostring(out)
    return out
  end, log
end
local function double() -- gives each chunk twice
  local again
  return function(chunk)
    if chunk == nil then return nil end
    if chunk ~= "" then again = chunk return chunk end
    local out = again or ""
    again = nil
    return out
  end
end

print(ltn12._VERSION, ltn12.BLOCKSIZE)
try("source.empty", function() return source.empty()() end)
try("source.error", function() return source.error("e")() end)
try("source.file without a handle", function() return source.file(nil, "why")() end)
try("source.file without a reason", function() return source.file()() end)
try("source.string", function() local s = source.string(("x"):rep(5000)) return #s(), #s(), #s(), s() end)
try("source.string of nothing", function() return source.string("")(), source.string(nil)(), source.string(12)() end)
try("source.table", function() local s = source.table {1, nil, "c"} return s(), s(), s(), s() end)
try("source.table of no table", function() return source.table("x") end)
try("source.cat", function() local s = source.cat(source.string "a", source.string "b") return s(), s(), s(), s() end)
try("source.cat of nothing", function() return source.cat()() end)
try("source.cat of a failure", function()
  local s = source.cat(source.string "a", source.error "boo", source.string "b")
  return s(), select(2, s()), s()
end)
try("source.rewind", function()
  local s = source.rewind(source.string "abc")
  local first = s()
  s(first) s("zz")
  return s(), s(), s()
end)
try("source.simplify", function()
  local s = source.simplify(function() return "a", function() return "b", function() return nil end end end)
  return s(), s(), s()
end)
try("source.simplify of a failure", function() return source.simplify(function() return nil, "bad" end)() end)
for _, name in ipairs {"simplify", "rewind", "chain"} do
  try("source." .. name .. " of nothing", function() return source[name]() end)
end
try("source.chain", function()
  local f, log = logged(upper)
  local s = source.chain(source.table {"a", "b"}, f)
  return s(), s(), s(), table.concat(log, " ")
end)
try("source.chain that holds", function()
  local f, log = logged(hold())
  local s = source.chain(source.table {"a", "b"}, f)
  return s(), s(), table.concat(log, " ")
end)
try("source.chain after its end", function() local s = source.chain(source.empty(), upper) s() return s() end)
try("source.chain of a bad filter", function() return source.chain(source.string "a", function() end)() end)
try("source.chain of a failure", function() return source.chain(source.error "e", upper)() end)
try("source.chain of two", function()
  local s = source.chain(source.table {"a", "b"}, double(), upper)
  return s(), s(), s(), s(), s()
end)
try("sink.null", function() return sink.null()("x", "y") end)
try("sink.error", function() return sink.error("e")("x") end)
try("sink.file without a handle", function() return sink.file(nil, "why")("x") end)
try("sink.file without a reason", function() return sink.file()("x") end)
try("sink.table", function() local s, t = sink.table() return s("x"), s(nil), s(""), #t end)
try("sink.table given", function() local mine = {"z"} local s, t = sink.table(mine) s("a") return t == mine, #t end)
try("sink.table and a failure", function() return sink.table()(nil, "err") end)
try("sink.simplify", function()
  local log = {}
  local function second(chunk) log[#log + 1] = "2" .. chunk return 1 end
  local s = sink.simplify(function(chunk) log[#log + 1] = "1" .. chunk return 1, second end)
  return s "x", s "y", table.concat(log, ",")
end)
try("sink.simplify of a failure", function() return sink.simplify(function() return nil, "bad" end)("x") end)
try("sink.chain", function()
  local k, t = sink.table()
  local s = sink.chain(hold(), k)
  return s "a", s "b", s(nil), table.concat(t, "|")
end)
try("sink.chain of two", function()
  local k, t = sink.table()
  local s = sink.chain(double(), upper, k)
  return s "a", s "b", s(nil), table.concat(t, "|")
end)
try("sink.chain into a failure", function() return sink.chain(upper, sink.error "nope")("x") end)
try("sink.chain passes a failure", function()
  return sink.chain(upper, function(chunk, err) return nil, tostring(chunk) .. err end)(nil, "why")
end)
try("filter.cycle", function()
  local f = filter.cycle(function(ctx, chunk, extra)
    return tostring(ctx) .. tostring(chunk) .. tostring(extra), ctx + 1
  end, 5, "E")
  return f "a", f "b", f(nil)
end)
try("filter.cycle of nothing", function() return filter.cycle() end)
try("filter.chain of one", function() return filter.chain(upper)("x") end)
try("filter.chain calls", function()
  local f, first = logged(hold())
  local g, second = logged(upper)
  local c = filter.chain(f, g)
  local out = {}
  for _, chunk in ipairs {"a", "b", "", ""} do out[#out + 1] = c(chunk) end
  return c(nil), c(nil), table.concat(out, "|"), table.concat(first, " "), table.concat(second, " ")
end)
try("pump.step", function() return pump.step(source.string "x", sink.null()) end)
try("pump.step at the end", function() return pump.step(source.empty(), sink.null()) end)
try("pump.step of a source's failure", function() return pump.step(source.error "x", sink.null()) end)
try("pump.step of a sink's failure", function() return pump.step(source.string "x", sink.error "k") end)
try("pump.all", function() return pump.all(source.string "x", sink.null()) end)
try("pump.all of a source's failure", function() return pump.all(source.error "x", sink.null()) end)
try("pump.all of a sink's failure", function() return pump.all(source.string "x", sink.error "k") end)
try("pump.all with a step", function()
  local n = 0
  return pump.all(1, 2, function(a, b) n = n + 1 if n < 4 then return 1 end return nil, "st" .. a .. b end)
end)
try("pump.all of nothing", function() return pump.all() end)
try("BLOCKSIZE", function()
  ltn12.BLOCKSIZE = 3
  local s = source.string "abcdefg"
  return s(), s(), s(), s()
end)
