package usm

import (
	"errors"
	"testing"

	"moonwire/host/snmp/message"
)

// FuzzReceive gives an engine whatever comes: it takes it or refuses it, and a report of it can be read.
func FuzzReceive(f *testing.F) {
	users, err := NewUsers(someone(SHA, AES))
	if err != nil {
		f.Fatal(err)
	}
	pairs(func(_ string, u *User) { f.Add(sealed(f, u, "value")) })
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := message.Decode(b)
		if err != nil || m.V3 == nil {
			return
		}
		e := NewEngine(EngineID(m.V3.Security.EngineID), 5, noon) // whatever the message says is its id
		e.Set(m.V3.Security.Boots, m.V3.Security.Time, noon)
		k, err := e.Receive(m, users, noon)
		if err == nil {
			return
		}
		report, err := e.Report(m, k, err, noon)
		if err != nil {
			t.Fatal(err)
		}
		if report != nil {
			if r, err := message.Decode(report); err != nil || r.PDU == nil || r.PDU.Type != message.Report {
				t.Fatalf("%x: %v", report, err)
			}
		}
		EngineID(m.V3.Security.EngineID).Describe()
	})
}

// FuzzScoped has a user who is authentic and encrypts nonsense.
func FuzzScoped(f *testing.F) {
	u := someone(SHA, AES)
	good, err := request(u, "value").EncodeScoped()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good, []byte("12345678"))
	f.Add(good[:len(good)/2], []byte("1234567"))
	f.Add([]byte{}, []byte{})
	f.Fuzz(func(t *testing.T, plain, salt []byte) {
		for _, p := range PrivProtocols {
			k := localized(t, someone(SHA, p))
			m := request(u, "")
			s := &m.V3.Security
			m.V3.Encrypted, s.Priv, err = k.encrypt(plain, s.Boots, s.Time, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(salt) != saltSize {
				s.Priv = salt
			}
			s.Auth = make([]byte, k.Auth.DigestSize())
			whole, at, err := m.Append(nil)
			if err != nil {
				t.Fatal(err)
			}
			copy(whole[at:], k.digest(whole))
			got, err := message.Decode(whole)
			if err != nil {
				t.Fatal(err)
			}
			switch err := Open(got, k); {
			case err == nil && got.PDU == nil:
				t.Fatal("opened, and there is no PDU")
			case err != nil && (got.PDU != nil || !errors.Is(err, ErrDecryption)):
				t.Fatalf("%v, and yet %+v", err, got.PDU)
			}
		}
	})
}
