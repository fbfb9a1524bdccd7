package permit

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"moonwire/host/network"
)

func shell(line string) *exec.Cmd { return exec.Command("/bin/sh", "-c", line) }

// yard is a folder with what may be read, what may be written, and what neither.
func yard(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{"in", "in/deep", "out", "both", "secret"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []string{"in/a", "in/deep/b", "secret/s", "both/c", "alone"} {
		if err := os.WriteFile(filepath.Join(dir, f), []byte("content of "+f), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// fenced are the files of a yard under its grants.
func fenced(t *testing.T, dir string) network.Files {
	p := &Policy{Allow: Grants{{Kind: Read, Name: dir + "/in"}, {Kind: Write, Name: dir + "/out"}, {Kind: Read, Name: dir + "/both"}, {Kind: Write, Name: dir + "/both"},
		{Kind: Read, Name: dir + "/alone"}, {Kind: Write, Name: dir + "/alone"}, {Kind: Write, Name: dir + "/new"}}}
	return p.Files(network.OSFiles())
}

func content(f network.Files, name string) (string, error) {
	file, err := f.Open(name, os.O_RDONLY, 0)
	if err != nil {
		return "", err
	}
	defer file.Close()
	b, err := io.ReadAll(file)
	return string(b), err
}

func write(f network.Files, name, text string) error {
	file, err := f.Open(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = file.Write([]byte(text))
	return err
}

func TestFiles(t *testing.T) {
	dir := yard(t)
	f := fenced(t, dir)
	for name, want := range map[string]string{"/in/a": "content of in/a", "/in/deep/b": "content of in/deep/b", "/in/deep/../a": "content of in/a", "/secret/../in/a": "content of in/a",
		"//in//./a": "content of in/a", "/alone": "content of alone"} {
		if got, err := content(f, dir+name); err != nil || got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, name := range []string{"/secret/s", "/in/../secret/s", "/in/deep/../../secret/s", "", "/out/x", "/aloneness", "/inside"} {
		os.WriteFile(dir+"/out/x", nil, 0o644)
		_, err := content(f, dir+name)
		refused(t, err, "reading ")
	}
	if err := write(f, dir+"/out/new", "text"); err != nil {
		t.Error(err)
	}
	if err := write(f, dir+"/new", "text"); err != nil {
		t.Error(err)
	}
	if err := write(f, dir+"/alone", "short"); err != nil {
		t.Error(err)
	}
	if got, _ := content(f, dir+"/alone"); got != "short" {
		t.Errorf("after writing it has %q", got)
	}
	refused(t, write(f, dir+"/in/a", "x"), "writing ")
	refused(t, write(f, dir+"/in/fresh", "x"), "writing ")
	refused(t, write(f, dir+"/out/../secret/t", "x"), "writing ")
	_, err := f.Open(dir+"/out/new", os.O_RDWR, 0)
	refused(t, err, "reading ")
	_, err = f.Open(dir+"/in/a", os.O_RDONLY|os.O_TRUNC, 0)
	refused(t, err, "writing ")
	if _, err := content(f, dir+"/in/none"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// TestLinksOut follows links that lead elsewhere.
func TestLinksOut(t *testing.T) {
	dir := yard(t)
	for link, to := range map[string]string{"/in/out": "../secret/s", "/in/abs": dir + "/secret/s", "/in/folder": "../secret", "/in/ok": "deep/b", "/in/other": dir + "/both/c", "/out/drain": "../secret/s", "/outside": dir + "/in"} {
		if err := os.Symlink(to, dir+link); err != nil {
			t.Skip(err)
		}
	}
	f := fenced(t, dir)
	for _, name := range []string{"/in/out", "/in/abs", "/in/folder/s"} {
		_, err := content(f, dir+name)
		refused(t, err, "it is "+dir+"/secret/s")
		_, err = f.Stat(dir + name)
		refused(t, err, "looking at ")
		_, err = f.Real(dir + name)
		refused(t, err, "looking at ")
	}
	_, err := f.ReadDir(dir + "/in/folder")
	refused(t, err, "reading ")
	refused(t, f.Chdir(dir+"/in/folder"), "entering ")
	refused(t, write(f, dir+"/out/drain", "x"), "writing ")
	for name, want := range map[string]string{"/in/ok": "content of in/deep/b", "/in/other": "content of both/c", "/outside/a": "content of in/a"} {
		if got, err := content(f, dir+name); err != nil || got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if target, err := f.Readlink(dir + "/in/out"); err != nil || target != "../secret/s" {
		t.Error(target, err)
	}
	if info, err := f.Lstat(dir + "/in/out"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error(info, err)
	}
	if err := f.Remove(dir + "/out/drain"); err != nil { // the link goes
		t.Error(err)
	}
	if _, err := os.Stat(dir + "/secret/s"); err != nil {
		t.Error(err)
	}
}

func TestFileChanges(t *testing.T) {
	dir := yard(t)
	f := fenced(t, dir)
	refused(t, f.Rename(dir+"/secret/s", dir+"/both/s"), "renaming ")
	refused(t, f.Rename(dir+"/in/a", dir+"/both/a"), "renaming ")
	refused(t, f.Rename(dir+"/both/c", dir+"/in/c"), "renaming to ")
	refused(t, f.Link(dir+"/secret/s", dir+"/both/s"), "linking to ")
	refused(t, f.Link(dir+"/in/a", dir+"/both/a"), "linking to ")
	refused(t, f.Symlink("/etc/passwd", dir+"/both/p"), "linking to ")
	refused(t, f.Symlink("../secret/s", dir+"/both/p"), "linking to ")
	refused(t, f.Symlink("c", dir+"/in/p"), "linking ")
	refused(t, f.Mkdir(dir+"/secret/d", 0o755), "making ")
	refused(t, f.Remove(dir+"/in/a"), "removing ")
	refused(t, f.Chtimes(dir+"/in/a", time.Unix(1, 0), time.Unix(1, 0)), "changing the times of ")
	if err := write(f, dir+"/out/hidden", "x"); err != nil {
		t.Fatal(err)
	}
	refused(t, f.Rename(dir+"/out/hidden", dir+"/both/seen"), "renaming ")
	for _, err := range []error{
		f.Mkdir(dir+"/both/d", 0o755), f.Rename(dir+"/both/c", dir+"/both/d/c"), f.Link(dir+"/both/d/c", dir+"/both/hard"), f.Symlink("d/c", dir+"/both/soft"),
		f.Chtimes(dir+"/both/soft", time.Unix(5, 0), time.Unix(7, 0)), f.Rename(dir+"/both/hard", dir+"/out/hard"), f.Remove(dir + "/out/hard"), f.Chdir(dir + "/both/d"),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	if got, err := content(f, "c"); err != nil || got != "content of both/c" {
		t.Errorf("%q, %v", got, err)
	}
	if info, err := os.Stat(dir + "/both/d/c"); err != nil || info.ModTime().Unix() != 7 {
		t.Error(info, err)
	}
	list, err := f.ReadDir("..")
	names := []string{}
	for _, e := range list {
		names = append(names, e.Name())
	}
	if err != nil || !slices.Equal(names, []string{"d", "soft"}) {
		t.Error(names, err)
	}
	if dir2, err := f.Getwd(); err != nil || dir2 != dir+"/both/d" {
		t.Error(dir2, err)
	}
	_, err = f.TempFile("x*")
	refused(t, err, "writing ")
}

// TestRace swaps a folder for a link to a secret one while files are opened, looked at and made.
func TestRace(t *testing.T) {
	dir := yard(t)
	f := fenced(t, dir)
	if err := os.Mkdir(dir+"/both/way", 0o755); err != nil {
		t.Fatal(err)
	}
	os.WriteFile(dir+"/both/way/s", []byte("fine"), 0o644)
	if err := os.Symlink("../secret", dir+"/both/link"); err != nil {
		t.Skip(err)
	}
	var stop atomic.Bool
	var swapping sync.WaitGroup
	swapping.Go(func() {
		for !stop.Load() {
			os.Rename(dir+"/both/way", dir+"/both/kept")
			os.Rename(dir+"/both/link", dir+"/both/way")
			os.Rename(dir+"/both/way", dir+"/both/link")
			os.Rename(dir+"/both/kept", dir+"/both/way")
		}
	})
	read := 0
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); {
		got, err := content(f, dir+"/both/way/s")
		if err == nil && got != "fine" {
			t.Fatalf("read %q", got)
		}
		if err == nil {
			read++
		}
		write(f, dir+"/both/way/made", "x")
		f.Chtimes(dir+"/both/way/s", time.Unix(1, 0), time.Unix(1, 0))
	}
	stop.Store(true)
	swapping.Wait()
	if _, err := os.Stat(dir + "/secret/made"); err == nil {
		t.Error("a file was made in the secret folder")
	}
	if info, err := os.Stat(dir + "/secret/s"); err != nil || info.ModTime().Unix() == 1 {
		t.Error("the secret file's times were changed")
	}
	if read == 0 {
		t.Log("nothing was read in between")
	}
}

func TestWalk(t *testing.T) {
	dir := yard(t)
	if r, err := walk(dir + "/in/deep"); err != nil {
		t.Error(err)
	} else {
		r.Close()
	}
	if err := os.Symlink("deep", dir+"/in/link"); err != nil {
		t.Skip(err)
	}
	for _, open := range []func(string) (*os.Root, error){walk, openFolder} {
		if r, err := open(dir + "/in/link"); err == nil {
			r.Close()
			t.Error("a link was followed")
		}
	}
}

func TestFilesDenied(t *testing.T) {
	dir := yard(t)
	f := (&Policy{All: true, Deny: Grants{{Kind: Read, Name: dir + "/secret"}, {Kind: Write, Name: dir + "/in"}}}).Files(network.OSFiles())
	_, err := content(f, dir+"/in/../secret/s")
	refused(t, err, "--deny-read="+dir+"/secret forbids it")
	refused(t, write(f, dir+"/in/a", "x"), "forbids it")
	refused(t, f.Rename(dir+"/secret/s", dir+"/out/s"), "forbids it")
	if err := write(f, dir+"/secret/t", "x"); err != nil {
		t.Error(err)
	}
	if got, err := content(f, dir+"/in/a"); err != nil || got != "content of in/a" {
		t.Error(got, err)
	}
}
