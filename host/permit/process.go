package permit

import (
	"errors"
	"fmt"
	"os/exec"
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

// Command is what starts programs, as p allows it: with the variables of the environment that get may tell. Where programs
// are bounded no shell sees the line: its words are the program, and what it is told.
func (p *Policy) Command(start func(line string) *exec.Cmd, get func(string) string) func(line string) *exec.Cmd {
	if start == nil || p.Free() || p.All && len(p.Deny.of(Run))+len(p.Deny.of(Env)) == 0 {
		return start
	}
	return func(line string) *exec.Cmd {
		cmd := p.bare(start, line)
		if cmd.Err == nil {
			cmd.Env = p.environ(get)
		}
		return cmd
	}
}

// bare is the command of a line, by a shell where no program is bounded.
func (p *Policy) bare(start func(line string) *exec.Cmd, line string) *exec.Cmd {
	if p.All && len(p.Deny.of(Run)) == 0 {
		return start(line)
	}
	words, err := split(line)
	if err != nil {
		return &exec.Cmd{Err: err}
	}
	path, err := p.runs(words[0])
	if err != nil {
		return &exec.Cmd{Err: err}
	}
	return &exec.Cmd{Path: path, Args: words}
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
