-- tries: to read files outside the granted folder, by every function that opens one
-- grants: read OWN; write OWN
-- says: not allowed|own f|No such file
local task, lfs, pcap, mib = require "task", require "lfs", require "pcap", require "mib"
local snmp, dhcp, lab, tls = require "snmp", require "dhcp", require "lab", require "tls"
local secret, outside = A.secret, A.outside

for what, path in pairs{
  absolute = secret, relative = "../outside/secret", dots = A.own .. "/x/../../outside/secret", slashes = A.own .. "//..//outside/./secret",
  link = "link/secret", ["link to the file"] = "filelink", ["back through a link"] = "link/../outside/secret", ["two links"] = "linklink/secret",
  root = "/proc/self/root" .. secret, cwd = "/proc/self/cwd/../outside/secret", ["zero byte"] = secret .. "\0.txt",
} do
  try("io.open " .. what, io.open, path)
  try("io.open r+ " .. what, io.open, path, "r+")
end
for _, path in ipairs{"/etc/passwd", "/proc/self/environ", "/proc/self/maps", "/proc/self/mem", "/proc/thread-self/environ", "/proc/1/environ", "/dev/mem",
  "/dev/fd/0", "/proc/self/fd/0", "/sys/class/net/lo/address", "/", "..", "link"} do
  try("io.open " .. path, function()
    local f, problem = io.open(path)
    if not f then return f, problem end
    return f:read(1) -- a folder opens, and has nothing to read
  end)
end
try("io.lines", io.lines, secret)
try("io.input", io.input, secret)
try("loadfile", loadfile, secret)
try("dofile", dofile, secret)
try("task.worker", task.worker, A.outside .. "/module.lua")
try("lab.open", lab.open, A.outside .. "/module.lua")
try("pcap.open", pcap.open, secret)
try("mib.load", mib.load, secret)
try("mib.load folder", mib.load, outside)
try("snmp.recording", snmp.recording, secret)
try("snmp.agent", snmp.agent, {from = secret, port = 0})
try("dhcp.leases", dhcp.leases, secret)
try("lfs.attributes", lfs.attributes, secret)
try("lfs.attributes of a link", lfs.attributes, "filelink")
try("lfs.symlinkattributes", lfs.symlinkattributes, secret)
try("lfs.symlinkattributes behind a link", lfs.symlinkattributes, "link/secret")
try("lfs.dir", lfs.dir, outside)
try("lfs.dir of a link", lfs.dir, "link")
try("lfs.dir of ..", lfs.dir, "..")
try("lfs.chdir", lfs.chdir, outside)
try("lfs.chdir by a link", lfs.chdir, "link")
try("lfs.lock", function() return lfs.lock(assert(io.open(secret)), "r") end)
try("script.read", function() return require "script".read("../outside/secret") end)
try("script.read absolute", function() return require "script".read(secret) end)
try("script.open", function() return require "script".open("link/secret") end)
