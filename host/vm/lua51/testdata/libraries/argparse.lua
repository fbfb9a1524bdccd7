local argparse = require "argparse"
local p = argparse("prog", "What it does.")
p:argument("input", "The file.")
p:option("-n --number"):convert(tonumber):default("3")
p:flag("-v --verbose"):count("*")
p:command("start"):option("--port")
local r = p:parse{"file", "-n", "5", "-vv", "start", "--port", "80"}
print(r.input, r.number, r.verbose, r.start, r.port)
print((p:get_help()))
print(p:pparse{"--bogus"})
print(p:pparse{"file", "-n", "x", "start"})
print(p:pparse{})
