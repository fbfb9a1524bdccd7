package journal_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/network/journal"
)

// entry is a change without a meaning.
func entry(what string) journal.Entry { return journal.Entry{What: what, Kind: "test"} }

// begin writes entries and returns their numbers.
func begin(t *testing.T, j *journal.Journal, whats ...string) (ids []int) {
	t.Helper()
	for _, what := range whats {
		id, err := j.Begin(entry(what), what)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

// writer is a process that writes entries, waits, and is killed.
func writer(t *testing.T, folder string, whats ...string) (file string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestWriter$")
	cmd.Env = append(os.Environ(), "JOURNAL_TEST_WRITES="+folder+":"+strings.Join(whats, ","))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready := make([]byte, 6)
	if _, err := io.ReadFull(out, ready); err != nil || string(ready) != "ready\n" {
		t.Fatalf("%s %v", ready, err)
	}
	if left, err := journal.Find([]string{folder}); len(left) > 0 || err != nil {
		t.Errorf("while it lives: %v, %v", left, err)
	}
	cmd.Process.Kill()
	cmd.Wait()
	names, err := filepath.Glob(filepath.Join(folder, fmt.Sprintf("%d-*", cmd.Process.Pid)))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	return names[0]
}

// TestWriter is what writer runs. Words that begin with "-" end what they name.
func TestWriter(t *testing.T) {
	folder, words, ok := strings.Cut(os.Getenv("JOURNAL_TEST_WRITES"), ":")
	if !ok {
		return
	}
	j, ids := journal.At([]string{folder}), map[string]int{}
	for _, w := range strings.Split(words, ",") {
		if name, over := strings.CutPrefix(w, "-"); over {
			if err := j.End(ids[name]); err != nil {
				t.Fatal(err)
			}
			continue
		}
		ids[w] = begin(t, j, w)[0]
	}
	os.Stdout.WriteString("ready\n")
	select {}
}

// found is what journals in a folder have left, and what was refused.
func found(t *testing.T, folder string) (text string, err error) {
	t.Helper()
	list, err := journal.Find([]string{folder})
	for _, l := range list {
		for _, e := range l.Entries {
			text += e.What + " "
		}
		l.Close()
	}
	return strings.TrimSpace(text), err
}

func TestLeft(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "journal")
	writer(t, folder, "a", "b", "c", "-b", "d")
	if got, err := found(t, folder); got != "a c d" || err != nil {
		t.Error(got, err)
	}
	list, err := journal.Find([]string{folder, filepath.Join(folder, "none")})
	if err != nil || len(list) != 1 || !list[0].Owner.SinceBoot() {
		t.Fatal(list, err)
	}
	if again, err := found(t, folder); again != "" || err != nil {
		t.Errorf("while somebody undoes it: %s, %v", again, err)
	}
	for _, id := range []int{4, 1} {
		if err := list[0].Done(id); err != nil {
			t.Error(err)
		}
	}
	list[0].Close()
	if got, err := found(t, folder); got != "c" || err != nil {
		t.Error(got, err)
	}
	list, _ = journal.Find([]string{folder})
	list[0].Done(3)
	list[0].Close()
	if names, _ := os.ReadDir(folder); len(names) > 0 {
		t.Error("a file is left:", names)
	}
}

// TestEnd leaves no file when all is undone, and begins anew when most of it is.
func TestEnd(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "journal")
	j := journal.At([]string{folder})
	if _, err := os.Stat(folder); err == nil {
		t.Error("there is a folder before there is a change")
	}
	stays := begin(t, j, "stays")[0]
	for range 1500 {
		j.End(begin(t, j, "goes")[0])
	}
	names, err := filepath.Glob(folder + "/*")
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	if text, _ := os.ReadFile(names[0]); bytes.Count(text, []byte("\n")) > 1100 || !bytes.Contains(text, []byte("stays")) {
		t.Errorf("%d lines", bytes.Count(text, []byte("\n")))
	}
	if open := j.Open(); len(open) != 1 || open[0].What != "stays" {
		t.Error(open)
	}
	if err := j.End(stays); err != nil {
		t.Error(err)
	}
	if err := j.End(stays); err != nil {
		t.Error("twice:", err)
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Error(left)
	}
	begin(t, j, "again")
}

// TestCut ends a journal at each of its bytes, as a process might that is killed while it writes.
func TestCut(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "journal")
	file := writer(t, folder, "a", "b", "-a")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	for n := range len(text) + 1 {
		os.WriteFile(file, text[:n], 0o600)
		want := ""
		switch whole := bytes.Count(text[:n], []byte("\n")); whole {
		case 2:
			want = "a"
		case 3:
			want = "a b"
		case 4:
			want = "b"
		}
		list, err := journal.Find([]string{folder})
		if err != nil {
			t.Fatal(n, err)
		}
		got := ""
		for _, l := range list {
			for _, e := range l.Entries {
				got = strings.TrimSpace(got + " " + e.What)
			}
			if len(l.Entries) == 2 { // what is written behind a torn line can be read
				if l.Done(1); got != "a b" {
					t.Error(n, got)
				}
			}
			l.Close()
		}
		if got != want {
			t.Errorf("%d of %d bytes, %d lines: %q, want %q", n, len(text), len(lines), got, want)
		}
		if want == "a b" {
			if got, err := found(t, folder); got != "b" || err != nil {
				t.Error(n, got, err)
			}
		}
	}
}

// TestRefused does nothing that another could have written.
func TestRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(folder, file string) error{
		"a link": func(folder, file string) error {
			os.Rename(file, folder+"/../real")
			return os.Symlink("../real", file)
		},
		"a second name":     func(folder, file string) error { return os.Link(file, folder+"/../other") },
		"for all to read":   func(_, file string) error { return os.Chmod(file, 0o644) },
		"an open folder":    func(folder, _ string) error { return os.Chmod(folder, 0o777) },
		"a directory":       func(_, file string) error { os.Remove(file); return os.Mkdir(file, 0o700) },
		"a newer version":   func(_, file string) error { return replace(file, `_journal":1`, `_journal":2`) },
		"another beginning": func(_, file string) error { return replace(file, `{"moonwire_journal`, `{"other`) },
		"a spoilt line":     func(_, file string) error { return replace(file, `{"begin"`, `{"begin`) },
		"another user's":    func(_, file string) error { return os.Chown(file, 12345, -1) },
		"a folder that is another user's": func(folder, _ string) error {
			return os.Chown(folder, 12345, -1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			if strings.Contains(name, "another user's") && os.Geteuid() != 0 {
				t.Skip("needs root to give a file away")
			}
			folder := filepath.Join(t.TempDir(), "journal")
			file := writer(t, folder, "a")
			if err := spoil(folder, file); err != nil {
				t.Fatal(err)
			}
			if got, err := found(t, folder); got != "" || err == nil {
				t.Errorf("%q, %v", got, err)
			}
			if _, err := os.Lstat(file); err != nil {
				t.Error("it is gone")
			}
		})
	}
}

// replace writes a file anew with one text for another.
func replace(file, old, fresh string) error {
	b, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, bytes.Replace(b, []byte(old), []byte(fresh), 1), 0o600)
	}
	return err
}

// TestFolders takes the first folder that it can have, and refuses the change when there is none.
func TestFolders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	os.WriteFile(dir+"/file", nil, 0o600)
	os.Mkdir(dir+"/open", 0o700)
	os.Chmod(dir+"/open", 0o777)
	j := journal.At([]string{dir + "/file/journal", dir + "/open", dir + "/a/b/journal"})
	begin(t, j, "a")
	if names, _ := os.ReadDir(dir + "/a/b/journal"); len(names) != 1 {
		t.Error(names)
	}
	if info, err := os.Stat(dir + "/a/b"); err != nil || info.Mode().Perm() != 0o700 {
		t.Error(info, err)
	}
	if _, err := journal.At([]string{dir + "/file/journal"}).Begin(entry("a"), 1); err == nil || !strings.Contains(err.Error(), "it would stay after a crash") {
		t.Error(err)
	}
	at := func(env map[string]string) string {
		return strings.Join(journal.Folders(func(name string) string { return env[name] }), " ")
	}
	if got := at(map[string]string{"MOONWIRE_HOME": "/m", "HOME": "/h"}); got != "/m/journal" {
		t.Error(got)
	}
	if got := at(map[string]string{"XDG_STATE_HOME": "/s", "HOME": "/h"}); !strings.HasPrefix(got, "/s/moonwire/journal ") {
		t.Error(got)
	}
	if got := at(map[string]string{"HOME": "/h"}); !strings.HasPrefix(got, "/h/.local/state/moonwire/journal ") {
		t.Error(got)
	}
}

// BenchmarkFind is what a start costs when nothing was left.
func BenchmarkFind(b *testing.B) {
	folder := filepath.Join(b.TempDir(), "journal")
	if err := os.Mkdir(folder, 0o700); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := journal.Find([]string{folder}); err != nil {
			b.Fatal(err)
		}
	}
}
