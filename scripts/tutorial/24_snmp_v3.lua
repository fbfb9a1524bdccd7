-- title: A question that nobody else can read
-- about: before version 3 asks anything, it asks who is there: a question without user, in clear, that wants a report. The report tells
--        the agent's engine, how often it booted and for how long it is up. Keys are made of passwords and that engine's id, digests and
--        ciphers of keys and that time: only then the question goes out, signed and encrypted. The wire's bytes stand beside what they
--        say, since this script knows the passwords; then the same with DES in place of AES, and with passwords that are wrong
-- needs: net HOST:PORT/udp
-- lab:   snmp on linux in simulated time
-- arg:   host string = 10.0.2.2 | the agent
-- arg:   port integer 1..65535 = 161 | where it listens
-- arg:   user string = testuser | who asks
-- arg:   auth string = SHA | the user's digest
-- arg:   priv string = AES | the user's cipher
-- arg:   des_user string = testdes | another, with MD5 and DES; may be empty
-- arg:   auth_password string = auth12345 | of both
-- arg:   priv_password string = priv12345 | of both
-- shows:
--                manager                                    agent
--       0.0 ms      |----------- get (discovery) ------------>|
--       0.0 ms      |<--- report usmStatsUnknownEngineIDs.0 --|
--       0.0 ms      |------- get sysName.0, encrypted ------->|
--       0.0 ms      |<----- response sysName.0, encrypted ----|
--
--   1. manager to agent, 64 bytes: get (discovery)
--     version                        3 (3)
--     msgID                          1487210950
--     msgMaxSize                     65507
--     msgFlags                       reportable (0x04)
--     msgSecurityModel               3
--     msgSecurityParameters
--       msgAuthoritativeEngineID     -
--       msgAuthoritativeEngineBoots  0
--       msgAuthoritativeEngineTime   0
--       msgUserName                  ""
--       msgAuthenticationParameters  -
--       msgPrivacyParameters         -
--     contextEngineID                -
--     contextName                    ""
--     pdu                            get (0)
--       id                           1487210950
--       error                        noError (0)
--       error_index                  0
--       vars                         0
--
--   2. agent to manager, 103 bytes: report usmStatsUnknownEngineIDs.0
--     version                         3 (3)
--     msgID                           1487210950
--     msgMaxSize                      65507
--     msgFlags                        none (0x00)
--     msgSecurityModel                3
--     msgSecurityParameters
--       msgAuthoritativeEngineID      80007ed903020000000003
--       msgAuthoritativeEngineBoots   1
--       msgAuthoritativeEngineTime    0
--       msgUserName                   ""
--       msgAuthenticationParameters   -
--       msgPrivacyParameters          -
--     contextEngineID                 80007ed903020000000003
--     contextName                     ""
--     pdu                             report (8)
--       id                            1487210950
--       error                         noError (0)
--       error_index                   0
--       vars                          1
--         usmStatsUnknownEngineIDs.0  Counter32: 1
--
--   3. manager to agent, 131 bytes: get sysName.0, encrypted
--     version                        3 (3)
--     msgID                          1487210951
--     msgMaxSize                     65507
--     msgFlags                       auth+priv+reportable (0x07)
--     msgSecurityModel               3
--     msgSecurityParameters
--       msgAuthoritativeEngineID     80007ed903020000000003
--       msgAuthoritativeEngineBoots  1
--       msgAuthoritativeEngineTime   0
--       msgUserName                  "testuser"
--       msgAuthenticationParameters  462500df83965f8c732e8f0f
--       msgPrivacyParameters         ef1e7da7935e9b57
--     on the wire                                      in clear
--     dd eb 93 5c db d0 cd 34 cf 44 30 39 5b 0c b5 01    contextEngineID                80007ed903020000000003
--     65 30 64 fc a3 f0 41 e1 38 6a 2a ec f8 b7 4d e5    contextName                    ""
--     12 7f df 6a 4d 74 c2 88 d9 e8 80 6a 19 6d 96       pdu                            get (0)
--                                                          id                           1487210951
--                                                          error                        noError (0)
--                                                          error_index                  0
--                                                          vars                         1
--                                                            sysName.0                  Null
--
--   4. agent to manager, 133 bytes: response sysName.0, encrypted
--     version                        3 (3)
--     msgID                          1487210951
--     msgMaxSize                     65507
--     msgFlags                       auth+priv (0x03)
--     msgSecurityModel               3
--     msgSecurityParameters
--       msgAuthoritativeEngineID     80007ed903020000000003
--       msgAuthoritativeEngineBoots  1
--       msgAuthoritativeEngineTime   0
--       msgUserName                  "testuser"
--       msgAuthenticationParameters  1363e6e87d9c39b351aa66c8
--       msgPrivacyParameters         dd1a8567d1b67dad
--     on the wire                                      in clear
--     8a c0 47 c3 59 c5 72 71 dc 57 c3 27 63 80 b7 a3    contextEngineID                80007ed903020000000003
--     25 e8 a9 f0 b0 90 0b 09 56 99 dc b3 11 65 02 3a    contextName                    ""
--     f0 4a d9 27 0c 6e fc 21 7b 8b 66 8d 01 4d 9b 00    pdu                            response (2)
--     91                                                   id                           1487210951
--                                                          error                        noError (0)
--                                                          error_index                  0
--                                                          vars                         1
--                                                            sysName.0                  OctetString: R2
--
--   sysName.0 = R2, says the engine example (RFC 5612), mac 02:00:00:00:00:03: boots 1, up for 0 s
--
--   sysName.0 = R2, as testdes
--   the salt 00000001d1b67dae and the key make DES's initialisation vector; its blocks have 8 bytes
--     version                        3 (3)
--     msgID                          1286177508
--     msgMaxSize                     65507
--     msgFlags                       auth+priv (0x03)
--     msgSecurityModel               3
--     msgSecurityParameters
--       msgAuthoritativeEngineID     80007ed903020000000003
--       msgAuthoritativeEngineBoots  1
--       msgAuthoritativeEngineTime   0
--       msgUserName                  "testdes"
--       msgAuthenticationParameters  3782070b3eeba1d989491a7f
--       msgPrivacyParameters         00000001d1b67dae
--     on the wire                                      in clear
--     31 25 e4 a7 e1 b6 e8 76 b3 f7 77 db c5 c1 fc 8a    contextEngineID                80007ed903020000000003
--     6f c2 5c 2e df c3 f7 46 e4 cf 3e 01 f6 dc 2d 92    contextName                    ""
--     74 3b 42 b5 2c da 4f c1 c2 cd 5e 60 bf 4f e0 ce    pdu                            response (2)
--     1f a1 3d e4 ee 87 09 4b                              id                           1286177508
--                                                          error                        noError (0)
--                                                          error_index                  0
--                                                          vars                         1
--                                                            sysName.0                  OctetString: R2
--
--   wrong_digest: snmp.session:get: udp 10.0.2.2:161: the user 'testuser' exists, the password is wrong, or the digest is not SHA (usmStatsWrongDigests); snmp.diagnose tries others
--   decryption: snmp.session:get: udp 10.0.2.2:161: the agent could not decrypt the question: the privacy password of 'testuser' is wrong, or the cipher is not AES (usmStatsDecryptionErrors); snmp.diagnose tries others
--   unknown_user: snmp.session:get: udp 10.0.2.2:161: the engine 80007ed903020000000003 has no user 'nobody' (usmStatsUnknownUserNames)
-- see:   RFC 3414 sections 3, 4 and 8; RFC 3826; RFC 3412 section 6; recipes/v3_doctor; moonwire doc snmp.diagnose
-- categories: tutorial, snmp

local bytes, ladder, script, snmp = require "bytes", require "ladder", require "script", require "snmp"
local args = script.args()

-- open makes a session of a user; changes are options that differ.
local function open(user, auth, priv, changes)
  local o = {host = args.host, port = args.port, user = user, auth = auth, auth_password = args.auth_password, priv = priv,
    priv_password = args.priv_password, timeout = 1, retries = 1}
  for name, value in pairs(changes or {}) do o[name] = value end
  return assert(snmp.open(o))
end

-- beside prints cipher text, sixteen bytes a line, and what it says.
local function beside(encrypted, clear)
  print(("  %-49s%s"):format("on the wire", "in clear"))
  for i = 1, math.max(#clear, math.ceil(#encrypted / 16)) do
    local row = bytes.hex(encrypted:sub(16 * i - 15, 16 * i)):gsub("..", "%0 ")
    print((("  %-49s%s"):format(row, clear[i] or ""):gsub(" +$", "")))
  end
end

-- show prints the fields of a message; those that were encrypted stand beside the bytes in whose place they are.
local function show(message)
  local clear
  for line in message:show():gmatch("[^\n]+") do
    if line:find("^  encryptedPDU ") then
      clear = {}
    elseif clear then
      clear[#clear + 1] = line
    elseif not line:find "^snmp " then
      print(line)
    end
  end
  if clear then beside(message.encrypted, clear) end
end

local s = open(args.user, args.auth, args.priv)
local name = assert(s:get("sysName.0"))
print(ladder.draw(s.exchange, {times = true}))
for i, x in ipairs(s.exchange) do
  print(("\n%d. %s to %s, %d bytes: %s"):format(i, x.from, x.to, #x.bytes, x.label))
  show(x.message)
end
print(("\n%s, says the engine %s: boots %d, up for %d s"):format(tostring(name), s.engine.text, s.engine.boots, s.engine.time))

if args.des_user ~= "" then
  local old = open(args.des_user, "MD5", "DES")
  print("\n" .. tostring(assert(old:get("sysName.0"))) .. ", as " .. args.des_user)
  local answer = old.exchange[#old.exchange].message
  print(("the salt %s and the key make DES's initialisation vector; its blocks have 8 bytes"):format(bytes.hex(answer.salt)))
  show(answer)
end

-- What the engine says of passwords that are wrong.
print()
for _, changes in ipairs{{auth_password = "not-auth12345"}, {priv_password = "not-priv12345"}, {user = "nobody"}} do
  local _, message, kind = open(args.user, args.auth, args.priv, changes):get("sysName.0")
  print(kind .. ": " .. message)
end
