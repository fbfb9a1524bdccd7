package lease

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"moonwire/host/network"
)

func keep(t *testing.T, table *Table, name string) Recovery {
	t.Helper()
	r, err := table.Keep(network.OSFiles(), name, false)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// exercise binds, releases and declines, and returns what there is then.
func exercise(t *testing.T, table *Table) []Binding {
	t.Helper()
	a := Binding{Prefix: addr("10.0.0.10"), Client: ByID([]byte{1, 2, 3}), MAC: net.HardwareAddr{2, 0, 0, 0, 0, 1}, Name: "a \"name\"\nwith \xff ü"}
	for _, b := range []Binding{a, {Prefix: addr("10.0.0.11"), Client: "mac 02"}, {Prefix: addr("10.0.0.12"), Client: "x"}, a} {
		if _, err := table.Bind(b, time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	table.Bind(Binding{Prefix: addr("10.0.0.13"), Client: "y"}, Forever)
	table.Release("mac 02", addr("10.0.0.11"))
	table.Decline("x", addr("10.0.0.12"), time.Hour)
	table.Decline("", addr("10.0.0.14"), time.Hour)
	if err := table.Commit(); err != nil {
		t.Fatal(err)
	}
	return table.All()
}

// sameBut compares bindings; texts that are no UTF-8 are mended in the file.
func sameBut(t *testing.T, got, want []Binding) {
	t.Helper()
	want = append([]Binding(nil), want...)
	for i := range want {
		want[i].Name = strings.ToValidUTF8(want[i].Name, "\uFFFD")
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "leases")
	table, _ := newTable()
	keep(t, table, name)
	want := exercise(t, table)
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	other, _ := newTable()
	if r := keep(t, other, name); r.Lines != 8 || r.Torn != 0 || r.Problems != nil {
		t.Errorf("recovery: %+v", r)
	}
	sameBut(t, other.All(), want)
	other.Close()
	text, _ := os.ReadFile(name)
	for line := range strings.Lines(string(text)) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
}

// A file serves one process at a time.
func TestLocked(t *testing.T) {
	t.Parallel()
	if name := os.Getenv("MOONWIRE_TEST_LEASES"); name != "" {
		table, _ := newTable()
		if _, err := table.Keep(network.OSFiles(), name, false); !errors.Is(err, fs.ErrExist) {
			t.Errorf("got %v", err)
		}
		return
	}
	name := filepath.Join(t.TempDir(), "leases")
	table, _ := newTable()
	keep(t, table, name)
	cmd := exec.Command(os.Args[0], "-test.run=^TestLocked$")
	cmd.Env = append(os.Environ(), "MOONWIRE_TEST_LEASES="+name)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	table.Close()
}

// A file that ends anywhere gives all that was whole before, and can be gone on with.
func TestTorn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	table, _ := newTable()
	keep(t, table, filepath.Join(dir, "whole"))
	exercise(t, table)
	table.Close()
	text, err := os.ReadFile(filepath.Join(dir, "whole"))
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(text); n += 3 {
		name := filepath.Join(dir, "torn")
		if err := os.WriteFile(name, text[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		whole := strings.Count(string(text[:n]), "\n")
		tail := n - strings.LastIndexByte(string(text[:n]), '\n') - 1
		table, _ := newTable()
		if r := keep(t, table, name); r.Lines != whole || r.Torn != tail || r.Problems != nil {
			t.Fatalf("cut at %d: %+v, want %d lines and %d bytes torn", n, r, whole, tail)
		}
		table.Bind(Binding{Prefix: addr("10.0.0.99"), Client: "late"}, time.Hour)
		table.Close()
		again, _ := newTable()
		r := keep(t, again, name)
		again.Close()
		if _, there := again.Get(addr("10.0.0.99")); r.Lines != whole+1 || !there {
			t.Fatalf("cut at %d, gone on with: %+v", n, r)
		}
	}
}

// Any changed byte is noticed, and costs no other line.
func TestDamaged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	table, _ := newTable()
	keep(t, table, filepath.Join(dir, "whole"))
	exercise(t, table)
	table.Close()
	text, _ := os.ReadFile(filepath.Join(dir, "whole"))
	lines := strings.Count(string(text), "\n")
	for n := 0; n < len(text); n += 3 {
		bad := append([]byte(nil), text...)
		bad[n] ^= 1
		name := filepath.Join(dir, "bad")
		os.WriteFile(name, bad, 0o600)
		table, _ := newTable()
		r := keep(t, table, name)
		table.Close()
		if r.Lines < lines-2 || r.Lines == lines || len(r.Problems) == 0 && r.Torn == 0 {
			t.Fatalf("byte %d (%q): %+v", n, text[n], r)
		}
	}
}

// A file of another kind is not touched.
func TestForeign(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "other")
	for _, text := range []string{"root:x:0:0:root:/root:/bin/sh\n", "{}", "x", "\n", "\x00", strings.Repeat("x", 1<<17), strings.Repeat("x\n", 1<<12),
		"{\"address\":\"10.0.0.1\"}\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		table, _ := newTable()
		if _, err := table.Keep(network.OSFiles(), name, false); err == nil || !strings.Contains(err.Error(), "another kind of file") {
			t.Errorf("%.20q: %v", text, err)
		}
		if now, _ := os.ReadFile(name); string(now) != text {
			t.Errorf("%.20q became %.20q", text, now)
		}
	}
}

// The file stays in proportion to the table, and says the same after it was written anew.
func TestCompact(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "leases")
	table, _ := newTable()
	keep(t, table, name)
	for i := range 20000 {
		table.Bind(Binding{Prefix: addr("10.0.0.9"), Client: "a"}, time.Duration(i)*time.Second)
		if err := table.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	want := exercise(t, table)
	table.Close()
	if info, err := os.Stat(name); err != nil || info.Size() > 300_000 {
		t.Errorf("%d bytes, %v", info.Size(), err)
	}
	if _, err := os.Stat(name + ".new"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the new file is still there: %v", err)
	}
	again, _ := newTable()
	keep(t, again, name)
	sameBut(t, again.All(), want)
	again.Close()
}

// full is a disk without room: it takes some bytes of each write.
type full struct {
	network.Files
	room int
}

type fullFile struct {
	network.File
	*full
}

func (f *full) Open(name string, flag int, perm fs.FileMode) (network.File, error) {
	file, err := f.Files.Open(name, flag, perm)
	return fullFile{file, f}, err
}

func (f fullFile) Write(b []byte) (int, error) {
	if len(b) <= f.room {
		f.room -= len(b)
		return f.File.Write(b)
	}
	n, _ := f.File.Write(b[:f.room])
	f.room = 0
	return n, errors.New("no space left")
}

// What could not be written is no torn line in the midst of others.
func TestNoSpace(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "leases")
	disk := &full{network.OSFiles(), 250}
	table, _ := newTable()
	if _, err := table.Keep(disk, name, false); err != nil {
		t.Fatal(err)
	}
	table.Bind(Binding{Prefix: addr("10.0.0.1"), Client: "a"}, time.Hour)
	if err := table.Commit(); err != nil {
		t.Fatal(err)
	}
	table.Bind(Binding{Prefix: addr("10.0.0.2"), Client: "a"}, time.Hour)
	if err := table.Commit(); err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("got %v", err)
	}
	disk.room = 1000
	table.Bind(Binding{Prefix: addr("10.0.0.3"), Client: "a"}, time.Hour)
	if err := table.Commit(); err != nil {
		t.Fatal(err)
	}
	table.Close()
	again, _ := newTable()
	r := keep(t, again, name)
	again.Close()
	if r.Lines != 2 || r.Torn != 0 || r.Problems != nil {
		t.Errorf("%+v", r)
	}
}

func FuzzLine(f *testing.F) {
	f.Add(string(appendLine(nil, Binding{Prefix: addr("10.0.0.1"), Client: "a", State: Bound})))
	f.Fuzz(func(t *testing.T, text string) {
		b, err := parseLine([]byte(text))
		if err != nil {
			return
		}
		again, err := parseLine([]byte(strings.TrimSuffix(string(appendLine(nil, b)), "\n")))
		if err != nil || again.Prefix != b.Prefix || again.State != b.State {
			t.Errorf("%+v became %+v, %v", b, again, err)
		}
	})
}
