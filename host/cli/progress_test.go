//go:build unix

package cli_test

import (
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// slow is a script that takes some seconds and tells how far it is. The bar comes after the first.
const slow = `local script, task = require "script", require "task"
for i = 1, 60 do
  script.progress(i, 60, "hosts")
  if i > 20 and i < 55 then print "one answers" end
  task.sleep(0.05)
end`

// TestProgress runs a script on a terminal: a bar, above it what is printed, and nothing left of it at the end.
func TestProgress(t *testing.T) {
	t.Parallel()
	moonwire, err := exec.LookPath("moonwire")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ env, bar string }{
		{"NO_COLOR=", `hosts  \x1b\[32m#+\x1b\[0m-+  \d+/60  \d+ %  [\d.]+/s  \d+ s left`},
		{"NO_COLOR=1", `hosts  #+-+  \d+/60  \d+ %  [\d.]+/s  \d+ s left`},
	} {
		cmd := exec.Command(moonwire, "-e", slow)
		cmd.Env = append(os.Environ(), "TERM=xterm", "LC_ALL=C", tt.env)
		tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 20, Cols: 70})
		if err != nil {
			t.Fatal(err)
		}
		all, _ := io.ReadAll(tty) // which ends with an error where the terminal does
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
		got := string(all)
		if !regexp.MustCompile(tt.bar).MatchString(got) {
			t.Errorf("%s: no bar in %q", tt.env, got)
		}
		if !strings.Contains(got, "\r\x1b[Jone answers\r\n") || !strings.HasSuffix(got, "\r\x1b[J") {
			t.Errorf("%s: the bar is in the way: %q", tt.env, got)
		}
	}
	out, err := exec.Command(moonwire, "-e", slow).CombinedOutput()
	if err != nil || strings.Contains(string(out), "hosts") {
		t.Errorf("on a pipe: %v %q", err, out)
	}
}

// TestProgressOfRecipe: a scan knows how many questions it has to ask; how many answers a table takes nobody knows.
func TestProgressOfRecipe(t *testing.T) {
	t.Parallel()
	moonwire, err := exec.LookPath("moonwire")
	if err != nil {
		t.Fatal(err)
	}
	for words, wants := range map[string][]string{
		"arp_scan --network 10.0.0.0/22 --rate 1000pps --wait 0.05 --lab lan --on h1": {
			`questions  #+-+  \d+/2044  \d+ %  [\d.k]+/s  \d+ s left`, `10\.0\.0\.2  02:00:00:00:00:02`},
		"snmp_table --host 10.0.2.77 --wait 2.5 --retries 0 --lab snmp --on linux": {`answers  0  \d s`, `no answer|no route`},
	} {
		cmd := exec.Command(moonwire, append([]string{"run"}, strings.Fields(words)...)...)
		cmd.Env = append(os.Environ(), "TERM=xterm", "LC_ALL=C", "NO_COLOR=1")
		all := onTerminal(t, cmd)
		for _, want := range wants {
			if !regexp.MustCompile(want).MatchString(all) {
				t.Errorf("%s: no %s in %q", words, want, all)
			}
		}
	}
}
