package whole_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"moonwire/host/whole"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	for _, data := range []string{"first, which is longer", "second"} {
		if err := whole.Write(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(name); string(b) != data {
			t.Errorf("%q, %v", b, err)
		}
	}
	if err := os.Symlink(name, link); err != nil {
		t.Skip("this system has no links: ", err)
	}
	if err := whole.Write(link, []byte("third")); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(name); string(b) != "third" {
		t.Errorf("through a link: %q, %v", b, err)
	}
	if err := whole.Write(filepath.Join(dir, "none", "file"), nil); err == nil {
		t.Error("there is no such folder")
	}
	if err := whole.WriteAs(name, []byte("program"), 0o755); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(name); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm()&0o111 == 0) {
		t.Error(info.Mode(), err)
	}
	if err := whole.New(name, nil, 0o600); !errors.Is(err, fs.ErrExist) {
		t.Error("it is there: ", err)
	}
	if err := whole.New(link, nil, 0o600); !errors.Is(err, fs.ErrExist) {
		t.Error("a link is there: ", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 2 {
		t.Errorf("files are left: %v", left)
	}
}

func TestNew(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "key")
	if err := whole.New(name, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if b, _ := os.ReadFile(name); err != nil || string(b) != "secret" || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%q, %v, %v", b, info.Mode(), err)
	}
	if err := whole.New(filepath.Join(dir, "none", "key"), nil, 0o600); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("files are left: %v", left)
	}
}
