//go:build interop && unix

package snmp_test

import (
	"testing"

	"moonwire/host/snmp/snmptest"
)

// TestVersion3 asks snmpd with every pair of digest and cipher that it offers, by UDP and TCP.
func TestVersion3(t *testing.T) {
	t.Parallel()
	users := snmptest.Users
	for _, auth := range []string{"MD5", "SHA", "SHA-512"} {
		for _, priv := range []string{"AES-192-C", "AES-256-C"} {
			users = append(users, snmptest.User{Name: auth + "+" + priv, Auth: auth, AuthPassword: snmptest.AuthPassword, Priv: priv, PrivPassword: snmptest.PrivPassword})
		}
	}
	d := snmptest.SnmpdOf(t, users, "sysServices 72")
	list := "users = {\n"
	for _, u := range users {
		list += "{user='" + u.Name + "', auth='" + orNone(u.Auth) + "', auth_password='" + u.AuthPassword + "', priv='" + orNone(u.Priv) + "', priv_password='" + u.PrivPassword + "'},\n"
	}
	run(t, d.Addr, list+`}
for _, o in ipairs(users) do
  for _, transport in ipairs{"udp", "tcp"} do
    o.host, o.transport, o.timeout = agent, transport, 5
    local s = assert(snmp.open(o))
    local v = assert(s:get("sysServices.0"))
    assert(v.value == 72, o.user)
    assert(s.engine.format == "net-snmp" and s.engine.boots == 1, s.engine.text)
    assert(s.engine.id == snmp.discover(agent, {transport=transport}).id)
    local n = 0
    for v in s:walk("snmpEngine") do n = n + 1 end
    assert(n == 4, n)
    s:close()
  end
end`)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// TestVersion3Errors has snmpd refuse for each reason, and a session say so.
func TestVersion3Errors(t *testing.T) {
	t.Parallel()
	d := snmptest.SnmpdOf(t, []snmptest.User{snmptest.FindUser("sha"), snmptest.FindUser("sha+aes-256")}, "sysServices 72")
	run(t, d.Addr, `
local function ask(change)
  local o = {host=agent, user="sha+aes-256", auth="SHA", auth_password="authpass12", priv="AES256", priv_password="privpass12", timeout=10, retries=1}
  for k, v in pairs(change) do o[k] = v ~= "" and v or nil end
  local s = assert(snmp.open(o))
  return s:get("sysServices.0")
end
local function refused(change, kind, ...)
  if kind == "timeout" then change.timeout = 1 end
  local v, message, got = ask(change)
  assert(not v and got == kind, tostring(got) .. ": " .. tostring(message))
  for _, part in ipairs{...} do assert(message:find(part, 1, true), message) end
end
assert(ask{}.value == 72)
refused({user="nobody"}, "unknown_user", "has no user 'nobody'")
refused({auth_password="wrongpass"}, "wrong_digest", "the user 'sha+aes-256' exists, the password is wrong")
refused({user="sha"}, "security_level", "the user 'sha' exists, and may not ask with authPriv")
refused({priv_password="wrongpass"}, "timeout", "privacy password is wrong", "snmp.diagnose")
refused({priv="AES256C"}, "timeout", "AES256")
refused({priv="", priv_password=""}, "authorization_error")
refused({engine="80001f880401020304"}, "unknown_engine", "leave engine out")
-- Boots and time that are wrong heal by themselves.
assert(ask{boots=77, time=5}.value == 72)
assert(ask{boots=1, time=100000}.value == 72)
`)
}

// TestVersion3Diagnosis has a diagnosis name what a session could only guess.
func TestVersion3Diagnosis(t *testing.T) {
	t.Parallel()
	reeder := snmptest.User{Name: "reeder", Auth: "SHA", AuthPassword: snmptest.AuthPassword, Priv: "AES-256-C", PrivPassword: snmptest.PrivPassword}
	d := snmptest.SnmpdOf(t, []snmptest.User{reeder})
	run(t, d.Addr, `
local o = {user="reeder", auth="SHA", auth_password="authpass12", priv="AES256", priv_password="privpass12", timeout=2}
local found = assert(snmp.diagnose(agent, o))
local last = found[#found - 1]
assert(not found.ok and last.step == "priv" and last.remedy == 'priv="AES256C"' and last.text:find("Reeder's AES-256", 1, true), last.text)
assert(found.works.priv == "AES256C" and found.works.auth == "SHA" and found[#found].step == "access" and found[#found].ok)
assert(found.engine.vendor == "net-snmp")
o.priv = found.works.priv
assert(snmp.diagnose(agent, o).ok)
`)
}
