package ink

import (
	"bytes"
	"strings"
	"testing"
)

func TestWanted(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		env            string
		terminal, pipe Ink
	}{
		{"", true, false},
		{"TERM=xterm", true, false},
		{"TERM=dumb", false, false},
		{"NO_COLOR=", true, false},
		{"NO_COLOR=1", false, false},
		{"NO_COLOR=0", false, false},
		{"CLICOLOR=0", false, false},
		{"CLICOLOR=1", true, false},
		{"CLICOLOR_FORCE=1", true, true},
		{"CLICOLOR_FORCE=0", true, false},
		{"CLICOLOR_FORCE=1 TERM=dumb", true, true},
		{"CLICOLOR_FORCE=1 NO_COLOR=1", false, false},
		{"FORCE_COLOR=1", true, true},
		{"FORCE_COLOR=0", false, false},
		{"FORCE_COLOR=3 CLICOLOR=0", true, true},
	} {
		env := func(name string) string {
			for _, word := range strings.Fields(tt.env) {
				if v, ok := strings.CutPrefix(word, name+"="); ok {
					return v
				}
			}
			return ""
		}
		if on, off := wanted(env, true), wanted(env, false); on != tt.terminal || off != tt.pipe {
			t.Errorf("%q: %v on a terminal, %v elsewhere", tt.env, on, off)
		}
	}
}

func TestPaint(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ got, want string }{
		{Ink(true).Paint(Green, "ok"), "\x1b[32mok\x1b[m"},
		{Ink(true).Paint(Green, ""), ""},
		{Ink(false).Paint(Green, "ok"), "ok"},
		{Ink(true).Complaint("moonwire: no\n"), "\x1b[31mmoonwire:\x1b[m no\n"},
		{Ink(false).Complaint("moonwire: no\n"), "moonwire: no\n"},
		{Ink(true).Complaint("no"), "no"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, not %q", tt.got, tt.want)
		}
	}
	if isTerminal(&bytes.Buffer{}) || isTerminal(nil) {
		t.Error("a buffer is no terminal")
	}
}
