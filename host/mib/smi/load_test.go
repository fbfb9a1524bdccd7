package smi

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/network"
)

// write makes files in a new directory.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const small = "A DEFINITIONS ::= BEGIN\nx OBJECT IDENTIFIER ::= { iso 7 }\nEND\n"

// TestWalk finds files in directories, and tells of those that it doesn't read.
func TestWalk(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"a":               small,
		"sub/deep/b.mib":  strings.ReplaceAll(small, "A DEF", "B DEF"),
		".hidden/c.mib":   strings.ReplaceAll(small, "A DEF", "C DEF"),
		"README":          "These are MIBs.",
		"binary.mib":      small + "\x00",
		"utf16.mib":       "\xff\xfeA\x00",
		"definitions.txt": "The DEFINITIONS of words.",
	})
	if err := os.Symlink("..", filepath.Join(dir, "sub", "up")); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "sub", "gone")); err != nil {
		t.Fatal(err)
	}
	s, err := Load(t.Context(), network.OSFiles(), []string{dir, filepath.Join(dir, "absent")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "nodes", lines(s), "A\nx 1.7 identifier\nB\nx 1.7 identifier")
	same(t, "problems", strings.ReplaceAll(told(s), dir, "DIR"), `
error DIR/absent: can't be read: no such file or directory
warning DIR/binary.mib: is binary, so it is no MIB file and was not read
error DIR/definitions.txt: has no MIB module: NAME DEFINITIONS ::= BEGIN was not found
error DIR/sub/gone: can't be read: no such file or directory
warning DIR/utf16.mib: is written in UTF-16: save it as UTF-8`)
	if s.Files != 3 || len(s.Skipped) != 1 {
		t.Errorf("%d files read, skipped %q; want 3 and README", s.Files, s.Skipped)
	}
}

// TestNamedFile tells more of a file that was asked for than of one in a directory.
func TestNamedFile(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"README": "These are MIBs."})
	s, err := Load(t.Context(), network.OSFiles(), []string{filepath.Join(dir, "README")}, Options{})
	if err != nil || len(s.Problems) != 1 || s.Problems[0].Fault != NoModule {
		t.Errorf("problems %s, %v", told(s), err)
	}
}

// TestHugeFile is refused before it is read.
func TestHugeFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "huge.mib")
	f, err := os.Create(path)
	if err == nil {
		err = f.Truncate(maxSize + 1) // a file of holes
		f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := Load(t.Context(), network.OSFiles(), []string{path}, Options{})
	if err != nil || !strings.Contains(told(s), "has over 32 MiB, so it is no MIB file") {
		t.Errorf("told %s, %v", told(s), err)
	}
}

// TestTwoVersions takes the module that was updated last, wherever it stands.
func TestTwoVersions(t *testing.T) {
	t.Parallel()
	version := func(date, number string) string {
		return "A DEFINITIONS ::= BEGIN\nx MODULE-IDENTITY LAST-UPDATED \"" + date + "\" ORGANIZATION \"\" CONTACT-INFO \"\" DESCRIPTION \"\" ::= { iso " + number + " }\nEND"
	}
	dir := write(t, map[string]string{"1": version("9912310000Z", "1"), "2": version("202001010000Z", "2"), "3": version("0001010000Z", "3"),
		"4": version("202001010000Z", "2")})
	s, err := Load(t.Context(), network.OSFiles(), []string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "nodes", lines(s), "A\nx 1.2 module")
	same(t, "problems", strings.ReplaceAll(told(s), dir+string(filepath.Separator), ""), `
warning 1:1:1: A is defined in 2 too, and that definition is used
warning 3:1:1: A is defined in 2 too, and that definition is used`)
}

// TestCancelled ends with its context.
func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	cancel(why)
	if s, err := Load(ctx, network.OSFiles(), []string{"testdata"}, Options{}); s != nil || !errors.Is(err, why) {
		t.Errorf("got %v, %v", s, err)
	}
}
