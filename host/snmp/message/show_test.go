package message_test

import (
	"net/netip"
	"strings"
	"testing"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

func TestShow(t *testing.T) {
	t.Parallel()
	trap := &message.Message{Version: message.V1, Community: []byte{0, 1}, PDU: &message.PDU{Type: message.TrapV1,
		Trap: &message.Trap{Enterprise: oid.OID{1, 3, 6, 1, 4, 1, 9}, Agent: netip.MustParseAddr("10.0.0.1"), Generic: 2, Time: 123456},
		Vars: []message.Var{{Name: oid.OID{1, 3}, Value: message.Text("eth1")}}}}
	secret, _ := message.Decode(unhex(t, v3Encrypted))
	bent, _ := message.Decode(unhex(t, response(bind("4104ffffffff"))))
	for _, tt := range []struct {
		m    *message.Message
		want string
	}{
		{trap, `
snmp               v1 trapv1 1.3
  version          1 (0)
  community        0001
  pdu              trapv1 (4)
    enterprise     1.3.6.1.4.1.9
    agent_addr     10.0.0.1
    generic_trap   linkDown (2)
    specific_trap  0
    time_stamp     (123456) 0:20:34.56
    vars           1
      1.3          OctetString: eth1
`},
		{secret, `
snmp                             v3 encrypted
  version                        3 (3)
  msgID                          9
  msgMaxSize                     65507
  msgFlags                       auth+priv+reportable (0x07)
  msgSecurityModel               3
  msgSecurityParameters
    msgAuthoritativeEngineID     800000000a
    msgAuthoritativeEngineBoots  3
    msgAuthoritativeEngineTime   99
    msgUserName                  "moon"
    msgAuthenticationParameters  303132333435363738393031
    msgPrivacyParameters         73616c7473616c74
  encryptedPDU                   16 bytes: 65656565656565656565656565656565
`},
		{bent, `
snmp             v2c response 1.3.6.1
  version        2c (1)
  community      "p"
  pdu            response (2)
    id           5
    error        noError (0)
    error_index  0
    vars         1
      1.3.6.1    Counter32: 4294967295
  problem        value is negative in an unsigned type (at byte 28)
`},
	} {
		if got := tt.m.Show(); got != strings.TrimPrefix(tt.want, "\n") {
			t.Errorf("%s", got)
		}
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	for s, want := range map[message.ErrorStatus][2]string{0: {"noError", "no_error"}, 2: {"noSuchName", "no_such_name"},
		18: {"inconsistentName", "inconsistent_name"}, 300: {"error status 300", "gen_err"}, -1: {"error status -1", "gen_err"}} {
		if s.String() != want[0] || s.Kind() != want[1] {
			t.Errorf("%d is %s, %s", int32(s), s, s.Kind())
		}
		if back, ok := message.StatusNamed(s.String()); s >= 0 && s < 19 && (!ok || back != s) {
			t.Errorf("%s is no status", s)
		}
	}
}
