//go:build interop

package dhcptest

import (
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// Inside runs the test again on a machine of its own and reports whether this is that run. Directories where the
// programs keep sockets, locks and leases are empty there, and /etc is a copy: nothing reaches the real ones.
func Inside(t *testing.T) bool {
	t.Helper()
	if !nettest.Machine(t) {
		return false
	}
	for _, dir := range []string{"/run", "/var/lib/dhcp", "/var/lib/dhcpcd", "/var/lib/kea", "/var/lib/systemd"} {
		if _, err := os.Stat(dir); err == nil {
			must(t, unix.Mount("tmpfs", dir, "tmpfs", 0, "mode=755"))
		}
	}
	const etc = "/run/etc"
	if out, err := exec.Command("cp", "-a", "/etc", etc).CombinedOutput(); err != nil {
		t.Fatalf("copy /etc: %v\n%s", err, out)
	}
	must(t, unix.Mount(etc, "/etc", "", unix.MS_BIND, ""))
	must(t, os.MkdirAll("/run/netns", 0o755))
	// Read-only /sys tells systemd-networkd that there is no udev to wait for.
	must(t, unix.Mount("sysfs", "/sys", "sysfs", unix.MS_RDONLY, ""))
	return true
}

// named makes a node whose namespace has a name, as "ip netns add" gives it, and so a resolv.conf of its own:
// /etc/netns/NAME/resolv.conf. A test's later nodes take over the names of earlier ones.
func named(t *testing.T, name string) *nettest.Node {
	t.Helper()
	n := nettest.NewNode(t)
	path := "/run/netns/" + name
	must(t, os.WriteFile(path, nil, 0o600))
	must(t, unix.Mount(n.Path, path, "", unix.MS_BIND, ""))
	t.Cleanup(func() { unix.Unmount(path, unix.MNT_DETACH) })
	world, err := network.Namespace(name)
	must(t, err)
	t.Cleanup(func() { world.Close() })
	n.Network = world
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
