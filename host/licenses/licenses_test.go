package licenses

import (
	"os/exec"
	"strings"
	"testing"
)

// Every module that the command links has its notice, in its present version.
func TestNotices(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Version}}{{end}}",
		"moonwire/host/cmd/moonwire").Output()
	if err != nil {
		t.Skip("go list does not work here:", err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		m := strings.TrimSpace(line)
		if m != "" && !seen[m] && !strings.Contains("\n"+Notices, "\n== "+m+"\n") {
			t.Errorf("no notice of %s: go generate ./host/licenses", m)
		}
		seen[m] = true
	}
}

// The tables that are built in have their notices.
func TestDataNotices(t *testing.T) {
	for _, source := range []string{"pysnmp 4.4.12", "pysnmp-mibs 0.1.3", "net-snmp 5.9.3"} {
		if !strings.Contains(Notices, "\n== facts of MIB modules, from "+source+"\n") {
			t.Errorf("no notice of %s: go generate ./host/licenses", source)
		}
	}
}
