-- the agent that labs' hosts carry, on this machine
local snmp = require "snmp"
local agent = assert(require("serve").snmp{port = 0, address = "127.0.0.1", community = "public", name = "here"})
local s = assert(snmp.open{host = agent.address, timeout = 30})
assert(s:get("sysName.0").value == "here" and s:get("ifNumber.0").value >= 1)
assert(agent:close() and agent:close())
