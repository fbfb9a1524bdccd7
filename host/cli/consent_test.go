//go:build unix

package cli_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// A person at a terminal, with packs to run and a home of their own.
type person struct {
	t        *testing.T
	dir      string
	moonwire string
}

func newPerson(t *testing.T) *person {
	t.Helper()
	moonwire, err := exec.LookPath("moonwire")
	if err != nil {
		t.Fatal(err)
	}
	return &person{t: t, dir: t.TempDir(), moonwire: moonwire}
}

// pack packs a recipe, without a terminal.
func (p *person) pack(code string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, "hosts.lua"), []byte(code), 0o666); err != nil {
		p.t.Fatal(err)
	}
	if out, err := p.command("pack", "hosts.lua").CombinedOutput(); err != nil {
		p.t.Fatalf("%v: %s", err, out)
	}
}

func (p *person) command(words ...string) *exec.Cmd {
	cmd := exec.Command(p.moonwire, words...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "MOONWIRE_HOME="+filepath.Join(p.dir, "home"), "TERM=xterm", "NO_COLOR=1", "LC_ALL=C")
	return cmd
}

// run runs the pack and answers what is asked, if anything is. It returns what the terminal shows, and the exit code.
func (p *person) run(answer string) (shown string, code int) {
	p.t.Helper()
	cmd := p.command("run", "hosts.moon")
	tty, err := pty.Start(cmd)
	if err != nil {
		p.t.Fatal(err)
	}
	defer tty.Close()
	if _, err := io.WriteString(tty, answer); err != nil { // read when it is asked for
		p.t.Fatal(err)
	}
	all, _ := io.ReadAll(tty) // which ends with an error where the terminal does
	_ = cmd.Wait()
	return strings.ReplaceAll(string(all), "\r\n", "\n"), cmd.ProcessState.ExitCode()
}

const (
	asks     = "Allow this, now and whenever this pack runs? [y/N]"
	hostsLua = "-- title: Hosts\n-- needs: read /etc/hosts; net 127.0.0.1:7/udp\nprint(\"reads\", io.open \"/etc/hosts\" ~= nil)\n"
)

// What a pack wants is shown and asked once; a yes holds for exactly that pack, and a no refuses.
func TestConsent(t *testing.T) {
	t.Parallel()
	p := newPerson(t)
	p.pack(hostsLua)
	for _, answer := range []string{"n\n", "\n", "perhaps\n", "\x04"} {
		shown, code := p.run(answer)
		if code != 1 || !strings.Contains(shown, asks) || !strings.Contains(shown, "not allowed") || strings.Contains(shown, "reads\t") {
			t.Errorf("%q: exit code %d, %q", answer, code, shown)
		}
	}
	shown, code := p.run("y\n")
	for _, want := range []string{"hosts@0 (Hosts) is not signed.", "It wants to\n  read /etc/hosts", "  send to 127.0.0.1:7/udp by sockets", asks, "reads\ttrue"} {
		if !strings.Contains(shown, want) {
			t.Errorf("yes: no %q in %q", want, shown)
		}
	}
	if code != 0 {
		t.Errorf("yes: exit code %d", code)
	}
	if shown, code := p.run(""); code != 0 || strings.Contains(shown, asks) || !strings.Contains(shown, "reads\ttrue") {
		t.Errorf("the second time: exit code %d, %q", code, shown)
	}
	p.pack(strings.Replace(hostsLua, "read /etc/hosts", "read /etc", 1))
	if shown, code := p.run("n\n"); code != 1 || !strings.Contains(shown, "  read /etc,") || !strings.Contains(shown, asks) {
		t.Errorf("another manifest: exit code %d, %q", code, shown)
	}
	p.pack("-- arg: host address = 127.0.0.1\n" + strings.Replace(hostsLua, "127.0.0.1:7", "HOST:7", 1))
	if shown, code := p.run("n\n"); code != 1 || !strings.Contains(shown, "  send to HOST:7/udp by sockets\nwhere HOST is what --host says\n") {
		t.Errorf("a need of an argument: exit code %d, %q", code, shown)
	}
	p.pack(hostsLua + "-- changed\n")
	if shown, code := p.run("n\n"); code != 1 || !strings.Contains(shown, asks) {
		t.Errorf("another script: exit code %d, %q", code, shown)
	}
	p.pack(hostsLua)
	if shown, code := p.run(""); code != 0 || strings.Contains(shown, asks) {
		t.Errorf("the first one again: exit code %d, %q", code, shown)
	}
}
