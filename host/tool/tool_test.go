package tool

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// asked is the variable by which this test's program tells what recipe is in it, and does no more.
const asked = "MOONWIRE_TEST_RECIPE"

func TestMain(m *testing.M) {
	if os.Getenv(asked) == "" {
		os.Exit(m.Run())
	}
	p, err := Self()
	switch {
	case err != nil:
		os.Stdout.WriteString("error: " + err.Error())
	case p == nil:
		os.Stdout.WriteString("none")
	default:
		b := make([]byte, p.Size())
		_, _ = p.ReadAt(b, 0)
		os.Stdout.Write(b)
		p.Close()
	}
}

// self is this test's own program, in which there is a slot.
func self(t *testing.T) []byte {
	t.Helper()
	file, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// written is a program as a file.
func written(t *testing.T, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "tool")
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	if err := os.WriteFile(file, data, 0o777); err != nil {
		t.Fatal(err)
	}
	return file
}

// says is what a program of ours tells of its recipe.
func says(t *testing.T, program []byte) string {
	t.Helper()
	cmd := exec.Command(written(t, program))
	cmd.Env = append(os.Environ(), asked+"=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// A tool finds its recipe, also with something behind it, and knows when it has lost it.
func TestBuild(t *testing.T) {
	base := self(t)
	made, system, err := Build(base, []byte("the recipe"))
	if err != nil || system != (System{runtime.GOOS, runtime.GOARCH}) {
		t.Fatal(system, err)
	}
	if err := Matches(made, []byte("the recipe")); err != nil {
		t.Error(err)
	}
	if Matches(made, []byte("another")) == nil || Matches(base, []byte("the recipe")) == nil {
		t.Error("a recipe that isn't there was found")
	}
	again, _, err := Build(made, []byte("another recipe"))
	direct, _, _ := Build(base, []byte("another recipe"))
	if err != nil || !bytes.Equal(again, direct) {
		t.Errorf("a tool of a tool differs, %v", err)
	}
	for _, c := range []struct {
		name    string
		program []byte
		want    string
	}{
		{"plain", base, "none"},
		{"tool", made, "the recipe"},
		{"tool of a tool", again, "another recipe"},
		{"with more behind it", append(bytes.Clone(made), "signature"...), "the recipe"},
		{"cut off", made[:len(made)-1], "error: " + errLost.Error()},
	} {
		if runtime.GOOS == "darwin" && c.name != "plain" && !strings.HasPrefix(c.name, "tool") {
			continue // which runs no program whose signature is wrong
		}
		if got := says(t, c.program); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Of reads the recipe of a file; other files have none.
func TestOf(t *testing.T) {
	made, _, err := Build(self(t), []byte("the recipe"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Of(written(t, made))
	if err != nil {
		t.Fatal(err)
	}
	got := make([]byte, p.Size())
	_, err = p.ReadAt(got, 0)
	p.Close()
	if err != nil || string(got) != "the recipe" {
		t.Errorf("%q, %v", got, err)
	}
	for name, data := range map[string][]byte{"plain": self(t), "text": []byte("print 1"), "empty": nil} {
		if p, err := Of(written(t, data)); p != nil || err != nil {
			t.Errorf("%s: %v, %v", name, p, err)
		}
	}
	if _, err := Of(written(t, made[:len(made)-1])); err != errLost {
		t.Errorf("cut off: %v", err)
	}
	if _, err := Of(filepath.Join(t.TempDir(), "nothing")); err == nil {
		t.Error("no file")
	}
}

// What is no base says why.
func TestNoBase(t *testing.T) {
	base := self(t)
	at, err := findSlot(base)
	if err != nil {
		t.Fatal(err)
	}
	twice := append(bytes.Clone(base), slot[:markSize]...)
	newer, nowhere := bytes.Clone(base), bytes.Clone(base)
	binary.LittleEndian.PutUint64(newer[at+versionAt:], slotVersion+1)
	setPlace(nowhere[at:], len(base)+1, 1)
	for _, c := range []struct {
		name string
		base []byte
		want string
	}{
		{"empty", nil, "no program"},
		{"text", []byte("print 1"), "no program"},
		{"archive", []byte("PK\x03\x04"), "archive"},
		{"compressed", []byte{0x1f, 0x8b, 8}, "compressed"},
		{"fat", []byte{0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2}, "several machines"},
		{"head of an ELF file", []byte("\x7fELF\x02\x01\x01"), "cut off"},
		{"head of a PE file", []byte("MZ"), "cut off"},
		{"head of a Mach-O file", []byte{0xcf, 0xfa, 0xed, 0xfe}, "cut off"},
		{"half", base[:len(base)/2], "cut off"},
		{"another program", bytes.ReplaceAll(base, slot[:markSize], make([]byte, markSize)), "no moonwire"},
		{"two", twice, "more than one"},
		{"newer", newer, "version"},
		{"tool without its recipe", nowhere, "recipe is gone"},
	} {
		if _, _, err := Build(c.base, []byte("x")); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
