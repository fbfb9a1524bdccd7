--- An SNMP agent that tells of the host it runs on, beside the script's tasks.
---@package
local task = require "task"

-- These tell of the host; all other options are the agent's.
local OF_HOST = {"name", "contact", "location", "description", "traps"}

--- Start the service.
---@param opts? table
local function start(opts)
  local snmp = require "snmp" -- only who serves it needs it
  local agent, host = {statistics = true}, {}
  for option, value in pairs(opts or {}) do agent[option] = value end
  for _, option in ipairs(OF_HOST) do host[option], agent[option] = agent[option], nil end
  agent.host = host
  local ok, service, problem, kind = pcall(snmp.agent, agent)
  if not ok then error((tostring(service):gsub("^.-:%d+: ", ""):gsub("snmp%.agent", "serve.snmp")), 3) end
  if not service then return nil, (problem:gsub("^snmp%.agent", "serve.snmp")), kind end
  task.daemon(function(a) a:serve() end, service)
  return service
end

return start
