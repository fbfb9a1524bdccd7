//go:build interop

package dhcptest

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"

	"moonwire/host/network/nettest"
)

// Inside runs the test again on a machine of its own and reports whether this is that run. Directories where the
// programs keep sockets, locks and leases are empty there, and its resolv.conf is a copy: nothing reaches the real ones.
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
	// Clients may write resolv.conf; they write this one.
	must(t, os.WriteFile("/run/resolv.conf", nil, 0o666))
	bind(t, "/run/resolv.conf", "/etc/resolv.conf")
	// Read-only /sys tells systemd-networkd that there is no udev to wait for.
	must(t, unix.Mount("sysfs", "/sys", "sysfs", unix.MS_RDONLY, ""))
	return true
}

// bind lays a file over another.
func bind(t *testing.T, file, over string) {
	t.Helper()
	must(t, unix.Mount(file, over, "", unix.MS_BIND, ""))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
