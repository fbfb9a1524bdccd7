-- tries: to run other programs, and the granted one by a shell
-- grants: run true; run OWN/tool; read OWN; write OWN
-- says: not allowed|without a shell|no program is named
local own = A.own
local touch = "touch " .. A.outside .. "/new"
for _, line in ipairs{touch, "/bin/sh -c '" .. touch .. "'", "sh", "./true", A.own .. "/true", "/bin/true/../touch " .. A.outside .. "/new", "truetouch", "", " ", "\n",
  "env true", "TRUE=1 touch", "(true)", "{ true; }", "!true", "true;touch", "true&&touch", "'true;' touch", "\"true\"touch", "$0", "`touch`", "~/true", "exec true",
  "touch\0true", own .. "/othertool", own .. "/../own/othertool", "/proc/self/exe -e 'os.execute\"" .. touch .. "\"'"} do
  try("os.execute " .. line, os.execute, line)
  try("io.popen " .. line, io.popen, line)
  try("io.popen w " .. line, io.popen, line, "w")
end

-- What is told the granted program is no command.
for _, line in ipairs{"true; " .. touch, "true && " .. touch, "true | " .. touch, "true $(" .. touch .. ")", "true `" .. touch .. "`", "true\n" .. touch,
  "true & " .. touch, "true > " .. A.outside .. "/new", "true 2>" .. A.outside .. "/new", "true <(" .. touch .. ")"} do
  os.execute(line)
  local p = io.popen(line)
  if p then p:close() end
end
