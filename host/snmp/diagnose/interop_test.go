//go:build interop && unix

package diagnose_test

import (
	"strings"
	"testing"
	"time"

	"moonwire/host/snmp/diagnose"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/snmptest"
	"moonwire/host/snmp/usm"
)

// TestSnmpd diagnoses what is wrong with users of net-snmp's agent, which is silent when it can't decrypt.
func TestSnmpd(t *testing.T) {
	t.Parallel()
	reeder := snmptest.User{Name: "reeder", Auth: "SHA", AuthPassword: "authpass12", Priv: "AES-256-C", PrivPassword: "privpass12"}
	agent := snmptest.SnmpdOf(t, []snmptest.User{reeder, snmptest.FindUser("sha"), snmptest.FindUser("sha+aes-256"), snmptest.FindUser("md5+des"), snmptest.FindUser("noauth")})
	for name, tt := range map[string]struct {
		user usm.User
		want string
	}{
		"right":     {usm.User{Name: "sha+aes-256", Auth: usm.SHA, AuthPassword: "authpass12", Priv: usm.AES256, PrivPassword: "privpass12"}, "access + sysUpTime is answered"},
		"name only": {usm.User{Name: "noauth"}, "access + sysUpTime is answered"},
		"user":      {usm.User{Name: "nobody", Auth: usm.SHA, AuthPassword: "authpass12"}, "user - the engine has no user 'nobody'"},
		"password":  {usm.User{Name: "sha", Auth: usm.SHA, AuthPassword: "wrongpass"}, "auth - the user 'sha' exists, the password is wrong"},
		"digest":    {usm.User{Name: "sha", Auth: usm.SHA512, AuthPassword: "authpass12"}, `auth="SHA"`},
		"privacy":   {usm.User{Name: "sha+aes-256", Auth: usm.SHA, AuthPassword: "authpass12", Priv: usm.AES256, PrivPassword: "wrongpass"}, "priv - the agent is silent"},
		"Reeder":    {usm.User{Name: "reeder", Auth: usm.SHA, AuthPassword: "authpass12", Priv: usm.AES256, PrivPassword: "privpass12"}, `priv="AES256C"`},
		"Blumenthal": {usm.User{Name: "sha+aes-256", Auth: usm.SHA, AuthPassword: "authpass12", Priv: usm.AES256C, PrivPassword: "privpass12"},
			`priv="AES256"`},
		"no privacy": {usm.User{Name: "sha", Auth: usm.SHA, AuthPassword: "authpass12", Priv: usm.AES, PrivPassword: "privpass12"}, "priv - the user 'sha' has no privacy"},
		"DES":        {usm.User{Name: "md5+des", Auth: usm.MD5, AuthPassword: "authpass12", Priv: usm.DES, PrivPassword: "wrongpass"}, "the privacy password is wrong"},
		"level":      {usm.User{Name: "sha+aes-256", Auth: usm.SHA, AuthPassword: "authpass12"}, "access - the user 'sha+aes-256' has no access with authNoPriv"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // silence takes its time: snmpd may be slow, too
			r, err := diagnose.Run(t.Context(), manager.Options{Addr: agent.Addr, Version: message.V3, User: &tt.user, Timeout: 5 * time.Second})
			if err != nil {
				t.Fatal(err)
			}
			if got := text(r); !strings.Contains(got, tt.want) || r.Right() != (name == "right" || name == "name only") {
				t.Errorf("%q is not in\n%s", tt.want, got)
			}
		})
	}
}
