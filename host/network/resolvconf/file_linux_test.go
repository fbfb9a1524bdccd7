package resolvconf_test

import (
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"moonwire/host/network/nettest"
	"moonwire/host/network/resolvconf"
)

const original = "# the owner's\nnameserver 192.0.2.1\nnameserver 192.0.2.2\nsearch old.test\noptions edns0\n"

var lease = resolvconf.Config{Servers: []netip.Addr{netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("fe80::1%eth0")}, Search: []string{"lease.test", "b.test"}}

// place makes a directory with a resolv.conf: a file, a link as systemd-resolved has it, or none.
func place(t *testing.T, kind string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "resolv.conf")
	var err error
	switch kind {
	case "file":
		err = os.WriteFile(path, []byte(original), 0o640)
	case "link":
		stub := filepath.Join(t.TempDir(), "stub-resolv.conf")
		if err = os.WriteFile(stub, []byte(original), 0o644); err == nil {
			err = os.Symlink(stub, path)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// state is all that a directory has: names, modes, where links lead, contents.
func state(t *testing.T, path string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			continue // gone since
		}
		name := filepath.Join(filepath.Dir(path), e.Name())
		to, _ := os.Readlink(name)
		text, _ := os.ReadFile(name)
		b.WriteString(strings.Join([]string{e.Name(), info.Mode().String(), to, string(text)}, "|") + "\n")
	}
	return b.String()
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "\n") // the first line says whose it is, the second which run's
	if strings.HasPrefix(rest, "# run ") {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	return rest
}

var kinds = []string{"file", "link", "none"}

func TestSetAndUndo(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			path := place(t, kind)
			before := state(t, path)
			change, err := resolvconf.At(path).Set(lease)
			if err != nil {
				t.Fatal(err)
			}
			if got := read(t, path); got != "nameserver 10.0.0.1\nnameserver fe80::1%eth0\nsearch lease.test b.test\n" {
				t.Error(got)
			}
			if err := change.Undo(); err != nil {
				t.Error(err)
			}
			if err := change.Undo(); err != nil {
				t.Error("twice:", err)
			}
			if after := state(t, path); after != before {
				t.Errorf("before\n%safter\n%s", before, after)
			}
		})
	}
}

// TestLayers undoes the first of two changes before the second. Lists that are empty leave what there is.
func TestLayers(t *testing.T) {
	t.Parallel()
	path := place(t, "file")
	before := state(t, path)
	f := resolvconf.At(path)
	domain, err := f.Set(resolvconf.Config{Search: []string{"first.test"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); got != "nameserver 192.0.2.1\nnameserver 192.0.2.2\nsearch first.test\n" {
		t.Error(got)
	}
	server, err := f.Set(resolvconf.Config{Servers: lease.Servers[:1]})
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); got != "nameserver 10.0.0.1\nsearch first.test\n" {
		t.Error(got)
	}
	domain.Undo()
	if got := read(t, path); got != "search old.test\nnameserver 10.0.0.1\n" {
		t.Error(got)
	}
	server.Undo()
	if after := state(t, path); after != before {
		t.Errorf("before\n%safter\n%s", before, after)
	}
}

// TestKeep makes a change stay, with one above it that is undone, and with none.
func TestKeep(t *testing.T) {
	t.Parallel()
	const kept = "nameserver 10.0.0.1\nnameserver fe80::1%eth0\nsearch lease.test b.test\n"
	for _, kind := range kinds {
		for _, above := range []bool{false, true} {
			path := place(t, kind)
			change, err := resolvconf.At(path).Set(lease)
			if err != nil {
				t.Fatal(err)
			}
			if above {
				other, err := resolvconf.At(path).Set(resolvconf.Config{Search: []string{"above.test"}})
				if err != nil {
					t.Fatal(err)
				}
				defer other.Undo()
				if err := change.Keep(); err != nil {
					t.Error(err)
				}
				if got := read(t, path); !strings.HasSuffix(got, "search above.test\n") || !strings.Contains(got, "nameserver 10.0.0.1") {
					t.Error(got)
				}
				if err := other.Undo(); err != nil {
					t.Error(err)
				}
			} else if err := change.Keep(); err != nil {
				t.Error(err)
			}
			if err := change.Undo(); err != nil {
				t.Error(err)
			}
			if got, want := state(t, path), "resolv.conf|-rw-r--r--||"+kept+"\n"; got != want {
				t.Errorf("%s, above %v: got\n%s", kind, above, got)
			}
		}
	}
}

// TestAnotherProgram leaves a file alone that another program wrote in the meantime.
func TestAnotherProgram(t *testing.T) {
	t.Parallel()
	path := place(t, "link")
	change, err := resolvconf.At(path).Set(lease)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(path+".new", []byte("nameserver 203.0.113.1\n"), 0o644)
	os.Rename(path+".new", path)
	theirs := "resolv.conf|-rw-r--r--||nameserver 203.0.113.1\n\n"
	if _, err := resolvconf.At(path).Set(lease); err == nil || !strings.Contains(err.Error(), "changed by another program") {
		t.Error(err)
	}
	if err := change.Undo(); err == nil || !strings.Contains(err.Error(), "changed by another program in the meantime, and is left so") {
		t.Error(err)
	}
	if got := state(t, path); got != theirs {
		t.Error(got)
	}
}

// TestRefused changes nothing for what can't be meant or can't be done.
func TestRefused(t *testing.T) {
	t.Parallel()
	path := place(t, "file")
	before := state(t, path)
	for _, c := range []resolvconf.Config{
		{Servers: []netip.Addr{{}}},
		{Search: []string{"a.test\nnameserver 203.0.113.1"}}, {Search: []string{"a b"}}, {Search: []string{""}},
		{Search: []string{strings.Repeat("a.", 200)}},
		{Servers: []netip.Addr{netip.MustParseAddr("fe80::1%a\nb")}},
	} {
		if _, err := resolvconf.At(path).Set(c); err == nil {
			t.Errorf("%+v", c)
		}
	}
	if _, err := resolvconf.At("/nonexistent/resolv.conf").Set(lease); err == nil {
		t.Error("no such directory")
	}
	if after := state(t, path); after != before {
		t.Errorf("before\n%safter\n%s", before, after)
	}
}

func TestMountPoint(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("mounting needs root")
	}
	if !nettest.Machine(t) {
		return
	}
	path, other := place(t, "file"), place(t, "file")
	if err := unix.Mount(other, path, "", unix.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	defer unix.Unmount(path, 0)
	before := state(t, path)
	if _, err := resolvconf.At(path).Set(lease); err == nil || !strings.Contains(err.Error(), "is a mount point, as in a container") {
		t.Error(err)
	}
	if after := state(t, path); after != before {
		t.Errorf("before\n%safter\n%s", before, after)
	}
}

// holder is a process that changes a file and waits.
func holder(t *testing.T, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestHold$")
	cmd.Env = append(os.Environ(), "RESOLVCONF_TEST_HOLD="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	ready := make([]byte, 6)
	if _, err := io.ReadFull(out, ready); err != nil || string(ready) != "ready\n" {
		t.Fatalf("%s %v", ready, err)
	}
	return cmd
}

// TestHold is what holder runs.
func TestHold(t *testing.T) {
	path := os.Getenv("RESOLVCONF_TEST_HOLD")
	if path == "" {
		return
	}
	if _, err := resolvconf.At(path).Set(lease); err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString("ready\n")
	select {}
}

// TestCrash kills the process that changed the file.
func TestCrash(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			path := place(t, kind)
			before := state(t, path)
			cmd := holder(t, path)
			if _, err := resolvconf.At(path).Set(lease); err == nil || !strings.Contains(err.Error(), "is being changed by another run") {
				t.Errorf("beside another process: %v", err)
			}
			cmd.Process.Kill()
			for end := time.Now().Add(time.Minute); state(t, path) != before; time.Sleep(10 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatalf("before\n%safter\n%s", before, state(t, path))
				}
			}
		})
	}
}

// TestCrashOfBoth kills the process and its guardian; the next change puts all in order.
func TestCrashOfBoth(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			path := place(t, kind)
			before := state(t, path)
			cmd := holder(t, path)
			unix.Kill(cmd.Process.Pid, unix.SIGSTOP)
			for _, child := range children(t, cmd.Process.Pid) {
				unix.Kill(child, unix.SIGKILL)
			}
			cmd.Process.Kill()
			cmd.Wait()
			if state(t, path) == before {
				t.Fatal("nobody is left who could have given it back")
			}
			change, err := resolvconf.At(path).Set(lease)
			if err != nil {
				t.Fatal(err)
			}
			if err := change.Undo(); err != nil {
				t.Error(err)
			}
			if after := state(t, path); after != before {
				t.Errorf("before\n%safter\n%s", before, after)
			}
		})
	}
}

// TestLateGuardian has a guardian come only when a later run has put all in order and changed the file itself.
func TestLateGuardian(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			path := place(t, kind)
			before := state(t, path)
			cmd := holder(t, path)
			late := children(t, cmd.Process.Pid)
			for _, child := range late {
				unix.Kill(child, unix.SIGSTOP)
			}
			cmd.Process.Kill()
			cmd.Wait()
			change, err := resolvconf.At(path).Set(lease)
			if err != nil {
				t.Fatal(err)
			}
			during := state(t, path)
			for _, child := range late {
				unix.Kill(child, unix.SIGCONT)
				for unix.Kill(child, 0) == nil && !zombie(child) {
					time.Sleep(time.Millisecond)
				}
			}
			if now := state(t, path); now != during {
				t.Errorf("before\n%safter\n%s", during, now)
			}
			if err := change.Undo(); err != nil {
				t.Error(err)
			}
			if after := state(t, path); after != before {
				t.Errorf("before\n%safter\n%s", before, after)
			}
		})
	}
}

// zombie says whether a process has ended and nobody has asked how.
func zombie(pid int) bool {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(b), ") ")
	return strings.HasPrefix(rest, "Z")
}

// children are the processes that a process started.
func children(t *testing.T, pid int) (all []int) {
	t.Helper()
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil || tasks == nil {
		t.Skip("/proc names no children here")
	}
	for _, name := range tasks {
		b, _ := os.ReadFile(name)
		for _, word := range strings.Fields(string(b)) {
			child, _ := strconv.Atoi(word)
			all = append(all, child)
		}
	}
	return all
}
