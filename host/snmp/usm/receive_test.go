package usm

import (
	"errors"
	"testing"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// world is an engine of ours with users of all levels, 600 s after its fifth boot.
func world(t *testing.T) (*Engine, *Users) {
	t.Helper()
	strong, signed, bare := someone(SHA, AES), someone(SHA, NoPriv), someone(NoAuth, NoPriv)
	strong.Name, signed.Name, bare.Name = "strong", "signed", "bare"
	users, err := NewUsers(strong, signed, bare)
	if err != nil {
		t.Fatal(err)
	}
	e := NewEngine(EngineID(testEngine), 0, noon)
	e.Set(5, 600, noon)
	return e, users
}

// TestOrderOfChecks sends messages with more than one fault: the first check of RFC 3414 section 3.2 decides.
func TestOrderOfChecks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(m *message.Message, u *User) // before it is sealed by u
		want   *Refusal
		flags  message.Flags // of the report
	}{
		{"nothing wrong", func(*message.Message, *User) {}, nil, 0},
		{"discovery", func(m *message.Message, u *User) {
			*u, m.V3.Flags, m.V3.Security, m.V3.ContextEngine = User{}, message.Reportable, message.Security{}, nil
		}, ErrUnknownEngine, 0},
		{"engine before user", func(m *message.Message, u *User) { m.V3.Security.EngineID, u.Name = []byte("other"), "nobody" }, ErrUnknownEngine, 0},
		{"user before level", func(_ *message.Message, u *User) { u.Name = "nobody" }, ErrUnknownUser, 0},
		{"level before digest", func(_ *message.Message, u *User) { u.Name, u.AuthPassword = "signed", "inauthentic" }, ErrSecurityLevel, 0},
		{"level of a bare user", func(_ *message.Message, u *User) { u.Name = "bare" }, ErrSecurityLevel, 0},
		{"digest before window", func(m *message.Message, u *User) { m.V3.Security.Time, u.AuthPassword = 0, "inauthentic" }, ErrWrongDigest, 0},
		{"window before cipher", func(m *message.Message, u *User) { m.V3.Security.Boots, u.PrivPassword = 4, "not private" }, ErrNotInWindow, message.Auth},
		{"cipher", func(_ *message.Message, u *User) { u.PrivPassword = "not private" }, ErrDecryption, 0},
	} {
		e, users := world(t)
		u := someone(SHA, AES)
		u.Name = "strong"
		m := request(u, "x")
		tt.change(m, u)
		m.V3.Security.User = u.Name
		k, err := u.Localize(m.V3.Security.EngineID)
		if err != nil {
			t.Fatal(err)
		}
		b, err := Seal(m, k, 1)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		got := decoded(t, b)
		keys, err := e.Receive(got, users, noon)
		if tt.want == nil {
			if err != nil || got.PDU == nil || keys == nil {
				t.Errorf("%s: %v", tt.name, err)
			}
			continue
		}
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
			continue
		}
		for _, s := range Statistics {
			if n := e.Count(s); (n == 1) != (s == tt.want.Statistic) || n > 1 {
				t.Errorf("%s: %s counts %d", tt.name, s, n)
			}
		}
		report, err := e.Report(got, keys, err, noon)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		checkReport(t, tt.name, decoded(t, report), tt.want.Statistic, tt.flags)
	}
}

// checkReport looks at a report of the world's engine.
func checkReport(t *testing.T, name string, m *message.Message, want Statistic, flags message.Flags) {
	t.Helper()
	s, v := m.V3.Security, m.PDU.Vars[0]
	if m.PDU.Type != message.Report || m.V3.ID != 77 || oid.Compare(v.Name, want.OID()) != 0 || v.Value.Uint() != 1 {
		t.Errorf("%s: report %+v", name, m.PDU)
	}
	if string(s.EngineID) != testEngine || s.Boots != 5 || s.Time != 600 || m.V3.Flags != flags || string(m.V3.ContextEngine) != testEngine {
		t.Errorf("%s: report with %+v", name, m.V3)
	}
	if flags != 0 {
		if err := Open(m, localized(t, someone(SHA, NoPriv))); err != nil {
			t.Errorf("%s: the report's digest: %v", name, err)
		}
	}
}

// TestWhoIsNotTold has messages that are refused in silence (RFC 3412 section 6.4).
func TestWhoIsNotTold(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		typ   message.PDUType
		flags message.Flags
		told  bool
	}{
		"a question":                     {message.Get, 0, true}, // its type says more than the flag
		"a trap":                         {message.TrapV2, message.Reportable, false},
		"a report":                       {message.Report, message.Reportable, false},
		"encrypted, asks for reports":    {message.Get, message.Auth | message.Priv | message.Reportable, true},
		"encrypted, does not want any":   {message.Get, message.Auth | message.Priv, false},
		"encrypted trap asks for one":    {message.TrapV2, message.Auth | message.Priv | message.Reportable, true}, // it can't be told
		"encrypted trap as traps are":    {message.TrapV2, message.Auth | message.Priv, false},
		"signed question without a flag": {message.Get, message.Auth, true},
	} {
		e, users := world(t)
		u := someone(SHA, AES)
		m := request(u, "x")
		m.PDU.Type, m.V3.Flags = tt.typ, tt.flags
		b, err := Seal(m, localized(t, u), 1)
		if err != nil {
			t.Fatal(err)
		}
		got := decoded(t, b)
		k, refused := e.Receive(got, users, noon) // someone is no user there
		report, err := e.Report(got, k, refused, noon)
		if !errors.Is(refused, ErrUnknownUser) || err != nil || (report != nil) != tt.told {
			t.Errorf("%s: refused with %v, report %x, %v", name, refused, report, err)
		}
	}
}

func TestUsers(t *testing.T) {
	t.Parallel()
	if _, err := NewUsers(someone(SHA, AES), someone(MD5, NoPriv)); err == nil {
		t.Error("two users of one name")
	}
	if _, err := NewUsers(&User{Name: "x", Auth: SHA}); err == nil {
		t.Error("a user without a password")
	}
	var none *Users
	if none.Named("x") != nil || none.Names() != nil {
		t.Error("no table has users")
	}
}
