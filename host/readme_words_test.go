package host_test

import (
	"bytes"
	"io"
	"io/fs"
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

// hint is where a text of ours sends its reader.
var hint = regexp.MustCompile(`\bmoonwire (help|doc) ([a-z0-9_]+(?:\.[a-z0-9_]+)*)`)

// prose are words behind "moonwire help" by which a sentence goes on.
var prose = map[string]bool{"and": true, "knows": true, "lists": true, "prints": true, "shows": true, "tells": true}

// TestHints follows every "moonwire help WORD" and "moonwire doc WORD" that programs, scripts and pages print.
func TestHints(t *testing.T) {
	t.Parallel()
	followed := map[string]bool{}
	for _, root := range []string{".", "../bindings", "../stdlib", "../scripts", "../README.md"} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(file, "_test.go") || strings.Contains(file, "testdata") {
				return err
			}
			for _, m := range hint.FindAllStringSubmatch(read(t, file), -1) {
				if followed[m[0]] || prose[m[2]] {
					continue
				}
				followed[m[0]] = true
				var problems bytes.Buffer
				if code := cli.Main(m[1:], cli.Streams{In: strings.NewReader(""), Out: io.Discard, Err: &problems}); code != 0 {
					t.Errorf("%s: %s: %s", file, m[0], problems.String())
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(followed) < 20 {
		t.Errorf("only %d hints were found", len(followed))
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
