package scripts_test

import (
	"bytes"
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"moonwire/host"
	"moonwire/host/script"
	"moonwire/host/vm"
	"moonwire/scripts"
)

// tries is how often a script may miss its header's output: experiments are about time, and a busy machine is late.
const tries = 3

// TestShows runs every tutorial script and compares what it prints with what its header says.
func TestShows(t *testing.T) {
	files, err := fs.Glob(scripts.FS, "tutorial/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(path.Base(file), ".lua"), func(t *testing.T) {
			source, err := fs.ReadFile(scripts.FS, file)
			if err != nil {
				t.Fatal(err)
			}
			h, err := script.Parse(file, string(source))
			if err != nil {
				t.Fatal(err)
			}
			if h.Shows == "" {
				t.Fatal("the header has no shows")
			}
			want := script.Masked(h.Shows)
			for try := 1; ; try++ {
				got := run(t, file, string(source), h)
				masked := script.Masked(strings.TrimRight(got, "\n"))
				if masked == want {
					return
				}
				if try == tries {
					t.Fatalf("%s\nprinted:\n%s", difference(masked, want), got)
				}
			}
		})
	}
}

// run runs a script with its default arguments, files written into a directory of the test's.
func run(t *testing.T, file, source string, h *script.Header) string {
	t.Helper()
	args := h.Defaults()
	for _, a := range h.Args {
		if a.Type.Name == "file" {
			args[a.Name] = filepath.Join(t.TempDir(), a.Default)
		}
	}
	var out, problems bytes.Buffer
	err := host.New(host.Options{
		Stdin:  strings.NewReader(""),
		Stdout: &out,
		Stderr: &problems,
		Limits: vm.Limits{Timeout: 20 * time.Second},
	}).Run(context.Background(), host.Script{Name: file, Source: source, Args: args})
	if err != nil {
		t.Fatalf("%v\nprinted:\n%s%s", err, out.String(), problems.String())
	}
	return out.String()
}

// difference names the first line that isn't as it should be.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		line := func(list []string) string {
			if i < len(list) {
				return list[i]
			}
			return "(the end)"
		}
		if line(g) != line(w) {
			return "masked line " + line(g) + "\n     should be " + line(w)
		}
	}
	return ""
}
