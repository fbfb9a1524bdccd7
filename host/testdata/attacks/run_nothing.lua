-- tries: to run programs without a grant for any
-- grants: read OWN
for _, line in ipairs{"true", "touch " .. A.outside .. "/new", "/bin/true", "sh -c true", ":"} do
  try("os.execute " .. line, os.execute, line)
  try("io.popen " .. line, io.popen, line)
end
