-- title: a host, and two routers that tell of themselves by SNMP
-- about: R1 and R2 let everybody read who knows community public, and write who knows private. Users of version 3: testuser (SHA, AES),
--        testdes (MD5, DES), test256 (SHA256, AES256) and testcisco (SHA, AES256C) with passwords auth12345 and priv12345; testauth
--        (SHA) has no privacy, testopen neither. R2 tells linux by trap what happens to it, R1 by inform. R2 is 10.0.2.2

local users = {
  {name = "testuser", auth = "SHA", auth_password = "auth12345", priv = "AES", priv_password = "priv12345"},
  {name = "testdes", auth = "MD5", auth_password = "auth12345", priv = "DES", priv_password = "priv12345"},
  {name = "test256", auth = "SHA256", auth_password = "auth12345", priv = "AES256", priv_password = "priv12345"},
  {name = "testcisco", auth = "SHA", auth_password = "auth12345", priv = "AES256C", priv_password = "priv12345"},
  {name = "testauth", auth = "SHA", auth_password = "auth12345"},
  {name = "testopen"},
}

-- agent is what a router serves; how says what becomes of its notifications.
local function agent(location, how)
  return {services = {snmp = {community = "public", write_community = "private", users = users, contact = "noc@lab.example",
    location = location, traps = {how}}}}
end

return {"linux -- R1 -- R2 -- server", nodes = {
  R1 = agent("first floor", {host = "10.0.1.2", inform = true}),
  R2 = agent("second floor", {host = "10.0.1.2"}),
}}
