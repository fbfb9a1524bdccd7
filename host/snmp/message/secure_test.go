package message_test

import (
	"bytes"
	"encoding/hex"
	"testing"

	"moonwire/host/snmp/message"
)

// Version 3: net-snmp's discovery and an encrypted get, as captured on loopback.
var (
	v3Get = wrap("30", "020103", wrap("30", "02041b2c3d4e", "020300ffe3", "040104", "020103"),
		wrap("04", wrap("30", "0400", "020100", "020100", "0400", "0400", "0400")),
		wrap("30", "0400", "0400", wrap("a0", "02041b2c3d4d", "020100", "020100", "3000")))
	v3Encrypted = wrap("30", "020103", wrap("30", "020109", "020300ffe3", "040107", "020103"),
		wrap("04", wrap("30", "0405800000000a", "020103", "020163", wrap("04", "6d6f6f6e"), wrap("04", "303132333435363738393031"), wrap("04", "73616c7473616c74"))),
		wrap("04", "65656565656565656565656565656565"))
)

func TestDiscovery(t *testing.T) {
	t.Parallel()
	m, err := message.Decode(unhex(t, v3Get))
	if err != nil || len(m.Problems) > 0 {
		t.Fatal(err, m.Problems)
	}
	s := m.V3
	if s.ID != 0x1b2c3d4e || s.MaxSize != 65507 || s.Flags != message.Reportable || s.Model != message.ModelUSM || m.PDU.Type != message.Get {
		t.Errorf("%+v", s)
	}
	m.Whole = nil
	if b, err := m.Encode(); err != nil || hex.EncodeToString(b) != v3Get {
		t.Errorf("%x, %v", b, err)
	}
}

func TestEncrypted(t *testing.T) {
	t.Parallel()
	whole := unhex(t, v3Encrypted)
	m, err := message.Decode(whole)
	if err != nil || len(m.Problems) > 0 || m.PDU != nil {
		t.Fatal(err, m.Problems, m.PDU)
	}
	s := m.V3.Security
	if s.User != "moon" || s.Boots != 3 || s.Time != 99 || m.V3.Flags.String() != "auth+priv+reportable" || string(s.Priv) != "saltsalt" {
		t.Errorf("%+v", s)
	}
	if !bytes.Equal(whole[s.AuthAt:s.AuthAt+12], s.Auth) || string(s.Auth) != "012345678901" {
		t.Errorf("the digest stands at %d: %q", s.AuthAt, s.Auth)
	}
	for _, from := range [][]byte{whole, nil} {
		m.Whole = from
		b, at, err := m.Append([]byte("front"))
		if err != nil || !bytes.Equal(b[5:], whole) || at != 5+s.AuthAt {
			t.Errorf("%x, digest at %d, %v", b, at, err)
		}
	}
	scoped := unhex(t, wrap("30", "0405800000000a", "0403637478", wrap("a0", "020105", "020100", "020100", "3000"))+"0404")
	if err := m.DecodeScoped(scoped); err != nil || m.V3.Context != "ctx" || m.PDU.RequestID != 5 {
		t.Errorf("%v, %+v", err, m.V3)
	}
	if b, err := m.EncodeScoped(); err != nil || !bytes.Equal(b, scoped[:len(scoped)-2]) {
		t.Errorf("%x, %v", b, err)
	}
	if err := m.DecodeScoped([]byte("nonsense")); err == nil || m.PDU != nil {
		t.Errorf("read nonsense as %v, %v", m.PDU, err)
	}
}
