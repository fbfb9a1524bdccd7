package catalog_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows says which packages of moonwire a package may import, beside those below itself. The first prefix that fits
// decides; a package that no prefix fits has no business here.
var arrows = []struct {
	prefix string
	may    string
}{
	{"stdlib", ""},
	{"scripts", ""},
	{"host/decl", ""},
	{"host/network", ""},
	{"host/licenses", ""},
	{"host/pack", "host/script"},
	{"host/shelf", "host/pack host/script host/whole"},
	{"host/keyring", "host/pack host/whole"},
	{"host/tool", ""},
	{"host/ink", ""},
	{"host/filter", ""},
	{"host/pcap", "host/network"},
	{"host/packet", "host/dhcp/option host/dhcp/dhcp6 host/snmp/oid host/snmp/ber host/snmp/message"},
	{"host/dhcp/option", "host/packet host/decl/nearest"},
	{"host/dhcp/dhcp4", "host/packet host/dhcp/option"},
	{"host/dhcp", "host/network host/packet host/pcap host/filter host/permit host/decl/nearest"},
	{"host/snmp/oid", ""},
	{"host/snmp/ber", ""},
	{"host/snmp/message", "host/snmp/oid host/snmp/ber"},
	{"host/snmp/usm", "host/network host/snmp/oid host/snmp/ber host/snmp/message"},
	{"host/snmp/transport", "host/network"},
	{"host/snmp", "host/decl/nearest host/network"},
	{"host/mib/smi", "host/mib host/network host/snmp/oid"},
	{"host/mib/facts/generate", "host/mib host/network host/snmp/oid"},
	{"host/mib", "host/decl/nearest host/snmp/oid"},
	{"host/docgen/page", ""},
	{"host/docgen", "host/decl host/script host/whole"},
	{"host/record/tell", "host/packet host/pcap host/record"},
	{"host/record/tape", "host/decl host/network host/pcap host/record host/vm/lua51"},
	{"host/record", "host/decl host/network"},
	{"host/result", "host/decl"},
	{"host/progress", "host/decl"},
	{"host/script", "host/decl host/network host/permit"},
	{"host/lab", "host/decl/nearest host/network host/packet host/pcap host/permit bindings/internal"},
	{"host/permit", "host/network"},
	{"bindings/internal/events", "host/decl host/network"},
	{"bindings/internal/dhcpserver", "host/decl host/network host/dhcp bindings/internal/callback"},
	{"bindings/internal/names", "host/decl host/mib host/snmp"},
	{"bindings/mib", "host/decl host/network host/mib host/snmp/oid host/snmp/message bindings/internal"},
	{"bindings/internal", "host/decl host/packet"},
	{"bindings/tls", "host/decl host/network bindings/socket"},
	{"bindings/socket", "host/decl host/network host/permit bindings/internal"},
	{"bindings/lab", "host/decl host/network host/permit host/lab host/packet host/pcap host/filter scripts bindings/internal"},
	{"bindings/packet", "host/decl host/network host/packet host/filter bindings/internal"},
	{"bindings/pcap", "host/decl host/network host/packet host/pcap host/filter bindings/internal"},
	{"bindings/dhcp", "host/decl host/network host/packet host/pcap host/permit host/dhcp bindings/internal"},
	{"bindings/dhcp6", "host/decl host/network host/packet host/permit host/dhcp bindings/internal"},
	{"bindings/snmp", "host/decl host/network host/packet host/snmp host/mib bindings/internal"},
	{"bindings/link", "host/decl host/network host/packet host/pcap host/filter host/permit bindings/internal"},
	{"bindings/", "host/decl host/network bindings/internal"},
	{"host/vm", "host/decl host/network"},
	{"host/hosttest", "host/decl host/network host/vm stdlib"},
	{"host/catalog", "host/decl bindings/"},
	{"host/internal/hook", "host/lab host/network host/vm"},
	{"host/repl", "host host/decl host/docgen host/ink host/network host/vm host/whole"},
	{"host/test", "host host/decl host/ink host/network host/result host/script host/vm stdlib"},
	{"host/cmd/moonwire", "host/cli"},
	{"host/cmd/tutorial", "host/cli host/script"},
	{"host/cmd/bench", "host host/decl host/lab host/mib/smi/smitest host/network host/permit host/snmp/message host/snmp/oid host/vm"}, // embeds the host as any program may
	{"host/cmd/", "host/licenses"},
	{"host/cli", "host host/catalog host/decl host/docgen host/filter host/ink host/internal/hook host/keyring host/lab host/licenses host/network host/pack host/packet host/pcap host/permit host/profile host/progress host/record host/repl host/result host/script host/shelf host/test host/tool host/vm host/whole scripts stdlib"},
	{"host", "host/catalog host/decl host/internal/hook host/lab host/network host/permit host/result host/script host/vm stdlib"},
}

// outside are the modules that only some packages may import.
var outside = map[string]string{
	"host/decl": "github.com/yuin/gopher-lua",
}

// TestArrows holds who may import whom.
func TestArrows(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", "-f", `{{if not .Standard}}{{.ImportPath}} {{join .Imports " "}}{{end}}`, "moonwire/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		pkg, ours := strings.CutPrefix(words[0], "moonwire/")
		if !ours {
			continue
		}
		for _, imported := range words[1:] {
			if !allowed(pkg, imported) {
				t.Errorf("%s must not import %s", pkg, imported)
			}
		}
	}
}

func allowed(pkg, imported string) bool {
	target, ours := strings.CutPrefix(imported, "moonwire/")
	if !ours {
		only, bounded := outside[pkg]
		return !bounded || !strings.Contains(imported, ".") || imported == only
	}
	for _, a := range arrows {
		if !below(pkg, a.prefix) {
			continue
		}
		if own := family(pkg, a.prefix); below(target, own) {
			return true
		}
		for _, may := range strings.Fields(a.may) {
			if target == may || may != "host" && below(target, may) {
				return true
			}
		}
		return false
	}
	return false
}

// below says whether pkg is prefix or inside it.
func below(pkg, prefix string) bool {
	return pkg == prefix || strings.HasPrefix(pkg, strings.TrimSuffix(prefix, "/")+"/")
}

// family is the folder whose packages may import each other: that of one binding, or the prefix itself.
func family(pkg, prefix string) string {
	if !strings.HasSuffix(prefix, "/") {
		return prefix
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(pkg, prefix), "/")
	return prefix + name
}

func TestAllowed(t *testing.T) {
	for _, tt := range []struct {
		pkg, imported string
		want          bool
	}{
		{"bindings/socket", "moonwire/host/decl", true},
		{"bindings/socket", "moonwire/host/network/resolver", true},
		{"bindings/socket", "moonwire/bindings/socket/inner", true},
		{"bindings/socket", "moonwire/bindings/addr", false},
		{"bindings/socket", "moonwire/host/vm", false},
		{"bindings/socket", "moonwire/host", false},
		{"bindings/lab", "moonwire/host/lab", true},
		{"host/vm/lua51", "moonwire/host/vm/lua51/code", true},
		{"host/vm", "moonwire/host/catalog", false},
		{"host/vm", "moonwire/bindings/bit", false},
		{"host/decl", "moonwire/host/network", false},
		{"host/decl", "golang.org/x/sys/unix", false},
		{"host/decl", "github.com/yuin/gopher-lua", true},
		{"host/decl", "net/netip", true},
		{"host/cmd/moonwire", "moonwire/host/vm", false},
		{"elsewhere", "moonwire/host", false},
	} {
		if got := allowed(tt.pkg, tt.imported); got != tt.want {
			t.Errorf("%s imports %s: allowed is %v", tt.pkg, tt.imported, got)
		}
	}
}

// topLevel is what the module's folder holds, beside files with a dot and what the Makefile builds.
var topLevel = []string{"CHANGELOG.md", "LICENSE", "Makefile", "README.md", "bindings", "go.mod", "go.sum", "host", "scripts", "stdlib", "moonwire", "dist", "bin"}

// TestTopLevel holds that nothing was left behind in the module's folder, nor a link in this one.
func TestTopLevel(t *testing.T) {
	t.Parallel()
	for folder, wanted := range map[string]func(name string) bool{
		"../..": func(name string) bool { return slices.Contains(topLevel, name) || strings.HasPrefix(name, ".") },
		".":     func(name string) bool { return strings.HasSuffix(name, ".go") },
	} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !wanted(e.Name()) && !strings.HasSuffix(e.Name(), ".test") && !strings.HasSuffix(e.Name(), ".prof") {
				t.Errorf("what is %s in %s?", e.Name(), folder)
			}
		}
	}
}
