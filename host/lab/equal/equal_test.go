package equal

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"moonwire/bindings/addr"
	"moonwire/bindings/bytes"
	"moonwire/bindings/dgram"
	"moonwire/bindings/link"
	"moonwire/bindings/packet"
	"moonwire/bindings/socket"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
)

// atOnce is how many tests run beside each other: much of them waits for something that doesn't come.
const atOnce = "16"

func TestMain(m *testing.M) {
	flag.Parse()
	flag.Set("test.parallel", atOnce)
	os.Exit(m.Run())
}

// An experiment is a chunk of a Lua file. Its first line names the rule that it shows.
type experiment struct{ name, source string }

// experiments reads the files.
func experiments(t *testing.T) map[string][]experiment {
	t.Helper()
	files, err := filepath.Glob("testdata/*.lua")
	if err != nil {
		t.Fatal(err)
	}
	all, names := make(map[string][]experiment), make(map[string]bool)
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range strings.Split(string(b), "\n---\n") {
			line, _, _ := strings.Cut(source, "\n")
			name := strings.TrimPrefix(line, "-- ")
			if name == line || names[name] {
				t.Fatalf("%s: an experiment begins with a name of its own, not with %q", file, line)
			}
			names[name] = true
			topic := strings.TrimSuffix(filepath.Base(file), ".lua")
			all[topic] = append(all[topic], experiment{name, source})
		}
	}
	return all
}

// perform runs each file in a world of its own, its experiments one after the other, and returns what each printed.
func perform(t *testing.T, create func(*testing.T) world) map[string]string {
	t.Helper()
	printed := make(map[string]string)
	var mu sync.Mutex
	t.Run("experiments", func(t *testing.T) {
		for topic, list := range experiments(t) {
			t.Run(topic, func(t *testing.T) {
				t.Parallel()
				w := create(t)
				for _, e := range list {
					t.Run(e.name, func(t *testing.T) {
						lines := w.perform(t, e)
						mu.Lock()
						defer mu.Unlock()
						printed[e.name] = lines
					})
				}
			})
		}
	})
	return printed
}

// perform runs one experiment.
func (w world) perform(t *testing.T, e experiment) string {
	modules := []*decl.Module{w.module(), socket.Module(), dgram.Module(), link.Module(), packet.Module(), bytes.Module(), addr.Module()}
	source := strings.ReplaceAll(prelude, "\n", " ") + " local ok, why = pcall(function() " + e.source + "\nend) if not ok then print(why) end"
	return hosttest.RunIn(t, w["client"], source, modules...)
}

// report is a text with a paragraph for each experiment.
func report(printed map[string]string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(printed)) {
		fmt.Fprintf(&b, "== %s\n%s", name, printed[name])
	}
	return b.String()
}

// parseReport is report's inverse.
func parseReport(t *testing.T, file string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	printed := make(map[string]string)
	for _, p := range strings.Split("\n"+string(b), "\n== ")[1:] {
		name, lines, _ := strings.Cut(p, "\n")
		printed[name] = lines
		if lines != "" && !strings.HasSuffix(lines, "\n") {
			printed[name] += "\n"
		}
	}
	return printed
}
