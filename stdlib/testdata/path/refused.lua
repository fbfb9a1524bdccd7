-- a router that knows no way says so; it says it once a second
for _, verb in ipairs{
  function() return tostring(require "ping" ("10.0.77.1", {count = 1}):replies()()) end,
  function() return tostring(require "traceroute" ("10.0.77.1", {probes = 1})) end,
  function() return table.concat({select(2, require "pmtu" ("10.0.77.1"))}, ", ") end,
} do
  require "expect" (verb()):to_contain("network unreachable")
  task.sleep(1.1)
end
