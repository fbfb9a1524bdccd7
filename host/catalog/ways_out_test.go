package catalog_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// waysOut are functions that reach the machine and the networks around it past the policy of a run (package permit). What
// scripts can call asks network.From, network.FilesFrom and permit.Outside instead.
var waysOut = map[string][]string{
	"moonwire/host/network": {"Kernel", "Namespace", "Inside", "OSFiles"},
	"os": {"Open", "OpenFile", "OpenRoot", "OpenInRoot", "Create", "CreateTemp", "ReadFile", "WriteFile", "ReadDir", "Stat", "Lstat", "Readlink", "Remove", "RemoveAll",
		"Rename", "Mkdir", "MkdirAll", "MkdirTemp", "Link", "Symlink", "Chmod", "Chown", "Chtimes", "Truncate", "Chdir", "DirFS", "CopyFS", "StartProcess", "FindProcess",
		"Getenv", "LookupEnv", "Environ", "ExpandEnv", "Setenv", "Unsetenv", "Clearenv"},
	"os/exec": {"Command", "CommandContext"},
	"net": {"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "Listen", "ListenPacket", "ListenConfig", "ListenTCP", "ListenUDP", "ListenIP",
		"ListenUnix", "ListenUnixgram", "ListenMulticastUDP", "FileConn", "FileListener", "FilePacketConn", "LookupHost", "LookupAddr", "LookupIP", "LookupCNAME",
		"LookupTXT", "LookupMX", "LookupNS", "LookupSRV", "LookupPort", "ResolveIPAddr", "ResolveTCPAddr", "ResolveUDPAddr", "Resolver", "DefaultResolver"},
	"golang.org/x/sys/unix": {"Socket", "Open", "Openat", "Openat2"},
	"syscall":               {"Socket", "Open", "Exec", "ForkExec", "StartProcess"},
}

// mayReach are the files among what scripts can call that reach out themselves, and why they may.
var mayReach = map[string]string{
	"bindings/lab/bridge.go":         "asks the policy for the interface in its namespace, and for each frame",
	"bindings/mac/vendors_gen.go":    "is no part of the program",
	"bindings/socket/module.go":      "reads LuaSocket's own variable, which scripts don't see",
	"host/lab/bridge":                "makes the devices that bindings/lab has asked the policy for",
	"host/lab/lab.go":                "takes this machine's clock",
	"host/lab/share":                 "offers a lab to Wireshark, for the command",
	"host/mib/facts/generate":        "is no part of the program",
	"host/vm/lua51/machine/fault.go": "reads moonwire's own variable, which scripts don't see",
	"host/vm/lua51/process.go":       "starts what the host's policy let pass",
	"host/dhcp/dhcptest":             "is for tests",
	"host/mib/smi/smitest":           "is for tests",
	"host/snmp/snmptest":             "is for tests",
}

// TestWaysOut holds that nothing that scripts can call goes around the policy.
func TestWaysOut(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, top := range []string{"bindings", "stdlib", "host/vm", "host/dhcp", "host/snmp", "host/mib", "host/lab", "host/pcap", "host/packet", "host/filter", "host/decl"} {
		err := filepath.WalkDir(filepath.Join("..", "..", top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			name := strings.TrimPrefix(filepath.ToSlash(path), "../../")
			for _, way := range reaches(t, path) {
				place := ""
				for p := range mayReach {
					if below(name, p) {
						place = p
					}
				}
				if used[place] = true; place == "" {
					t.Errorf("%s: %s goes around the policy of the run: ask network.From, network.FilesFrom or permit.Outside", name, way)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for p := range mayReach {
		if !used[p] {
			t.Errorf("%s is on the list and reaches nothing", p)
		}
	}
}

// reaches are the ways out that a file uses, each with its line.
func reaches(t *testing.T, path string) (ways []string) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{} // by the name that the file has for a package
	for _, i := range file.Imports {
		imported, _ := strconv.Unquote(i.Path.Value)
		if names, is := waysOut[imported]; is {
			local := imported[strings.LastIndex(imported, "/")+1:]
			if i.Name != nil {
				local = i.Name.Name
			}
			out[local] = names
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := s.X.(*ast.Ident); ok && pkg.Obj == nil && slices.Contains(out[pkg.Name], s.Sel.Name) {
				ways = append(ways, pkg.Name+"."+s.Sel.Name+" in line "+strconv.Itoa(set.Position(s.Pos()).Line))
			}
		}
		return true
	})
	return ways
}
