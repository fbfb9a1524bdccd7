//go:build interop && unix

package scripts_test

import (
	"strconv"
	"strings"
	"testing"

	"moonwire/host/snmp/snmptest"
)

// TestVersion3OfSnmpd runs the scripts about version 3, as they are, against net-snmp's agent.
func TestVersion3OfSnmpd(t *testing.T) {
	t.Parallel()
	user := func(name, auth, priv string) snmptest.User {
		return snmptest.User{Name: name, Auth: auth, AuthPassword: "auth12345", Priv: priv, PrivPassword: "priv12345"}
	}
	agent := snmptest.SnmpdOf(t, []snmptest.User{user("testuser", "SHA", "AES"), user("testdes", "MD5", "DES"), user("testcisco", "SHA", "AES-256-C")})
	host, digits, _ := strings.Cut(agent.Addr, ":")
	port, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatal(err)
	}
	where := map[string]any{"host": host, "port": float64(port)}
	for name, wants := range map[string][]string{
		"tutorial/24_snmp_v3": {"1. manager to agent, 64 bytes: get (discovery)", "report usmStatsUnknownEngineIDs.0", "msgUserName                  \"testdes\"",
			"the user 'testuser' exists, the password is wrong", "the privacy password is wrong", "has no user 'nobody'"},
		"recipes/v3_doctor": {"right  auth ", "WRONG  priv ", "Reeder's AES-256", "right  access ", `to cure it: priv="AES256C"`},
	} {
		got := shippedAs(t, name).with(t, nil, where)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in\n%s", name, want, got)
			}
		}
	}
}
