local socket, task = require "socket", require "task"
local server = assert(socket.bind("127.0.0.1", 0, 1024))
print((select(2, server:getsockname())))
io.stdout:flush()
while true do
  local c = assert(server:accept())
  task.daemon(function()
    while true do
      local data = c:receive(64)
      if not data or not c:send(data) then break end
    end
    c:close()
  end)
end
