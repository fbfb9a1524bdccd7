-- The options of a user are checked before anything is sent.
local snmp = require "snmp"
snmp.open{host="127.0.0.1", user="u", auth="SHA3", auth_password="authentic"} --> error: bad option 'auth' to 'snmp.open' ('SHA3': did you mean 'SHA'? expected one of: MD5, SHA, SHA224, SHA256, SHA384, SHA512)
---
local snmp = require "snmp"
snmp.open{host="127.0.0.1", user="u", auth="SHA", auth_password="short"} --> error: auth password of user "u" has 5 characters: RFC 3414 section 11.2 asks for 8 at least (allow_short takes it)
---
local snmp = require "snmp"
snmp.open{host="127.0.0.1", user="u", auth="SHA", auth_password="authentic", priv="AES512", priv_password="private!"} --> error: bad option 'priv' to 'snmp.open' ('AES512': did you mean
---
local snmp = require "snmp"
snmp.open{host="127.0.0.1", user="u", priv="AES", priv_password="private!"} --> error: bad option 'priv' to 'snmp.open' (privacy needs authentication (RFC 3414 section 1.4.3)
---
local snmp = require "snmp"
snmp.open{host="127.0.0.1", user="u", auth="SHA", auth_password="authentic", priv="AES"} --> error: bad option 'priv_password' to 'snmp.open' (user "u" needs priv password or priv key)
---
local snmp = require "snmp"
snmp.open{host="127.0.0.1", user="u", auth="MD5", auth_key="00"} --> error: bad option 'auth_key' to 'snmp.open' (auth key of user "u" has 1 bytes, needs 16 (a master key of MD5))
---
local snmp = require "snmp"
snmp.open{host="127.0.0.1", user="u", auth="MD5", auth_key="xy"} --> error: bad option 'auth_key' to 'snmp.open' (hexadecimal digits expected)
---
local snmp = require "snmp"
snmp.open{host="127.0.0.1", auth="SHA"} --> error: bad option 'auth' to 'snmp.open' (needs option 'user')
---
local snmp = require "snmp"
snmp.open{host="127.0.0.1", user="u", auth_pasword="authentic"} --> error: bad option 'auth_pasword' to 'snmp.open' (did you mean 'auth_password'?
---
local snmp = require "snmp"
snmp.open{host="127.0.0.1", user="u", engine="xyz"} --> error: bad option 'engine' to 'snmp.open' (engine id "xyz": hexadecimal digits expected, as 0x80001f8804)
---
local snmp = require "snmp"
snmp.diagnose("127.0.0.1", {user="u", auth="SHA3", auth_password="authentic"}) --> error: bad option 'auth' to 'snmp.diagnose'
---
-- All spellings, short passwords where they are wanted, keys of both kinds.
local snmp = require "snmp"
local key = ("00"):rep(20)
for _, o in ipairs{
  {user="u"},
  {user="u", auth_password="authentic"},
  {user="u", auth="sha-256", auth_password="authentic", priv="aes-256-c", priv_password="private!"},
  {user="u", auth="SHA1", auth_password="short", allow_short=true},
  {user="u", auth="SHA", auth_key=key, priv="AES256", priv_key="0x" .. key},
  {user="u", auth="SHA", auth_key=key, priv="AES256", priv_key=("00"):rep(32), localized=true},
  {user="u", engine="0x80:00:1f:88:04:01"},
} do
  o.host = "127.0.0.1"
  local s = assert(snmp.open(o))
  assert(s.version == "3")
  assert((s.engine ~= nil) == (o.engine ~= nil))
  s:close()
end
---
-- Nobody listens there: discovery and diagnosis say so.
local snmp = require "snmp"
local port = 1
local e, message, kind = snmp.discover("127.0.0.1", {port=port, timeout=0.2, retries=0})
assert(not e and kind == "refused" and message:find("^snmp.discover: udp 127.0.0.1:" .. port .. ": refused"), message)
local found = assert(snmp.diagnose("127.0.0.1:" .. port, {user="u", timeout=0.2, retries=0}))
assert(#found == 1 and not found.ok and found[1].step == "reach" and not found[1].ok and found[1].remedy)
assert(found.engine == nil and found.works == nil)
