--- A server of DHCPv6 that serves beside the script's tasks.
---@package
local task = require "task"

--- Start the service.
---@param opts? table dhcp6.server's
local function start(opts)
  local dhcp6 = require "dhcp6" -- only who serves it needs it
  local ok, server, problem, kind = pcall(dhcp6.server, opts)
  if not ok then error((tostring(server):gsub("^.-:%d+: ", ""):gsub("dhcp6%.server", "serve.dhcp6")), 3) end
  if not server then return nil, (problem:gsub("^dhcp6%.server", "serve.dhcp6")), kind end
  task.daemon(function(s) s:serve() end, server)
  return server
end

return start
