package whole_test

import (
	"os"
	"path/filepath"
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
	if left, _ := os.ReadDir(dir); len(left) != 2 {
		t.Errorf("files are left: %v", left)
	}
}
