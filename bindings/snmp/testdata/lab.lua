-- time-outs and sendings are exact, and cost no real time
local net = lab{"linux -- R2"}
net.linux:run(function()
  local silent = net.R2:run(function() return assert(dgram.udp{address = "0.0.0.0:161"}) end)
  local s = assert(snmp.open{host = net.R2.address})
  local start = clock.now()
  local v, message, kind = s:get("sysName.0")
  assert(v == nil and kind == "timeout" and message:find("no answer within 6s (6 sendings)", 1, true), message)
  assert(message:find("when the community is wrong: 'public'", 1, true), message)
  assert(math.abs(clock.now() - start - 6) < 0.001 and s.stats.sent == 6 and s.stats.timeouts == 1)
end)
---
-- what ends in silence after an answer had the right password and the right community
local net = lab{"linux -- R2"}
local ann = {user = "ann", auth_password = "auth12345", priv_password = "priv12345"}
net.linux:run(function()
  local agent = net.R2:run(function() return assert(snmp.agent{community = "public", tree = {["sysName.0"] = "R2"}, users = {ann}}) end)
  for _, who in ipairs{{community = "public"}, ann} do
    who.host = net.R2.address
    local s = assert(snmp.open(who))
    assert(s:get("sysName.0"))
    agent:fault{drop = true}
    local _, message, kind = s:get("sysName.0")
    assert(kind == "timeout" and message:find("(6 sendings) (it answered before)", 1, true), message)
    agent:fault{}
  end
end)
---
-- port unreachable is told at once, with a remedy
local net = lab{"linux -- R2"}
net.linux:run(function()
  for _, transport in ipairs{"udp", "tcp"} do
    local start = clock.now()
    local v, message, kind = assert(snmp.open{host = net.R2.address, transport = transport}):get("sysName.0")
    assert(v == nil and kind == "refused" and message:find("is an agent running", 1, true), message)
    assert(clock.now() - start < 0.5)
  end
end)
---
-- by name, by IPv6 and by link-local address, over UDP and TCP
local net = lab({"linux -- R2"}, {ipv6 = true})
net.linux:run(function()
  local agent = net.R2:run(function() return assert(snmp.agent{tree = {["sysName.0"] = "R2"}}) end)
  local own
  for _, card in ipairs(net.R2:run(link.interfaces)) do
    for _, a in ipairs(card.addresses) do own = a:match("^(fe80[^/]*)") or own end
  end
  for _, host in ipairs{"R2", net.R2.address, assert(own) .. "%eth0"} do
    for _, transport in ipairs{"udp", "tcp"} do
      local s = assert(snmp.open{host = host, transport = transport})
      assert(assert(s:get("sysName.0")).value == "R2")
    end
  end
end)
---
-- columns side by side are eight times as fast as one walk where the way is long
local net = lab{"linux -- R2", delay = {["linux--R2"] = 0.01}}
net.linux:run(function()
  local rows = {}
  for i = 1, 500 do
    rows[i] = {ifIndex = i, ifDescr = "interface " .. i, ifMtu = 1500, ifSpeed = i, ifInOctets = i, ifOutOctets = i, ifInErrors = 0, ifOutErrors = 0,
      ifOperStatus = "up", ifAdminStatus = "up", ifType = 6}
  end
  local agent = net.R2:run(function() return assert(snmp.agent{tree = {ifTable = rows}}) end)
  local s = assert(snmp.open{host = net.R2.address})
  local start, count = clock.now(), 0
  for v in s:walk("ifTable") do count = count + 1 end
  local walked = clock.now() - start
  start = clock.now()
  local all = assert(s:table("ifTable", {columns = {"ifDescr", "ifMtu", "ifSpeed", "ifInOctets", "ifOutOctets", "ifInErrors", "ifOutErrors",
    "ifOperStatus", "ifAdminStatus", "ifType"}}))
  local fetched = clock.now() - start
  assert(count == 5500 and #all == 500 and all[500].ifDescr.value == "interface 500")
  assert(walked / fetched > 8, ("%.3f s and %.3f s"):format(walked, fetched))
end)
---
-- a poll keeps to its rate, asks again, and gives each target its own result
local net = lab{"linux -- R2"}
net.linux:run(function()
  local agent = net.R2:run(function() return assert(snmp.agent{tree = {["sysName.0"] = "R2"}}) end)
  local targets = {}
  for i = 1, 50 do targets[i] = net.R2.address end
  targets[51], targets[52] = {host = net.R2.address, community = "wrong", note = "mine"}, net.R2.address .. ":999"
  local start, kinds, vars = clock.now(), {}, 0
  local p = assert(snmp.poll(targets, {"sysName.0"}, {rate = 100, retries = 1}))
  for r in p do
    if r.vars then vars = vars + 1 end
    kinds[r.index] = r.kind
    assert(r.target == targets[r.index])
  end
  assert(vars == 50 and kinds[51] == "timeout" and kinds[52] == "refused", kinds[51])
  local took = clock.now() - start
  assert(took > 2.4 and took < 2.7 and p.stats.sent == 53, took)
end)
---
-- cancelling and deadlines act at once, wherever a question is
local net = lab{"linux -- R2"}
net.linux:run(function()
  local silent = net.R2:run(function() return {assert(dgram.udp{address = "0.0.0.0:161"}), assert(socket.bind("0.0.0.0", 161))} end)
  for _, transport in ipairs{"udp", "tcp"} do
    local s = assert(snmp.open{host = net.R2.address, transport = transport, timeout = 100})
    for name, f in pairs{
      get = function() s:get("sysName.0") end,
      walk = function() for v in s:walk("ifTable") do end end,
      table = function() s:table("ifTable") end,
      poll = function() for r in snmp.poll({net.R2.address}, "sysName.0", {timeout = 100}) do end end,
    } do
      local start = clock.now()
      local t = task.spawn(f)
      task.sleep(0.25)
      t:cancel()
      t:join()
      assert(math.abs(clock.now() - start - 0.25) < 0.001, name)
      task.timeout(0.25, f)
      assert(math.abs(clock.now() - start - 0.5) < 0.001, name)
    end
  end
end)
---
-- an agent that errs in every way: each question ends by its deadline, with a value or a kind
local net = lab{"linux -- R2"}
local user = {user = "u", auth = "SHA", auth_password = "authentic", priv = "AES", priv_password = "private!"}
local rows = {}
for i = 1, 30 do rows[i] = {ifIndex = i, ifDescr = "interface " .. i, ifMtu = 1500} end
local faults = {
  none = {}, drop = {drop = true}, stall = {stall = true}, late = {delay = 100}, slow = {delay = 0.6}, garbage = {garbage = true}, cut = {cut = 5},
  wrong_id = {wrong_id = true}, elsewhere = {elsewhere = true}, trickle = {trickle = 0.4}, byte_by_byte = {trickle = 0.0001}, loop = {loop = true},
  status = {status = "genErr"}, too_big = {too_big = true}, wrong_type = {wrong_type = true}, thrice = {duplicate = 2}, middle = {drop = true, skip = 3},
}
local fine = {none = true, slow = true, byte_by_byte = true, wrong_type = true, thrice = true}
net.linux:run(function()
  for name, fault in pairs(faults) do
    local agent = net.R2:run(function()
      return assert(snmp.agent{tree = {["sysName.0"] = "R2", ifTable = rows}, write_community = "public", writable = true, users = {user}, faults = fault})
    end)
    for _, transport in ipairs{"udp", "tcp"} do
      for version, options in pairs{["1"] = {version = 1}, ["2c"] = {version = "2c"}, ["3"] = user} do
        local o = {host = net.R2.address, transport = transport, timeout = 0.5, retries = 1}
        for k, v in pairs(options) do o[k] = v end
        local function s() return assert(snmp.open(o)) end
        local function walk(options)
          local ok, failure = pcall(function() for v in s():walk("ifTable", options) do end end)
          if ok then return true end
          return nil, tostring(failure), failure.kind
        end
        local asks = {
          get = function() return s():get("sysName.0") end,
          next = function() return s():getnext("sysName") end,
          set = function() return s():set{["sysName.0"] = "R3"} end,
          bulk = function() return s():getbulk{"ifDescr", max_repetitions = 5} end,
          walk = walk,
          walk_next = function() return walk{bulk = false} end,
          table = function() return s():table("ifTable", {columns = {"ifDescr"}}) end,
        }
        if version ~= "2c" or transport == "tcp" then asks = {get = asks.get, walk = asks.walk, set = version == "3" and asks.set or nil} end
        for op, f in pairs(asks) do
          local what = table.concat({name, transport, version, op}, " ")
          agent:fault(fault)
          local start, v, message, kind = clock.now(), f()
          local took = clock.now() - start
          local questions = not (op:find("walk") or op == "table") and 1 or fine[name] and 100 or 8
          assert(took <= questions + (version == "3" and 1 or 0) + 0.1, ("%s took %g s"):format(what, took))
          if v == nil then
            assert(type(kind) == "string" and #message > 10, what .. ": " .. tostring(message))
            assert(kind == "timeout" or kind == "malformed" or kind == "loop" or kind == "gen_err" or kind == "too_big" or kind == "unsupported", what .. ": " .. message)
          end
          assert(v ~= nil or not fine[name] or kind == "unsupported", what .. ": " .. tostring(message))
        end
      end
    end
    agent:close()
  end
end)
