--- An SNMP agent that tells of the host it runs on, beside the script's tasks.
---@package

--- Start the service.
---@param opts? table
local function start(opts)
  local snmp = require "snmp" -- only who serves it needs it
  if not snmp.agent then return {} end
  error("serve.snmp: to be joined with snmp.agent")
end

return start
