//go:build interop

package tool

import (
	"bytes"
	"debug/macho"
	"debug/pe"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

const program = `package main

import (
	"os"

	"moonwire/host/tool"
)

func main() {
	p, err := tool.Self()
	if err != nil || p == nil {
		os.Exit(3)
	}
	b := make([]byte, p.Size())
	p.ReadAt(b, 0)
	os.Stdout.Write(b)
}
`

// built is a program with a slot, as Go's linker makes it for a system.
func built(t *testing.T, system, machine string) []byte {
	t.Helper()
	dir, err := os.MkdirTemp(".", "testprogram") // inside the module, so that it may import this package
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "program")
	cmd := exec.Command("go", "build", "-o", out, "./"+dir)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+machine)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Each system's programs become tools, and tools of tools. The files stay what they were.
func TestSystems(t *testing.T) {
	for _, s := range []System{{"linux", "amd64"}, {"linux", "arm64"}, {"windows", "amd64"}, {"darwin", "amd64"}, {"darwin", "arm64"}} {
		base := built(t, s.OS, s.Machine)
		one, got, err := Build(base, []byte("the first recipe"))
		if err != nil || got != s {
			t.Fatalf("%s: %s, %v", s, got, err)
		}
		if err := Matches(one, []byte("the first recipe")); err != nil {
			t.Errorf("%s: %v", s, err)
		}
		again, err2 := systemOf(one)
		if err2 != nil || again != s {
			t.Errorf("%s: the tool is one of %s, %v", s, again, err2)
		}
		direct, _, _ := Build(base, []byte("another one, and longer"))
		two, _, err := Build(one, []byte("another one, and longer"))
		if err != nil || !bytes.Equal(two, direct) {
			t.Errorf("%s: a tool of a tool differs, %v", s, err)
		}
		for _, n := range []int{10, len(base) / 3, len(base) - 1} {
			if _, _, err := Build(base[:n], []byte("x")); err == nil {
				t.Errorf("%s: a base cut to %d of %d bytes was taken", s, n, len(base))
			}
		}
	}
}

// A program with a certificate is no base: its signature would be wrong. A tool may be signed, and its recipe is found.
func TestSignedPE(t *testing.T) {
	base := built(t, "windows", "amd64")
	made, _, err := Build(base, []byte("recipe"))
	if err != nil {
		t.Fatal(err)
	}
	for name, program := range map[string][]byte{"plain": base, "tool": made} {
		signed := certified(t, program)
		if _, _, err := Build(signed, []byte("x")); !errors.Is(err, errSigned) {
			t.Errorf("%s: %v", name, err)
		}
	}
	file := filepath.Join(t.TempDir(), "tool.exe")
	if err := os.WriteFile(file, certified(t, made), 0o666); err != nil {
		t.Fatal(err)
	}
	p, err := Of(file)
	if err != nil || p == nil {
		t.Fatal(p, err)
	}
	defer p.Close()
	got := make([]byte, p.Size())
	if _, err := p.ReadAt(got, 0); err != nil || string(got) != "recipe" {
		t.Errorf("%q, %v", got, err)
	}
}

// certified is a PE program with a certificate table behind it, as signing leaves it.
func certified(t *testing.T, program []byte) []byte {
	t.Helper()
	out := bytes.Clone(program)
	for len(out)%8 != 0 {
		out = append(out, 0)
	}
	const directory = 4 + 20 + 112 + 8*pe.IMAGE_DIRECTORY_ENTRY_SECURITY // behind "PE": the file's header, the optional one to its directories
	at := int(binary.LittleEndian.Uint32(out[0x3c:])) + directory
	binary.LittleEndian.PutUint32(out[at:], uint32(len(out)))
	binary.LittleEndian.PutUint32(out[at+4:], 16)
	out = append(out, 16, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	if f, err := pe.NewFile(bytes.NewReader(out)); err != nil || unsignedPE(f) == nil {
		t.Fatalf("no certificate is there: %v", err)
	}
	return out
}

// What we sign is what Go's linker signs: without a change, its own signature comes out.
func TestSignature(t *testing.T) {
	base := built(t, "darwin", "arm64")
	m, err := commandsOf(base)
	if err != nil || m.signature == 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	le := binary.LittleEndian
	begin, size := int(le.Uint32(base[m.signature+8:])), int(le.Uint32(base[m.signature+12:]))
	identity, err := identityIn(base[begin : begin+size])
	if err != nil {
		t.Fatal(err)
	}
	got := signature(base[:begin], identity, le.Uint64(base[m.text+40:]), le.Uint64(base[m.text+48:]))
	if !bytes.Equal(got, base[begin:begin+size]) {
		t.Error("our signature differs from the linker's")
	}
	made, _, err := Build(base, []byte("recipe"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := macho.NewFile(bytes.NewReader(made))
	if err != nil {
		t.Fatal(err)
	}
	last := f.Segment("__LINKEDIT")
	if int(last.Offset+last.Filesz) != len(made) || last.Memsz < last.Filesz {
		t.Errorf("the last segment ends at %d of %d bytes", last.Offset+last.Filesz, len(made))
	}
}
