-- Each pair of digest and cipher, with our agent: also those that others lack.
local users = {{user="open"}}
for _, auth in ipairs{"MD5", "SHA", "SHA224", "SHA256", "SHA384", "SHA512"} do
  users[#users + 1] = {user=auth, auth=auth, auth_password="authentic"}
  for _, priv in ipairs{"DES", "3DES", "AES", "AES192", "AES256", "AES192C", "AES256C"} do
    users[#users + 1] = {user=auth .. "+" .. priv, auth=auth, auth_password="authentic", priv=priv, priv_password="private!"}
  end
end
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2"}, users=users})
for _, o in ipairs(users) do
  o.host, o.timeout = a.address, 5
  local s = assert(snmp.open(o))
  assert(assert(s:get("sysName.0")).value == "R2", o.user)
  s:close()
end
---
-- Keys in place of passwords: RFC 3414 section A.3's, master and localised.
local a = assert(snmp.agent{port=0, address="127.0.0.1", engine="000000000000000000000002", tree={["sysName.0"]="R2"},
  users={{user="md5", auth="MD5", auth_password="maplesyrup"}, {user="sha", auth="SHA", auth_password="maplesyrup", priv="AES", priv_password="maplesyrup"}}})
for _, o in ipairs{
  {user="md5", auth="MD5", auth_password="maplesyrup"},
  {user="md5", auth="MD5", auth_key="9faf3283884e92834ebc9847d8edd963"},
  {user="md5", auth="MD5", auth_key="0x526f5eed9fcce26f8964c2930787d82b", localized=true},
  {user="sha", auth="SHA", auth_key="9fb5cc0381497b3793528939ff788d5d79145211", priv="AES", priv_password="maplesyrup"},
  {user="sha", auth="SHA", auth_key="9fb5cc0381497b3793528939ff788d5d79145211", priv="AES", priv_key="9fb5cc0381497b3793528939ff788d5d79145211"},
  {user="sha", auth="SHA", auth_key="6695febc9288e36282235fc7151f128497b38f3f", priv="AES", priv_key="6695febc9288e36282235fc7151f1284", localized=true},
} do
  o.host, o.timeout = a.address, 5
  local s = assert(snmp.open(o))
  local v, message = s:get("sysName.0")
  assert(v and v.value == "R2", message)
  assert(s.engine.id == "000000000000000000000002" and s.engine.format == "enterprise")
end
---
-- Contexts: a name chooses among the variables of one engine.
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="plain"}, contexts={other={tree={["sysName.0"]="other"}}}, users={{user="u"}}})
local function name(context)
  local s = assert(snmp.open{host=a.address, user="u", context=context, timeout=30})
  local v, message, kind = s:get("sysName.0")
  return v and v.value or kind
end
name() --> plain
name("other") --> other
name("none") --> notfound
---
-- An agent that begins anew, with its engine or with another: the session goes on.
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2"}, users={{user="u", auth="SHA", auth_password="authentic"}}})
local s = assert(snmp.open{host=a.address, user="u", auth="SHA", auth_password="authentic", timeout=30})
assert(s:get("sysName.0"))
local id = s.engine.id
a:reboot()
assert(s:get("sysName.0"))
assert(s.engine.boots == 2 and s.engine.id == id)
a:reboot{engine="80007ed904616e6f74686572"}
assert(s:get("sysName.0"))
assert(s.engine.boots == 3 and s.engine.value == "another")
assert(s.stats.timeouts == 0 and s.stats.retries == 0)
