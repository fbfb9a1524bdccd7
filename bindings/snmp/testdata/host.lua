-- a lab's host carries an agent that tells of it, and sends a trap when an interface is shut
local snmp, task = require "snmp", require "task"
local net = require "lab" {"linux -- R1 -- R2 -- server", nodes = {R2 = {services = {snmp = {community = "public", write_community = "private",
  contact = "noc", traps = {"linux", {host = "linux", inform = true, timeout = 0.5, retries = 1}, {host = "linux", version = 1}}}}}}}
net.linux:run(function()
  local s = assert(snmp.open{host = "R2", community = "private"})
  local l = assert(snmp.listen{port = 162})
  assert(s:get("sysDescr.0").value == "R2, a router of a moonwire lab")
  assert(s:get("sysContact.0").value == "noc" and s:get("ifNumber.0").value == 3)
  net.R2:shutdown("eth1")
  local seen = {}
  while not (seen.trap1 and seen.trap2c and seen.inform2c) do
    local event
    repeat event = assert(l:next(5)) until event.trap ~= "coldStart" -- that was sent before anybody listened, or after
    assert(event.trap == "linkDown" and event.vars.ifIndex.value == 3 and event.vars.ifAdminStatus.text == "down", tostring(event))
    seen[event.kind .. event.version] = true
  end
  assert(s:get("ifOperStatus.3").text == "down" and not net.R2.interfaces.eth1.up)
  assert(s:set{["ifAdminStatus.3"] = "up"})
  assert(net.R2.interfaces.eth1.up and l:next(5).trap == "linkUp")
  assert(s:set{["sysName.0"] = "core"})
  assert(s:get("snmpInSetRequests.0").value == 2)
end)
assert(net.R2.hostname == "core" and net.R2.name == "R2" and net.R2:run(require "socket".dns.gethostname) == "core")
---
-- who isn't allowed is told of when that is wanted
local snmp = require "snmp"
local net = require "lab" {"linux -- R1"}
local l = net.linux:run(function()
  return assert(snmp.listen{port = 162, users = {{name = "ann", auth = "SHA", auth_password = "auth12345"}}})
end)
local agent = net.R1:serve_snmp{community = "public", write_community = "private", users = {{name = "ann", auth = "SHA", auth_password = "auth12345"}},
  traps = {{host = "linux", user = "ann"}}}
assert(#agent.targets == 1 and agent.targets[1].to == "linux:162" and agent.engine:match("^80007ed903020000"))
net.linux:run(function()
  assert(l:next(5).trap == "coldStart")
  local s = assert(snmp.open{host = "R1", community = "private"})
  local wrong = assert(snmp.open{host = "R1", community = "wrong", timeout = 0.1, retries = 0})
  assert(select(3, wrong:get("sysName.0")) == "timeout")
  assert(not l:next(0.2))
  assert(s:set{["snmpEnableAuthenTraps.0"] = "enabled"})
  assert(not wrong:get("sysName.0"))
  local event = assert(l:next(5))
  assert(event.trap == "authenticationFailure" and event.user == "ann" and event.version == "3", tostring(event))
end)
---
-- misuse names what is wrong
local net = require "lab" {"R1"}
net.R1:serve_snmp{comunity = "x"} --> error: bad option 'comunity' to 'serve.snmp' (did you mean 'community'?
---
local net = require "lab" {"R1"}
net.R1:serve_snmp{traps = {{host = "x", user = "bob"}}} --> error: the agent has no user 'bob'
---
-- it goes on when nobody keeps hold of it, and functions of the script have their say
local snmp, task = require "snmp", require "task"
local net = require "lab" {"linux -- R1"}
net.R1:serve_snmp{community = "public", write_community = "private", on_set = function(request)
  if request.name == "sysName.0" and request.value == "no" then return nil, "wrongValue" end
end}
for _ = 1, 3 do collectgarbage() task.sleep(0.05) end
net.linux:run(function()
  local s = assert(snmp.open{host = "R1", community = "private"})
  assert(s:set{["sysName.0"] = "yes"})
  assert(select(3, s:set{["sysName.0"] = "no"}) == "wrong_value")
  assert(s:get("sysName.0").value == "yes")
end)
