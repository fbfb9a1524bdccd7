package usm

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/gosnmp/gosnmp"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// exampleEngine is that of RFC 3414 section A.3.
const exampleEngine = "000000000000000000000002"

// maplesyrup are the keys of the password maplesyrup: MD5 and SHA as RFC 3414 sections A.3.1 and A.3.2 print them, the
// others as Python's hashlib makes them.
var maplesyrup = []struct {
	auth              AuthProtocol
	master, localized string
}{
	{MD5, "9faf3283884e92834ebc9847d8edd963", "526f5eed9fcce26f8964c2930787d82b"},
	{SHA, "9fb5cc0381497b3793528939ff788d5d79145211", "6695febc9288e36282235fc7151f128497b38f3f"},
	{SHA224, "282a5867ee9aac639ad59df9572c7d3ac0fbc13a905b6df07dbbf00b", "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674"},
	{SHA256, "ab51014d1e077f6017df2b12bee5f5aa72993177e9bb569c4dff5a4ca0b4afac", "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b"},
	{SHA384, "e06eccdf2c68a06ed034723c9c26e0db3b669e1e2efed49150b55377a2e98f383c86fb836857444654b287c93f51ff64",
		"3b298f16164a11184279d5432bf169e2d2a48307de02b3d3f7e2b4f36eb6f0455a53689a3937eea07319a633d2ccba78"},
	{SHA512, "7e4396de5aadc77be853819b98c9406265b3a9c37cc3176569847a4e4f6fba63dd3a73d04924d31a63f95a601f9385af6be4ed1b37f87d040f7c6ed6f8d38a91",
		"22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099ad1ea87a8db096714d9788bd544047c9021e4229ce27e4c0a69250adfcffbb0b"},
}

func TestKeysOfPasswords(t *testing.T) {
	t.Parallel()
	engine := unhex(t, exampleEngine)
	for _, row := range maplesyrup {
		for name, u := range map[string]*User{
			"password":  {Name: "m", Auth: row.auth, AuthPassword: "maplesyrup"},
			"master":    {Name: "m", Auth: row.auth, AuthKey: unhex(t, row.master)},
			"localised": {Name: "m", Auth: row.auth, AuthKey: unhex(t, row.localized), KeysLocalized: true},
		} {
			k, err := u.Localize(engine)
			if err != nil {
				t.Fatalf("%s by %s: %v", row.auth, name, err)
			}
			if got := hex.EncodeToString(k.AuthKey); got != row.localized {
				t.Errorf("%s by %s: key %s, want %s", row.auth, name, got, row.localized)
			}
		}
	}
}

// TestLongKeys has the keys of SHA lengthened in both ways, as Python's hashlib makes them.
func TestLongKeys(t *testing.T) {
	t.Parallel()
	for priv, want := range map[PrivProtocol]string{
		DES:       "6695febc9288e36282235fc7151f1284",
		AES:       "6695febc9288e36282235fc7151f1284",
		AES192:    "6695febc9288e36282235fc7151f128497b38f3f505e07eb",
		AES256:    "6695febc9288e36282235fc7151f128497b38f3f505e07eb9af25568fa1f5dbe",
		AES192C:   "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78",
		AES256C:   "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c",
		TripleDES: "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c",
	} {
		for name, u := range map[string]*User{
			"password": {Auth: SHA, AuthPassword: "maplesyrup", Priv: priv, PrivPassword: "maplesyrup"},
			"master":   {Auth: SHA, AuthPassword: "maplesyrup", Priv: priv, PrivKey: unhex(t, maplesyrup[1].master)},
		} {
			k, err := u.Localize(unhex(t, exampleEngine))
			if err != nil {
				t.Fatalf("%s by %s: %v", priv, name, err)
			}
			if got := hex.EncodeToString(k.PrivKey); got != want {
				t.Errorf("%s by %s: key %s, want %s", priv, name, got, want)
			}
		}
	}
}

// gosnmpPriv are gosnmp's names; 3DES has the key of AES256C.
var gosnmpPriv = map[PrivProtocol]gosnmp.SnmpV3PrivProtocol{
	NoPriv: gosnmp.NoPriv, DES: gosnmp.DES, AES: gosnmp.AES, AES192: gosnmp.AES192, AES256: gosnmp.AES256,
	AES192C: gosnmp.AES192C, AES256C: gosnmp.AES256C, TripleDES: gosnmp.AES256C,
}

// TestKeysBesideGosnmp has every pair of digest and cipher.
func TestKeysBesideGosnmp(t *testing.T) {
	t.Parallel()
	engine := "\x80\x00\x1f\x88\x80abcdefgh"
	for _, a := range AuthProtocols {
		for _, p := range PrivProtocols {
			theirs := gosnmp.UsmSecurityParameters{
				AuthoritativeEngineID: engine, AuthenticationProtocol: gosnmpAuth[a], AuthenticationPassphrase: "correct horse",
				PrivacyProtocol: gosnmpPriv[p], PrivacyPassphrase: "battery staple",
			}
			if err := theirs.InitSecurityKeys(); err != nil {
				t.Fatal(err)
			}
			u := &User{Name: "u", Auth: a, AuthPassword: "correct horse", Priv: p, PrivPassword: "battery staple"}
			k, err := u.Localize([]byte(engine))
			if err != nil {
				t.Fatalf("%s/%s: %v", a, p, err)
			}
			if !bytes.Equal(k.AuthKey, theirs.SecretKey) {
				t.Errorf("%s/%s: auth key %x, gosnmp %x", a, p, k.AuthKey, theirs.SecretKey)
			}
			if !bytes.Equal(k.PrivKey, theirs.PrivacyKey[:p.KeySize()]) {
				t.Errorf("%s/%s: priv key %x, gosnmp %x", a, p, k.PrivKey, theirs.PrivacyKey)
			}
		}
	}
}

func TestKeysAreRemembered(t *testing.T) {
	t.Parallel()
	u := User{Name: "remembered", Auth: SHA, AuthPassword: "a password"}
	first, _ := u.Localize([]byte("engine one"))
	again, _ := u.Localize([]byte("engine one"))
	other, _ := u.Localize([]byte("engine two"))
	if first != again || first == other {
		t.Errorf("keys of one engine made twice, or of two engines once")
	}
	u.AuthPassword = "another password"
	if changed, _ := u.Localize([]byte("engine one")); changed == first {
		t.Error("a changed password has the old keys")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	var m memory
	id := func(n int) [sha256.Size]byte { return sha256.Sum256([]byte(fmt.Sprint(n))) }
	for i := range 3 * keysKept {
		m.put(id(i), &Keys{})
		if m.get(id(0)) == nil {
			t.Fatalf("what is in use was forgotten after %d more", i)
		}
	}
	if n := len(m.young) + len(m.old); n > keysKept {
		t.Errorf("%d keys are kept, want at most %d", n, keysKept)
	}
	if m.get(id(1)) != nil {
		t.Error("what nobody asked for is still there")
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		user User
		want string
	}{
		{User{Name: "plain"}, ""},
		{User{Name: "a", Auth: MD5, AuthPassword: "12345678"}, ""},
		{User{Name: "a", Auth: MD5, AuthPassword: "1234567"}, "has 7 characters: RFC 3414 section 11.2 asks for 8"},
		{User{Name: "a", Auth: MD5, AuthPassword: "1234567", AllowShort: true}, ""},
		{User{Name: "a", Auth: MD5}, `user "a" needs auth password or auth key`},
		{User{Name: "a", Priv: DES, PrivPassword: "12345678"}, "privacy needs authentication"},
		{User{Name: "a", Auth: SHA, AuthPassword: "12345678", Priv: DES}, "needs priv password or priv key"},
		{User{Name: "a", Auth: SHA, AuthKey: make([]byte, 16)}, "auth key of user \"a\" has 16 bytes, needs 20"},
		{User{Name: "a", Auth: SHA, AuthKey: make([]byte, 20), AuthPassword: "12345678"}, "has both"},
		{User{Name: "a", Auth: SHA, AuthKey: make([]byte, 20), Priv: AES256, PrivKey: make([]byte, 20)}, ""},
		{User{Name: "a", Auth: SHA, AuthKey: make([]byte, 20), Priv: AES256, PrivKey: make([]byte, 20), KeysLocalized: true}, "needs 32"},
		{User{Name: "a", Auth: SHA, AuthKey: make([]byte, 20), Priv: DES, PrivKey: make([]byte, 20), KeysLocalized: true}, ""},
		{User{Name: "a", Auth: SHA, AuthKey: make([]byte, 20), Priv: TripleDES, PrivKey: []byte("firstkeysecond==third===preIVpre"), KeysLocalized: true}, ""},
		{User{Name: "a", Auth: SHA, AuthKey: make([]byte, 20), Priv: TripleDES, PrivKey: []byte("firstkeysecond==rdbnoe<<preIVpre"), KeysLocalized: true}, "two equal thirds"},
		{User{Name: "a", Auth: SHA, AuthKey: make([]byte, 20), Priv: TripleDES, PrivKey: []byte("firstkeyfirstkeysecond==preIVpre"), KeysLocalized: true}, "two equal thirds"},
		{User{Name: strings.Repeat("n", 33)}, "user name has 33 bytes"},
	} {
		err := tt.user.Check()
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%+v: %v, want %q", tt.user, err, tt.want)
		}
	}
}

func TestNamesOfProtocols(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]AuthProtocol{
		"MD5": MD5, "md5": MD5, "SHA": SHA, "sha1": SHA, "SHA-1": SHA, "sha256": SHA256, "SHA-512": SHA512, "HMAC-SHA-224": SHA224, "none": NoAuth,
	} {
		if got, ok := ParseAuth(name); !ok || got != want {
			t.Errorf("auth %s: %v %v", name, got, ok)
		}
	}
	for name, want := range map[string]PrivProtocol{
		"DES": DES, "3DES": TripleDES, "3des-ede": TripleDES, "AES": AES, "AES128": AES, "aes-128": AES, "AES-256": AES256, "AES256C": AES256C,
		"AES-192-C": AES192C, "aes_192": AES192, "none": NoPriv,
	} {
		if got, ok := ParsePriv(name); !ok || got != want {
			t.Errorf("priv %s: %v %v", name, got, ok)
		}
	}
	for p, want := range map[PrivProtocol]string{AES: "AES", TripleDES: "3DES", AES192: "Blumenthal's AES-192", AES256C: "Reeder's AES-256"} {
		if got := p.Title(); got != want {
			t.Errorf("%s is called %s", p, got)
		}
	}
	if _, ok := ParseAuth("SHA3"); ok {
		t.Error("SHA3 is taken")
	}
	if _, ok := ParsePriv("AES512"); ok {
		t.Error("AES512 is taken")
	}
}
