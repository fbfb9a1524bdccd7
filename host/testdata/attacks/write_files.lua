-- tries: to make, change and remove files outside the granted folder, by every function that does
-- grants: read OWN; write OWN
-- says: not allowed|escapes
local lfs, pcap, lab, dhcp = require "lfs", require "pcap", require "lab", require "dhcp"
local new, secret = A.outside .. "/new", A.secret

for what, path in pairs{absolute = new, relative = "../outside/new", link = "link/new", dots = A.own .. "/x/../../outside/new", root = "/proc/self/root" .. new,
  ["a link that leads nowhere"] = "dangling", ["zero byte"] = new .. "\0x"} do
  for _, mode in ipairs{"w", "a", "w+", "a+"} do try("io.open " .. mode .. " " .. what, io.open, path, mode) end
end
for _, mode in ipairs{"w", "a", "r+"} do try("io.open " .. mode .. " a file that is there", io.open, secret, mode) end
for _, path in ipairs{"/dev/shm/mw-attack", "/tmp/mw-attack", "/dev/tty", "/proc/self/comm", "/proc/self/oom_score_adj"} do try("io.open w " .. path, io.open, path, "w") end
try("io.output", io.output, new)
try("os.remove", os.remove, secret)
try("os.remove by a link", os.remove, "link/secret")
try("os.rename out", function()
  io.open("mine", "w"):close()
  return os.rename("mine", new)
end)
try("os.rename out by a link", os.rename, "mine", "link/new")
try("os.rename over", os.rename, "mine", secret)
try("os.rename in", os.rename, secret, "taken")
try("os.rename in by a link", os.rename, "link/secret", "taken")
try("os.tmpname", os.tmpname)
try("io.tmpfile", io.tmpfile)
try("lfs.mkdir", lfs.mkdir, new)
try("lfs.mkdir by a link", lfs.mkdir, "link/new")
try("lfs.rmdir", lfs.rmdir, A.outside .. "/empty")
try("lfs.touch", lfs.touch, secret, 0, 0)
try("lfs.touch by a link", lfs.touch, "filelink", 0, 0)
try("lfs.link hard", lfs.link, secret, "hard")
try("lfs.link hard, by a link", lfs.link, "link/secret", "hard")
try("lfs.link hard, out", lfs.link, "mine", new)
try("lfs.link symbolic", lfs.link, secret, "soft", true)
try("lfs.link symbolic, relative", lfs.link, "../outside", "soft", true)
try("lfs.link symbolic, out", lfs.link, "mine", new, true)
try("lfs.link symbolic, to be moved out", function()
  assert(lfs.mkdir "deep" and lfs.mkdir "deep/deeper")
  assert(lfs.link("../../outside/secret", "deep/deeper/soft", true))
  return os.rename("deep/deeper/soft", "soft")
end)
try("lfs.link symbolic, to be moved out with its folder", function()
  assert(lfs.link("../../outside", "deep/deeper/soft", true))
  return os.rename("deep/deeper", "deeper")
end)
assert(lfs.link("mine", "beside", true) and lfs.symlinkattributes("beside", "target") == "mine")
try("lfs.lock_dir", lfs.lock_dir, A.outside)
try("pcap.create", pcap.create, new)
try("pcap.create append", pcap.create, secret, {append = true})
try("lab:capture", function() return lab{"h1 -- h2"}:capture("all", new) end)
try("dhcp.server lease_file", function()
  local net = lab{"h1 -- h2"}
  return net.h1:run(function() return dhcp.server{iface = "eth0", pool = net.h1.address .. "-" .. net.h1.address, lease_file = new} end)
end)
try("wav", function() return require "wav".write(new, {0, 0}, 8000) end)
