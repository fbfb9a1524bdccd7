//go:build interop

package server4_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/dhcp/lease"
	"moonwire/host/network"
)

// crashes is how often the server is killed.
const crashes = 200

const crashScript = `
local server = assert(require("dhcp").server{iface = "eth0", subnet = "10.20.0.0/16", pool = {"10.20.1.0-10.20.255.250"},
  lease_time = 3600, lease_file = %q, conflict_check = false})
require("task").daemon(function()
  for e in server:events() do
    if e.kind == "problem" then print(e.why) end
  end
end)
print("serving")
assert(server:serve{})
`

// TestCrash kills a server that is busy, at any moment of its work, 200 times. Each acknowledgement that was seen on the
// wire is in its file then, and no address is ever given to two clients.
func TestCrash(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	const seed = 1
	chance := rand.New(rand.NewPCG(seed, 0))
	lan := dhcptest.NewLAN(t, 1)
	dhcptest.Give(t, lan.Server, "10.20.0.1/16")
	dir := t.TempDir()
	leases, script := filepath.Join(dir, "leases"), filepath.Join(dir, "server.lua")
	if err := os.WriteFile(script, fmt.Appendf(nil, crashScript, leases), 0o600); err != nil {
		t.Fatal(err)
	}
	program := dhcptest.Moonwire(t)
	crowd := newCrowd(t, lan.Clients[0], chance)
	for n := range crashes {
		server := dhcptest.Start(t, lan.Server, nil, program, "run", script)
		crowd.until(crowd.acks + 1 + chance.IntN(60))
		crowd.during(func() {
			time.Sleep(time.Duration(chance.IntN(5000)) * time.Microsecond)
			server.Kill()
		})
		crowd.compare(n, read(t, leases))
		if t.Failed() {
			t.Fatalf("after crash %d of seed %d; the server printed:\n%s", n, seed, server.Log())
		}
	}
	t.Logf("%d acknowledgements to %d clients, %d of them released", crowd.acks, crowd.made, len(crowd.gone))
}

// read is the table that a server finds in a copy of the file.
func read(t *testing.T, file string) *lease.Table {
	t.Helper()
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "copy")
	if err := os.WriteFile(backup, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	table := lease.NewTable(network.Kernel().Clock())
	found, err := table.Keep(network.OSFiles(), backup, false)
	if err != nil || found.Problems != nil {
		t.Errorf("lease file: %+v, %v", found, err)
	}
	if err := table.Close(); err != nil {
		t.Error(err)
	}
	return table
}

// TestNoSpaceLeft has the disk fill up under a server: it gives nothing more away, says why, and goes on when there is
// room again.
func TestNoSpaceLeft(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	chance := rand.New(rand.NewPCG(1, 2))
	lan := dhcptest.NewLAN(t, 1)
	dhcptest.Give(t, lan.Server, "10.20.0.1/16")
	dir := t.TempDir()
	small := filepath.Join(dir, "small")
	must(t, os.Mkdir(small, 0o755))
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small).CombinedOutput(); err != nil {
		t.Fatalf("mount: %v\n%s", err, out)
	}
	defer exec.Command("umount", "-l", small).Run()
	leases, script := filepath.Join(small, "leases"), filepath.Join(dir, "server.lua")
	must(t, os.WriteFile(script, fmt.Appendf(nil, crashScript, leases), 0o600))
	server := dhcptest.Start(t, lan.Server, nil, dhcptest.Moonwire(t), "run", script)
	crowd := newCrowd(t, lan.Clients[0], chance)
	crowd.until(50)
	// All that is free goes to another file.
	rest, err := os.Create(filepath.Join(small, "rest"))
	must(t, err)
	for err == nil {
		_, err = rest.Write(make([]byte, 512))
	}
	rest.Close()
	for end := time.Now().Add(time.Minute); !strings.Contains(server.Log(), "lease file "+leases+": write "+leases+": no space left on device"); {
		if time.Now().After(end) {
			t.Fatalf("the server says:\n%s", server.Log())
		}
		crowd.receive(10 * time.Millisecond)
		crowd.repeat()
	}
	crowd.compare(0, read(t, leases))
	must(t, os.Remove(rest.Name()))
	crowd.until(crowd.acks + 20)
	server.Kill()
	crowd.compare(1, read(t, leases))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
