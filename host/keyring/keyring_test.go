package keyring

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/pack"

	"aead.dev/minisign"
)

// signed is the pack of a recipe of one file; a nil key doesn't sign it.
func signed(t *testing.T, code string, key *minisign.PrivateKey) *pack.Pack {
	t.Helper()
	var b bytes.Buffer
	err := pack.Write(&b, &pack.Recipe{Name: "who", Main: "main.lua", Files: map[string][]byte{"main.lua": []byte(code)}}, key)
	if err != nil {
		t.Fatal(err)
	}
	p, err := pack.Read("who.moon", bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func newKey(t *testing.T) (minisign.PublicKey, minisign.PrivateKey) {
	t.Helper()
	public, secret, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return public, secret
}

// fails wants an error with those words.
func fails(t *testing.T, what string, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("%s: %v, want %q", what, err, words)
	}
}

// Keys are trusted by one name each, and no more when they are taken away.
func TestTrust(t *testing.T) {
	t.Parallel()
	s := Open(filepath.Join(t.TempDir(), "not", "yet"))
	if keys, err := s.Keys(); err != nil || len(keys) != 0 {
		t.Fatal(keys, err)
	}
	alice, _ := newKey(t)
	bob, _ := newKey(t)
	if err := s.Trust("alice", alice); err != nil {
		t.Fatal(err)
	}
	fails(t, "the same key again", s.Trust("other", alice), "is trusted already, as 'alice'")
	fails(t, "a name that is taken", s.Trust("Alice", bob), "'Alice' is the name of another key")
	fails(t, "a name with a path", s.Trust("../bob", bob), "is no name for a key")
	if err := s.Trust("bob", bob); err != nil {
		t.Fatal(err)
	}
	keys, err := s.Keys()
	if err != nil || len(keys) != 2 || keys[0].Name != "alice" || !keys[1].Public.Equal(bob) || keys[0].Secret != "" {
		t.Errorf("%+v, %v", keys, err)
	}
	if err := os.WriteFile(filepath.Join(s.keys(), "broken.pub"), []byte("no key"), 0o666); err != nil {
		t.Fatal(err)
	}
	if keys, err = s.Keys(); len(keys) != 2 {
		t.Errorf("a broken file hides others: %v", keys)
	}
	fails(t, "a broken file", err, "broken.pub")
	if err := os.Remove(filepath.Join(s.keys(), "broken.pub")); err != nil {
		t.Fatal(err)
	}
	if err := s.Distrust("alice"); err != nil {
		t.Error(err)
	}
	if err := s.Distrust(strings.ToLower(pack.KeyID(bob.ID()))); err != nil {
		t.Error(err)
	}
	fails(t, "nobody", s.Distrust("alice"), "no trusted key 'alice'")
}

// A key pair is made once, trusted at once, and its secret half opens with its password only.
func TestNew(t *testing.T) {
	t.Parallel()
	s := Open(t.TempDir())
	k, err := s.New("me", "")
	if err != nil {
		t.Fatal(err)
	}
	if keys, err := s.Keys(); err != nil || len(keys) != 1 || keys[0].Secret != s.SecretFile("me") {
		t.Errorf("%+v, %v", keys, err)
	}
	if _, err := s.New("me", ""); !errors.Is(err, ErrSecretExists) {
		t.Errorf("again: %v", err)
	}
	if info, err := os.Stat(k.Secret); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("others may read the secret key: %v, %v", info, err)
	}
	never := func() (string, error) { t.Error("a password was asked for"); return "", nil }
	secret, err := ReadSecret(k.Secret, never)
	if err != nil || !secret.Public().(minisign.PublicKey).Equal(k.Public) {
		t.Errorf("%v", err)
	}
	_, err = ReadSecret(filepath.Join(s.keys(), "me.pub"), never)
	fails(t, "a public key", err, "is no secret key")
	_, err = ReadSecret(filepath.Join(s.keys(), "nobody.key"), never)
	fails(t, "no file", err, "nobody.key")
}

// Public keys come as files or as their text.
func TestReadPublic(t *testing.T) {
	t.Parallel()
	public, _ := newKey(t)
	file := filepath.Join(t.TempDir(), "a.pub")
	if err := os.WriteFile(file, publicText(public), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{file, public.String()} {
		if got, err := ReadPublic(word); err != nil || !got.Equal(public) {
			t.Errorf("%s: %v", word, err)
		}
	}
	if err := os.WriteFile(file, []byte("no key"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{file, "RWnokey", ""} {
		if _, err := ReadPublic(word); err == nil {
			t.Errorf("%q is a key", word)
		}
	}
}

// Only a trusted key's own signature makes a pack trusted, and one that lies is an error.
func TestSigner(t *testing.T) {
	t.Parallel()
	s := Open(t.TempDir())
	public, secret := newKey(t)
	if err := s.Trust("alice", public); err != nil {
		t.Fatal(err)
	}
	_, stranger := newKey(t)
	for _, c := range []struct {
		name    string
		pack    *pack.Pack
		trusted bool
		words   string
	}{
		{"unsigned", signed(t, "print 1", nil), false, "not signed"},
		{"trusted", signed(t, "print 1", &secret), true, "signed by 'alice'"},
		{"unknown", signed(t, "print 1", &stranger), false, "which you don't know"},
	} {
		got, err := s.SignerOf(c.pack)
		if err != nil || got.Trusted() != c.trusted || !strings.Contains(got.String(), c.words) {
			t.Errorf("%s: %s, %v", c.name, got, err)
		}
	}
	lie := signed(t, "print 2", &secret)
	lie.Signature = signed(t, "print 1", &secret).Signature
	got, err := s.SignerOf(lie)
	fails(t, "another pack's signature", err, "is not by 'alice'")
	if got.Trusted() {
		t.Error("another pack's signature is trusted")
	}
}

// An answer is remembered for one pack, and for each other one there has to be another.
func TestAnswers(t *testing.T) {
	t.Parallel()
	s := Open(filepath.Join(t.TempDir(), "not", "yet"))
	one, two := signed(t, "print 1", nil).ID, signed(t, "print 2", nil).ID
	if one == two || s.Allowed(one) {
		t.Fatalf("%s, %s", one, two)
	}
	for range 2 {
		if err := s.Allow(one); err != nil {
			t.Fatal(err)
		}
	}
	if !s.Allowed(one) || s.Allowed(two) || s.Allowed("") || s.Allowed(one[:8]) {
		t.Error("another pack is allowed, or the one isn't")
	}
	if text, err := os.ReadFile(s.answers()); err != nil || strings.Count(string(text), "\n") != 1 {
		t.Errorf("%q, %v", text, err)
	}
}
