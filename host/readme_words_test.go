package host_test

import (
	"bytes"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"moonwire/host/cli"
)

var (
	command = regexp.MustCompile("(?m)(?:`|^\\$ |^  |\\./)moonwire ([a-z][^`\n#]*)(`|#|$)")
	aFlag   = regexp.MustCompile("(?:^|[\\s`(])(--[a-z][a-z-]*)")
)

// TestWords holds every command, script and flag that the README, the tutorial and the topics name to those that there are.
func TestWords(t *testing.T) {
	known := help(t) + "\n--licenses" // of built tools
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z]+) `).FindAllStringSubmatch(known, -1) {
		known += help(t, m[1])
	}
	texts := map[string]string{"README.md": read(t, "../README.md")}
	for _, pattern := range []string{"../scripts/tutorial/text/*/*.md", "docgen/reference/topics/*.md"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			texts[f] = read(t, f)
		}
	}
	for file, text := range texts {
		for _, m := range command.FindAllStringSubmatch(text, -1) {
			checkCommand(t, file, strings.Fields(m[1]), known)
		}
		for _, m := range aFlag.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(known, m[1]) && !argument(m[1]) {
				t.Errorf("%s: nothing has a flag %s", file, m[1])
			}
		}
	}
}

// checkCommand wants a command's name, and behind help and doc something that these know.
func checkCommand(t *testing.T, file string, words []string, known string) {
	if !regexp.MustCompile(`(?m)^  ` + words[0] + `\b`).MatchString(known) {
		t.Errorf("%s: moonwire %s: no such command", file, strings.Join(words, " "))
		return
	}
	if len(words) == 2 && (words[0] == "help" || words[0] == "doc" || words[0] == "run") && words[1] == strings.ToLower(words[1]) && filepath.Ext(words[1]) != ".lua" && filepath.Ext(words[1]) != ".moon" {
		help(t, words[1])
	}
}

// argument says whether a script that ships has such a flag.
func argument(flag string) bool {
	var out bytes.Buffer
	cli.Main([]string{"list", "--json"}, cli.Streams{In: strings.NewReader(""), Out: &out, Err: io.Discard})
	return strings.Contains(out.String(), `"flag":"`+flag+`"`)
}

// help is what moonwire help prints of a name, which must be known.
func help(t *testing.T, name ...string) string {
	t.Helper()
	var out, problems bytes.Buffer
	if code := cli.Main(append([]string{"help"}, name...), cli.Streams{In: strings.NewReader(""), Out: &out, Err: &problems}); code != 0 {
		t.Errorf("moonwire help %s: %s", strings.Join(name, " "), problems.String())
	}
	return out.String()
}
