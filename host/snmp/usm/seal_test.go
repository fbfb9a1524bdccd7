package usm

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/gosnmp/gosnmp"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

const testEngine = "\x80\x00\x1f\x88\x04seal"

var sysName = oid.MustParse("1.3.6.1.2.1.1.5.0")

// someone is a user with a pair of protocols.
func someone(a AuthProtocol, p PrivProtocol) *User {
	u := &User{Name: "someone", Auth: a, Priv: p}
	if a != NoAuth {
		u.AuthPassword = "authentic"
	}
	if p != NoPriv {
		u.PrivPassword = "private!"
	}
	return u
}

// request asks user's engine for sysName at user's level; value makes the message longer.
func request(u *User, value string) *message.Message {
	return &message.Message{
		Version: message.V3,
		V3: &message.Secure{
			ID: 77, MaxSize: 65507, Flags: u.Level().Flags() | message.Reportable, Model: message.ModelUSM,
			Security:      message.Security{EngineID: []byte(testEngine), Boots: 5, Time: 600, User: u.Name},
			ContextEngine: []byte(testEngine), Context: "ctx",
		},
		PDU: &message.PDU{Type: message.Set, RequestID: 4711, Vars: []message.Var{{Name: sysName, Value: message.String([]byte(value))}}},
	}
}

// pairs calls f for each pair of protocols, and for the levels below.
func pairs(f func(name string, u *User)) {
	f("noAuth", someone(NoAuth, NoPriv))
	for _, a := range AuthProtocols {
		f(a.String(), someone(a, NoPriv))
		for _, p := range PrivProtocols {
			f(a.String()+"/"+p.String(), someone(a, p))
		}
	}
}

func localized(t testing.TB, u *User) *Keys {
	t.Helper()
	k, err := u.Localize([]byte(testEngine))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sealed(t testing.TB, u *User, value string) []byte {
	t.Helper()
	b, err := Seal(request(u, value), localized(t, u), 12345)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func decoded(t testing.TB, b []byte) *message.Message {
	t.Helper()
	m, err := message.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Err(); err != nil {
		t.Fatalf("%x: %v", b, err)
	}
	return m
}

func TestSealAndOpen(t *testing.T) {
	t.Parallel()
	pairs(func(name string, u *User) {
		for n := range 40 { // all remainders of the blocks
			value := string(bytes.Repeat([]byte{'v'}, n))
			m := decoded(t, sealed(t, u, value))
			if (m.PDU == nil) != (u.Priv != NoPriv) {
				t.Fatalf("%s: PDU %v before it is opened", name, m.PDU)
			}
			if err := Open(m, localized(t, u)); err != nil {
				t.Fatalf("%s, %d bytes: %v", name, n, err)
			}
			if m.V3.Context != "ctx" || string(m.V3.ContextEngine) != testEngine || m.PDU.RequestID != 4711 ||
				string(m.PDU.Vars[0].Value.Bytes()) != value {
				t.Fatalf("%s, %d bytes: opened as %+v %+v", name, n, m.V3, m.PDU)
			}
		}
	})
}

// gosnmpOf is gosnmp's session of u.
func gosnmpOf(u *User) (*gosnmp.GoSNMP, *gosnmp.UsmSecurityParameters) {
	p := &gosnmp.UsmSecurityParameters{
		UserName: u.Name, AuthoritativeEngineID: testEngine, AuthoritativeEngineBoots: 5, AuthoritativeEngineTime: 600,
		AuthenticationProtocol: gosnmpAuth[u.Auth], AuthenticationPassphrase: u.AuthPassword,
		PrivacyProtocol: gosnmpPriv[u.Priv], PrivacyPassphrase: u.PrivPassword,
	}
	return &gosnmp.GoSNMP{Version: gosnmp.Version3, SecurityModel: gosnmp.UserSecurityModel, SecurityParameters: p,
		MsgFlags: gosnmp.SnmpV3MsgFlags(u.Level().Flags())}, p
}

func TestGosnmpReadsOurs(t *testing.T) {
	t.Parallel()
	pairs(func(name string, u *User) {
		if u.Priv == TripleDES { // which it doesn't have
			return
		}
		x, _ := gosnmpOf(u)
		got, err := x.UnmarshalTrap(sealed(t, u, "a name"), true)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if got.RequestID != 4711 || got.ContextName != "ctx" || fmt.Sprintf("%s", got.Variables[0].Value) != "a name" {
			t.Errorf("%s: %+v", name, got)
		}
	})
}

func TestWeReadGosnmps(t *testing.T) {
	t.Parallel()
	pairs(func(name string, u *User) {
		if u.Priv == TripleDES {
			return
		}
		_, p := gosnmpOf(u)
		if err := p.InitSecurityKeys(); err != nil {
			t.Fatal(err)
		}
		packet := &gosnmp.SnmpPacket{Version: gosnmp.Version3, MsgFlags: gosnmp.SnmpV3MsgFlags(u.Level().Flags()), MsgID: 5,
			SecurityModel: gosnmp.UserSecurityModel, SecurityParameters: p, ContextEngineID: testEngine, ContextName: "there",
			PDUType: gosnmp.GetResponse, RequestID: 815, Variables: []gosnmp.SnmpPDU{{Name: ".1.3.6.1.2.1.1.5.0", Type: gosnmp.OctetString, Value: "theirs"}}}
		if err := p.InitPacket(packet); err != nil {
			t.Fatal(err)
		}
		b, err := packet.MarshalMsg()
		if err != nil {
			t.Fatal(err)
		}
		m := decoded(t, b)
		if err := Open(m, localized(t, u)); err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if m.PDU.RequestID != 815 || m.V3.Context != "there" || string(m.PDU.Vars[0].Value.Bytes()) != "theirs" {
			t.Errorf("%s: %+v", name, m.PDU)
		}
	})
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	right := someone(SHA256, AES)
	wrongAuth, wrongPriv, otherDigest, plain, sibling := *right, *right, *right, *right, *right
	wrongAuth.AuthPassword = "inauthentic"
	wrongPriv.PrivPassword = "not private"
	otherDigest.Auth = SHA512
	plain.Priv = NoPriv
	sibling.Priv = DES
	for name, tt := range map[string]struct {
		user   *User
		change func(b []byte) []byte
		want   *Refusal
	}{
		"right":           {right, nil, nil},
		"auth password":   {&wrongAuth, nil, ErrWrongDigest},
		"priv password":   {&wrongPriv, nil, ErrDecryption},
		"digest":          {&otherDigest, nil, ErrWrongDigest},
		"cipher":          {&sibling, nil, ErrDecryption},
		"level":           {&plain, nil, ErrSecurityLevel},
		"last byte":       {right, func(b []byte) []byte { b[len(b)-1] ^= 1; return b }, ErrWrongDigest},
		"privacy no auth": {right, func(b []byte) []byte { return flags(b, message.Priv) }, ErrSecurityLevel},
		"flags less":      {right, func(b []byte) []byte { return flags(b, message.Auth) }, ErrWrongDigest},
	} {
		b := sealed(t, right, "value")
		if tt.change != nil {
			b = tt.change(b)
		}
		m, err := message.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		err = Open(m, localized(t, tt.user))
		if tt.want == nil && err != nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		if err != nil && (m.PDU != nil || m.V3.Context != "") {
			t.Errorf("%s: refused and yet there is %+v in %q", name, m.PDU, m.V3.Context)
		}
	}
}

// flags changes msgFlags.
func flags(b []byte, f message.Flags) []byte {
	at := bytes.Index(b, []byte{4, 1, byte(message.Auth | message.Priv | message.Reportable), 2, 1, 3})
	b[at+2] = byte(f)
	return b
}

// TestSaltsOfOneKey makes sure that the same text never has the same cipher text.
func TestSaltsOfOneKey(t *testing.T) {
	t.Parallel()
	for _, p := range PrivProtocols {
		u := someone(SHA, p)
		salts, seen := NewSalts(1<<32-3), map[string]bool{}
		for range 8 { // over the end of DES's 32 bits
			m := request(u, "same")
			if _, err := Seal(m, localized(t, u), salts.Next()); err != nil {
				t.Fatal(err)
			}
			if len(m.V3.Security.Priv) != 8 || seen[string(m.V3.Security.Priv)] || seen[string(m.V3.Encrypted)] {
				t.Errorf("%s: salt %x again", p, m.V3.Security.Priv)
			}
			seen[string(m.V3.Security.Priv)], seen[string(m.V3.Encrypted)] = true, true
		}
	}
}

func TestSealNeedsKeysOfTheLevel(t *testing.T) {
	t.Parallel()
	m := request(someone(SHA, AES), "x")
	if _, err := Seal(m, localized(t, someone(SHA, NoPriv)), 0); err == nil {
		t.Error("encrypted without a key")
	}
	m.V3.Flags = message.Priv
	if _, err := Seal(m, localized(t, someone(SHA, AES)), 0); err == nil {
		t.Error("privacy without authentication was sealed")
	}
}
