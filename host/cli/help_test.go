package cli_test

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"moonwire/host/cli"
)

// said is what a call of moonwire writes to the standard output. The call must succeed.
func said(t *testing.T, words ...string) string {
	t.Helper()
	var out, problems bytes.Buffer
	if code := cli.Main(words, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &problems}); code != 0 {
		t.Errorf("moonwire %s: exit code %d: %s", strings.Join(words, " "), code, problems.String())
	}
	return out.String()
}

var (
	listedCommand = regexp.MustCompile(`(?m)^  ([a-z]+) +\S`)
	listedFlag    = regexp.MustCompile(`(?m)^  (--?[\w#-]+)(?: (\S+))?  +\S`)
)

// free are values of flags that nobody can offer.
var free = map[string]bool{"N": true, "S": true, "SIZE": true, "TEXT": true, "CODE": true, "NET": true, "ADDRESS": true, "N/s": true, "BYTES": true,
	"KIB": true, "MB": true, "SECONDS": true, "TYPE": true}

// TestFlags: what the help of a command lists its completion offers, and the other way round, and values where there are some.
func TestFlags(t *testing.T) {
	t.Parallel()
	parts := strings.Split(said(t, "help"), "\n\n") // what it is, how it is called, the commands, more words, the topics
	commands := listedCommand.FindAllStringSubmatch(parts[2], -1)
	if len(commands) < 15 {
		t.Fatalf("moonwire help lists %d commands", len(commands))
	}
	for _, m := range commands {
		name := m[1]
		page := said(t, "help", name)
		if !strings.HasPrefix(page, "usage: moonwire "+name) {
			t.Errorf("help of %s begins %.40q", name, page)
		}
		_, flags, _ := strings.Cut(page, "\nflags:\n")
		values := map[string]string{"--help": ""}
		for _, f := range listedFlag.FindAllStringSubmatch(flags, -1) {
			values[f[1]] = f[2]
		}
		if lines := strings.Count(flags, "\n"); len(values)-1 != lines {
			t.Errorf("%s: %d of %d flags could be read", name, len(values)-1, lines)
		}
		offered := map[string]string{}
		for line := range strings.Lines(said(t, "__complete", name, "-")) {
			word, doc, _ := strings.Cut(strings.TrimSpace(line), "\t")
			offered[word] = doc
			if doc == "" {
				t.Errorf("%s: %s is offered without a word", name, word)
			}
		}
		want, got := slices.Sorted(maps.Keys(values)), slices.Sorted(maps.Keys(offered))
		if !slices.Equal(want, got) {
			t.Errorf("%s: help has %v\ncompletion has %v", name, want, got)
		}
		for flag, value := range values {
			if value == "" || strings.HasPrefix(value, "[") || free[value] || flag == "--name" || flag == "--remove" || flag == "--netns" {
				continue // nothing is installed here, and there may be no namespace
			}
			if said(t, "__complete", name, "--lab", "pair", flag, "") == "" && said(t, "__complete", name, flag, "") == "" {
				t.Errorf("%s: no value is offered for %s %s", name, flag, value)
			}
		}
	}
}
