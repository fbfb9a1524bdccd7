-- title: Why SNMPv3 fails
-- about: ask an agent step by step what keeps it from answering a user: is it there, what is its engine, does it know the user, are
--        digest, cipher and their passwords right, may the user see anything. Where it says no, or nothing, others are tried, and what
--        would cure it is named. The agent of the lab is a device of Cisco's kind, which lengthens keys in another way than net-snmp
-- needs: net HOST:PORT/udp
-- lab:   snmp on linux
-- arg:   host string = 10.0.2.2 | the agent, by name or address
-- arg:   port port = 161 | its port
-- arg:   user string = testcisco | of version 3; when empty, version 3 and the community are looked at
-- arg:   auth string = SHA | digest: MD5, SHA, SHA224, SHA256, SHA384, SHA512; when empty, the user has none
-- arg:   auth_password string = auth12345 | its password
-- arg:   priv string = AES256 | cipher: DES, 3DES, AES, AES192, AES256, AES192C, AES256C; when empty, the user has none
-- arg:   priv_password string = priv12345 | its password
-- arg:   context string = | of the agent's variables; the unnamed one when empty
-- arg:   community string = public | of versions 1 and 2c, tried when version 3 is silent
-- arg:   wait seconds 0.1..60 = 1 | for an answer, twice each time
-- shows:
--   10.0.2.2, user testcisco with SHA and AES256
--
--     right  reach      udp 10.0.2.2:161 answers
--     right  engine     engine 80007ed903020000000003 (example (RFC 5612), mac 02:00:00:00:00:03), boots 1, up for 0 s
--     right  user       the engine has a user 'testcisco'
--     right  auth       the password is right, and the digest is SHA
--     WRONG  priv       the agent could not decrypt the question: the agent uses Reeder's AES-256, as Cisco does
--     right  access     sysUpTime is answered, with authPriv
--
--   to cure it: priv="AES256C"
-- returns: list | a record for each step
--   step string | reach, engine, community, user, auth, priv or access
--   ok boolean | nothing is wrong there
--   text string | what was found
--   remedy string | what would cure it
-- see:   RFC 3414 section 3.2; tutorial/24_snmp_v3; moonwire doc snmp.diagnose
-- categories: snmp, discovery
-- author: the moonwire authors
-- version: 1.0

local script, snmp = require "script", require "snmp"
local args = script.args()

-- given is an argument, nil when it is empty.
local function given(name) return args[name] ~= "" and args[name] or nil end

local who = {port = args.port, community = args.community, timeout = args.wait, user = given "user"}
if who.user then
  who.context, who.auth, who.priv = given "context", given "auth", given "priv"
  who.auth_password, who.priv_password = who.auth and given "auth_password", who.priv and given "priv_password"
end
local found = assert(snmp.diagnose(args.host, who))

print(("%s, %s\n"):format(args.host, who.user and ("user %s with %s"):format(who.user, table.concat({who.auth or "no digest", who.priv}, " and "))
  or "community " .. who.community))
local remedies = {}
for _, finding in ipairs(found) do
  print(("  %-5s  %-9s  %s"):format(finding.ok and "right" or "WRONG", finding.step, finding.text))
  remedies[#remedies + 1] = finding.remedy
end
print(#remedies > 0 and "\nto cure it: " .. table.concat(remedies, "\n            ") or "\n" .. (found.ok and "nothing is wrong" or "no cure is known"))
local steps = {}
for i, finding in ipairs(found) do steps[i] = finding end
return steps
