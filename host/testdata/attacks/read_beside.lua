-- tries: to read what lies beside it and isn't its own: its folder is where it was saved, a home perhaps
-- grants: read OWN/public
local script, task = require "script", require "task"
assert(script.read "public/ports.csv" == "ssh,22" and script.open("public/../public/ports.csv"):read "*a" == "ssh,22")
for _, name in ipairs{"private.txt", "./private.txt", "public/../private.txt", ".ssh/id", "public/link", "none"} do
  try("script.read " .. name, script.read, name)
  try("script.open " .. name, script.open, name)
end
try("io.open", io.open, "private.txt")
try("in a task", function() return task.spawn(script.read, "private.txt"):join() end)
