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
