//go:build interop && unix

package cli_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// shells are how each starts with moonwire's completion, and nothing of whoever runs the test.
var shells = []struct {
	name, rc, config string
	args             []string
}{
	{"bash", "rc", "PS1='$ '; source <(moonwire completion bash)", []string{"bash", "--noprofile", "--rcfile", "rc", "-i"}},
	{"bash with bash-completion", "rc", "PS1='$ '; source /usr/share/bash-completion/bash_completion; source <(moonwire completion bash)",
		[]string{"bash", "--noprofile", "--rcfile", "rc", "-i"}},
	{"zsh", ".zshrc", "PS1='$ '; bindkey -e; autoload -Uz compinit; compinit -u -D; source <(moonwire completion zsh)", []string{"zsh", "-i"}},
	{"fish", "fish/config.fish", "moonwire completion fish | source", []string{"fish", "-i"}},
}

// completed are lines with a tab at their end, and what the shell makes of them.
var completed = []struct{ typed, want string }{
	{"comple", "completion"},
	{"completion ba", "completion bash"},
	{"run arp_sc", "run arp_scan"},
	{"run arp_scan --netw", "run arp_scan --network"},
	{"run snmp_walk --transport t", "run snmp_walk --transport tcp"},
	{"run snmp_walk --transport=t", "run snmp_walk --transport=tcp"},
	{"run snmp_walk --no-bu", "run snmp_walk --no-bulk"},
	{"run --lab mtu", "run --lab mtu1300"},
	{"run --lab=mtu", "run --lab=mtu1300"},
	{"run --iface lo", "run --iface lo"},
	{"run --lab mtu1300 --on ser", "run --lab mtu1300 --on server"},
	{"test --reporter ju", "test --reporter junit"},
	{"run arp_scan --max-mem", "run arp_scan --max-memory"},
	{"list disc", "list discovery"},
	{"help arp_sc", "help arp_scan"},
	{"run mine/gre", "run mine/greet.lua"},
	{"run mine/greet.lua --wh", "run mine/greet.lua --whom"},
	{"run mine/greet.lua --whom A", "run mine/greet.lua --whom Ann"},
	{"run pcap_summary mine/cap", "run pcap_summary mine/capture.pcap"},
	{"mine/greet.lua --wh", "mine/greet.lua --whom"},
	{"run mine/two", "run mine/two words.lua"},
	{`run mine/two\ words.lua --of`, "run mine/two words.lua --often"},
	{`run "mine/two words.lua" --of`, "run mine/two words.lua --often"},
}

// TestCompletionInShells types into real shells on a terminal. The line is not called but echoed.
func TestCompletionInShells(t *testing.T) {
	for _, shell := range shells {
		t.Run(shell.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, text := range map[string]string{shell.rc: shell.config + "\n", "mine/capture.pcap": "",
				"mine/two words.lua": "-- title: Two words\n-- arg: often integer = 1\n",
				"mine/greet.lua":     "-- title: Greet\n-- arg: whom one of Ann|Bob = Ann\n-- arg: size integer = 1\n-- arg: wet boolean\n"} {
				file := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			s := startShell(t, dir, shell.args)
			for i, c := range completed {
				mark := fmt.Sprintf("made%d:", i)
				// To the line's start, to be echoed; then the line, up to a bar that ends what was completed.
				fmt.Fprintf(s.tty, "moonwire %s\t\x01echo \"\"%s \x05\"|\"\r", c.typed, mark)
				got := strings.Join(strings.Fields(s.await(t, "\n"+mark+" moonwire ", "|")), " ")
				if got != c.want {
					t.Errorf("%s<tab> gives %q, want %q", c.typed, got, c.want)
				}
			}
		})
	}
}

// A shellOnTerminal is a shell that a test types into.
type shellOnTerminal struct {
	tty  *os.File
	text chan string
	raw  string
	read int // how much of the text in raw was awaited
}

// sequence is what moves a terminal's cursor or sets its title or colours.
var sequence = regexp.MustCompile("\x1b(\\[[0-9;?=>]*[A-Za-z]|\\][^\a]*\a|[=>(][B0]?)")

func startShell(t *testing.T, dir string, args []string) *shellOnTerminal {
	t.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir, "ZDOTDIR="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir, "TERM=xterm", "LC_ALL=C.UTF-8", "MOONWIRE_HOME="+dir)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 200})
	if err != nil {
		t.Fatal(err)
	}
	s := &shellOnTerminal{tty: tty, text: make(chan string, 1000)}
	go func() {
		defer close(s.text)
		b := make([]byte, 4096)
		for {
			n, err := tty.Read(b)
			s.text <- string(b[:n])
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		tty.Close()
	})
	io.WriteString(tty, "echo rea\"\"dy\r")
	s.await(t, "\nready", "\n")
	return s
}

// await is what stands between two texts that the shell prints, from at the beginning of a line.
func (s *shellOnTerminal) await(t *testing.T, from, to string) string {
	t.Helper()
	late := time.After(time.Minute)
	for {
		text := strings.ReplaceAll(sequence.ReplaceAllString(s.raw, ""), "\r", "\n")
		if _, rest, found := strings.Cut(text[s.read:], from); found {
			if got, rest, found := strings.Cut(rest, to); found {
				s.read = len(text) - len(rest)
				return got
			}
		}
		select {
		case more, open := <-s.text:
			if !open {
				t.Fatalf("the shell has ended:\n%q", s.raw)
			}
			s.raw += more
		case <-late:
			t.Fatalf("no %q:\n%q", from, s.raw)
		}
	}
}
