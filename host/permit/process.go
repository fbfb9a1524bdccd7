package permit

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Getenv is what tells the variables of the environment, as p allows it: others are not set.
func (p *Policy) Getenv(get func(string) string) func(string) string {
	if p.Free() || get == nil {
		return get
	}
	return func(name string) string {
		if p.simple("reading the variable "+name, Grant{Kind: Env, Name: name}) != nil {
			return ""
		}
		return get(name)
	}
}

// Command is what starts programs, as p allows it. Where programs are bounded no shell sees the line: its words are the
// program, and what it is told.
func (p *Policy) Command(start func(line string) *exec.Cmd) func(line string) *exec.Cmd {
	if start == nil || p.Free() || p.All && len(p.Deny.of(Run)) == 0 {
		return start
	}
	return func(line string) *exec.Cmd {
		words, err := split(line)
		if err == nil {
			err = p.runs(words[0])
		}
		if err != nil {
			return &exec.Cmd{Err: err}
		}
		return exec.Command(words[0], words[1:]...)
	}
}

// runs decides about a program.
func (p *Policy) runs(program string) error {
	is := func(g Grant) bool {
		return g.Kind == Run && (g.Name == Anything || g.Name == program || sameProgram(g.Name, program))
	}
	tried := "running " + program
	if err := p.forbidden(tried, is); err != nil {
		return err
	}
	if p.All || slices.ContainsFunc(p.Allow, is) {
		return nil
	}
	return p.refuse(&Refusal{Tried: tried, Would: Grants{{Kind: Run, Name: program}}}, Run)
}

// sameProgram says whether two words start one file.
func sameProgram(a, b string) bool {
	one, err := exec.LookPath(a)
	two, err2 := exec.LookPath(b)
	if err != nil || err2 != nil {
		return false
	}
	is, err := os.Stat(one)
	got, err2 := os.Stat(two)
	// Programs of several names (busybox) are as many programs.
	return err == nil && err2 == nil && os.SameFile(is, got) && filepath.Base(one) == filepath.Base(two)
}

// split parts a line into words, at blanks that stand in no quotes. What a shell would do more for is refused.
func split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	open, quote := false, rune(0)
	for _, c := range line {
		switch {
		case c == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(c)
		case c == '\'' || c == '"':
			open, quote = true, c
		case c == ' ' || c == '\t':
			if open {
				words = append(words, word.String())
			}
			word.Reset()
			open = false
		case strings.ContainsRune("|&;<>()$`\\*?[]{}~#\n", c):
			return nil, fmt.Errorf("programs are started without a shell here: %q must stand in quotes", c)
		default:
			open = true
			word.WriteRune(c)
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("a quote %c is open", quote)
	}
	if open {
		words = append(words, word.String())
	}
	if len(words) == 0 || words[0] == "" {
		return nil, errors.New("no program is named")
	}
	return words, nil
}
