package cli_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/scripts"
)

// Each script of the tutorial is recorded in its lab, and played with the same output and the same frames. Each run has a
// process of its own, as chance in a lab's stacks belongs to a process.
func TestReplayTutorial(t *testing.T) {
	files, err := fs.Glob(scripts.FS, "tutorial/*.lua")
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range files {
		name := strings.TrimSuffix(file, ".lua")
		if strings.HasSuffix(name, "_test") || testing.Short() && i%8 != 0 {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			out, _ := moonwire(t, dir, "run", "--record", "run.mw", name)
			again, errs := moonwire(t, dir, "replay", "run.mw")
			if again != out || !strings.Contains(errs, "the run is equal to the record: ") {
				t.Errorf("recorded\n%s\nreplayed\n%s%s", out, again, errs)
			}
		})
	}
}

// moonwire runs in a process and a folder of its own.
func moonwire(t *testing.T, dir string, args ...string) (out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(os.Args[0], args...)
	cmd.Args[0] = "moonwire"
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Errorf("moonwire %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	return stdout.String(), stderr.String()
}
