package dgram

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
	"moonwire/host/vm"
	"moonwire/stdlib"
)

// runOn runs a Lua file on a node and returns what it printed.
func runOn(t *testing.T, n *nettest.Node, file string) string {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	rt, err := vm.New(vm.Options{Modules: []*decl.Module{Module()}, Lib: stdlib.FS, Network: n.Network, Files: network.OSFiles(),
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out})
	if err != nil {
		t.Fatal(err)
	}
	if err := rt.Run(context.Background(), file, string(source)); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return out.String()
}

// TestPath runs ping, traceroute and path MTU discovery in Lua over two routers.
func TestPath(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	want, err := os.ReadFile("testdata/path.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, with := range []string{"a raw socket behind ping", "a ping socket"} {
		p := nettest.NewPath(t)
		if with == "a ping socket" { // a new namespace allows nobody one
			p.Client.Sysctl(t, "ipv4/ping_group_range", "0 0")
		}
		if got := runOn(t, p.Client, "testdata/path.lua"); got != string(want) {
			t.Errorf("with %s: got\n%s\nwant\n%s", with, got, want)
		}
	}
}
