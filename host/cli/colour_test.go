//go:build unix

package cli_test

import (
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

// coloured is a sequence that gives letters another look.
var coloured = regexp.MustCompile("\x1b\\[[0-9;]*m")

// TestColour holds each command that colours what it writes (TestProgress has the bar) to what the environment asks for, on a terminal and on a pipe.
func TestColour(t *testing.T) {
	t.Parallel()
	moonwire, err := exec.LookPath("moonwire")
	if err != nil {
		t.Fatal(err)
	}
	test := filepath.Join(t.TempDir(), "a_test.lua")
	if err := os.WriteFile(test, []byte("it('is', function() require 'expect'({a = 1}):to_equal({a = 2}) end)\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, words := range [][]string{
		{"list", "tutorial"}, {"help"}, {"doctor"}, {"-e", "error 'no'"}, {"list", "--by", "colour"}, {"test", test},
		{"repl"},
	} {
		t.Run(strings.Join(words[:1], " "), func(t *testing.T) {
			t.Parallel()
			for env, want := range map[string]struct{ terminal, pipe bool }{
				"NO_COLOR=":        {true, false},
				"NO_COLOR=1":       {false, false},
				"TERM=dumb":        {false, false},
				"CLICOLOR_FORCE=1": {true, true},
			} {
				command := func() *exec.Cmd {
					cmd := exec.Command(moonwire, words...)
					cmd.Env = append(os.Environ(), "TERM=xterm", "NO_COLOR=", "CLICOLOR_FORCE=", "FORCE_COLOR=", "CLICOLOR=", env)
					return cmd
				}
				if got := onTerminal(t, command()); coloured.MatchString(got) != want.terminal {
					t.Errorf("%v with %s on a terminal: %q", words, env, got)
				}
				cmd := command()
				cmd.Stdin = strings.NewReader("error 'no'\n")
				out, _ := cmd.CombinedOutput() // many of them fail
				if coloured.Match(out) != want.pipe {
					t.Errorf("%v with %s on a pipe: %q", words, env, out)
				}
			}
		})
	}
}

// prompt is how the first one comes onto the screen.
var prompt = regexp.MustCompile("[J\r\n]> ")

// onTerminal is what a command writes on one. At a prompt somebody types a line that fails, and the end.
func onTerminal(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 20, Cols: 100})
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	defer time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() }).Stop()
	var all []byte
	part := make([]byte, 4096)
	for typed := false; ; {
		n, err := tty.Read(part)
		if all = append(all, part[:n]...); err != nil { // as where the terminal ends
			_ = cmd.Wait() // many of them fail
			return string(all)
		}
		if !typed && prompt.Match(all) {
			typed = true
			if _, err := io.WriteString(tty, "error 'no'\r\x04"); err != nil {
				t.Fatal(err)
			}
		}
	}
}
