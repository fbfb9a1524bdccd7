--- A DHCP server that serves beside the script's tasks.
---@package
local task = require "task"

--- Start the service.
---@param opts? table dhcp.server's
local function start(opts)
  local dhcp = require "dhcp" -- only who serves it needs it
  local ok, server, problem, kind = pcall(dhcp.server, opts)
  if not ok then error((tostring(server):gsub("^.-:%d+: ", ""):gsub("dhcp%.server", "serve.dhcp")), 3) end
  if not server then return nil, (problem:gsub("^dhcp%.server", "serve.dhcp")), kind end
  task.daemon(function(s) s:serve() end, server)
  return server
end

return start
