//go:build interop

package csv_test

import (
	"os/exec"
	"strings"
	"testing"

	"moonwire/bindings/bytes"
	"moonwire/bindings/csv"
	"moonwire/host/hosttest"
)

// TestInteropCSV lets Python write tables, reads and writes them here, and lets Python judge.
func TestInteropCSV(t *testing.T) {
	texts, err := exec.Command("python3", "testdata/csv_peer.py", "make").Output()
	if err != nil {
		t.Fatalf("python3: %v", err)
	}
	script := `for line in ("` + strings.ReplaceAll(string(texts), "\n", " ") + `"):gmatch "%S+" do
  local text = csv.format(assert(csv.parse(line == "-" and "" or bytes.unhex(line))))
  print(text == "" and "-" or bytes.hex(text))
end`
	judge := exec.Command("python3", "testdata/csv_peer.py", "judge")
	judge.Stdin = strings.NewReader(string(texts) + "---\n" + hosttest.Run(t, script, csv.Module(), bytes.Module()))
	if out, err := judge.CombinedOutput(); err != nil {
		t.Errorf("python3: %v\n%s", err, out)
	}
}
