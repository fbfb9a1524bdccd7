//go:build interop

package pack

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"aead.dev/minisign"
)

// program runs Debian's minisign, which must be there.
func program(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.Command("minisign", args...)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("minisign %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// unzipped puts a pack's manifest and its signature into a folder.
func unzipped(t *testing.T, p *Pack) (manifest string) {
	t.Helper()
	manifest = filepath.Join(t.TempDir(), manifestName)
	for name, data := range map[string][]byte{manifest: p.text, manifest + ".minisig": p.Signature.text} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return manifest
}

// minisign checks what we sign: with a key of ours and with its own, with a password and without.
func TestMinisignChecksOurs(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	write := func(name string, data []byte) {
		if err := os.WriteFile(file(name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	public, secret := newKey(t)
	text, _ := public.MarshalText()
	write("ours.pub", append(text, '\n'))
	program(t, "", "-G", "-W", "-p", file("open.pub"), "-s", file("open.key"))
	program(t, "secret\nsecret\n", "-G", "-p", file("locked.pub"), "-s", file("locked.key"))
	open := readSecret(t, file("open.key"), "")
	locked := readSecret(t, file("locked.key"), "secret")
	for name, key := range map[string]minisign.PrivateKey{"ours": secret, "open": open, "locked": locked} {
		p, err := whole(written(t, demo(), &key))
		if err != nil {
			t.Fatal(err)
		}
		out := program(t, "", "-V", "-m", unzipped(t, p), "-p", file(name+".pub"))
		if !strings.Contains(out, "Trusted comment: moonwire pack demo@1.2") {
			t.Errorf("%s: %s", name, out)
		}
		pub, err := minisign.PublicKeyFromFile(file(name + ".pub"))
		if err != nil || !p.SignedBy(pub) {
			t.Errorf("%s: not signed by its own key, %v", name, err)
		}
	}
}

func readSecret(t *testing.T, file, password string) minisign.PrivateKey {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var key minisign.PrivateKey
	if password == "" {
		err = key.UnmarshalText(text)
	} else {
		key, err = minisign.DecryptKey(password, text)
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return key
}

// We check what minisign signs, in the form that hashes first and in the older one, with a key of ours in both of its forms.
func TestOursChecksMinisign(t *testing.T) {
	dir := t.TempDir()
	public, secret := newKey(t)
	open, _ := secret.MarshalText()
	locked, err := minisign.EncryptKey("secret", secret)
	if err != nil {
		t.Fatal(err)
	}
	p, err := whole(written(t, demo(), nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, stdin string
		key         []byte
		flags       []string
	}{
		{"open", "", open, []string{"-W"}}, {"older form", "", open, []string{"-W", "-l"}}, {"locked", "secret\n", locked, nil},
	} {
		key := filepath.Join(dir, "key")
		manifest := filepath.Join(dir, manifestName)
		for name, data := range map[string][]byte{key: append(bytes.Clone(tt.key), '\n'), manifest: p.text} {
			if err := os.WriteFile(name, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		program(t, tt.stdin, append(append([]string{"-S"}, tt.flags...), "-s", key, "-m", manifest, "-t", "a comment of its own")...)
		signature, err := os.ReadFile(manifest + ".minisig")
		if err != nil {
			t.Fatal(err)
		}
		items := []item{{name: manifestName, data: p.text}, {name: signatureName, data: signature}}
		for _, f := range p.Manifest.Files {
			data, err := p.ReadFile(f.Path)
			if err != nil {
				t.Fatal(err)
			}
			items = append(items, item{name: f.Path, data: data})
		}
		signed, err := whole(zipped(t, items...))
		if err != nil || !signed.SignedBy(public) || signed.Signature.Comment != "a comment of its own" {
			t.Errorf("%s: %+v, %v", tt.name, signed, err)
		}
	}
}
