package message_test

import (
	"bytes"
	"testing"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

func FuzzDecode(f *testing.F) {
	for _, s := range []string{sysName, response(bind("020107")), response(bind("44079f78043fc00000"), bind("9f780100")),
		"3080" + response(bind("4604ffffffff"))[4:] + "0000",
		wrap("30", "020100", "0400", wrap("a4", "06032b0601", "40040a000001", "020106", "020105", "43020100", "3000")), v3Get, v3Encrypted} {
		f.Add(unhex(f, s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		before := bytes.Clone(b)
		m, err := message.Decode(b)
		if err != nil {
			return
		}
		same, err := m.Encode()
		if err != nil || !bytes.Equal(same, before) {
			t.Fatalf("encoded as %x, %v", same, err)
		}
		if m.PDU == nil {
			return
		}
		for i := range m.PDU.Vars {
			v := m.PDU.Vars[i].Clone()
			_, _, _, _ = v.String(), v.Value.Bytes(), v.Value.Float(), v.Value.Addr()
		}
		m.PDU.Vars = append(m.PDU.Vars, message.Var{Name: oid.OID{1, 3}, Value: message.Integer(5)})
		again(t, m)
	})
}

// again checks that a changed message, if it can be encoded, is read as it was written.
func again(t *testing.T, m *message.Message) {
	t.Helper()
	short, err := m.Encode()
	if err != nil {
		return
	}
	back, err := message.Decode(short)
	if err != nil {
		t.Fatalf("%x: %v", short, err)
	}
	back.Whole = nil
	if once, err := back.Encode(); err != nil || !bytes.Equal(once, short) {
		t.Fatalf("%x is encoded as %x, %v", short, once, err)
	}
}
