-- tries: to read variables of the environment that were not granted
-- grants: env MW_GRANTED; run env
nothing("os.getenv", os.getenv "MW_SECRET")
nothing("os.getenv of all", os.getenv "*")
nothing("HOME", os.getenv "HOME")
nothing("PATH", os.getenv "PATH")
nothing("LUA_PATH", os.getenv "LUA_PATH")
nothing("cut", os.getenv "MW_SECRET\0MW_GRANTED")
assert(os.getenv "MW_GRANTED" == "granted")
local p = assert(io.popen "env")
print((p:read "*a":gsub("[^\n]*MW_SECRET[^\n]*", function(line) return "LEAK " .. line end)))
p:close()
os.execute "env"
try("/proc", io.open, "/proc/self/environ")
