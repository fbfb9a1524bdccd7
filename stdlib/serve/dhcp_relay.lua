--- A DHCP relay agent that works beside the script's tasks.
---@package
local task = require "task"

--- Start the service.
---@param opts? table dhcp.relay's
local function start(opts)
  local dhcp = require "dhcp"
  local ok, relay, problem, kind = pcall(dhcp.relay, opts)
  if not ok then error((tostring(relay):gsub("^.-:%d+: ", ""):gsub("dhcp%.relay", "serve.dhcp_relay")), 3) end
  if not relay then return nil, (problem:gsub("^dhcp%.relay", "serve.dhcp_relay")), kind end
  task.daemon(function(r) r:serve() end, relay)
  return relay
end

return start
