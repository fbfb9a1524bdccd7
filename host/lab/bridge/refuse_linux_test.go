package bridge

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

func TestRefused(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	n := nettest.NewNode(t)
	a, b := cable(t)
	tapIn(t, n, a)
	virtual := simulated{network.Kernel()}.Clock()
	for _, tt := range []struct {
		name string
		open func() (*Bridge, error)
		is   error
		says string
	}{
		{"a TAP under simulated time", func() (*Bridge, error) { return OpenTAP(b, TAP{Clock: virtual}) }, ErrSimulated, "--virtual-time"},
		{"a raw link under simulated time", func() (*Bridge, error) { return OpenRaw(b, Raw{Clock: virtual, Interface: "lo"}) }, ErrSimulated, "--virtual-time"},
		{"a name that is taken", func() (*Bridge, error) { return OpenTAP(b, TAP{Name: "lab0", Namespace: n.Path}) }, syscall.EEXIST, "TAP device lab0: the name is taken"},
		{"a long name", func() (*Bridge, error) { return OpenTAP(b, TAP{Name: "a-name-of-sixteen"}) }, nil, "longer than 15 bytes"},
		{"no such namespace", func() (*Bridge, error) { return OpenTAP(b, TAP{Namespace: "mw-bridge-none"}) }, os.ErrNotExist, "mw-bridge-none"},
		{"an MTU that Ethernet hasn't", func() (*Bridge, error) { return OpenTAP(b, TAP{MTU: 10, Namespace: n.Path}) }, syscall.EINVAL, "set MTU 10 (68 to 65521)"},
		{"no such interface", func() (*Bridge, error) { return OpenRaw(b, Raw{Interface: "eth9", Namespace: n.Path}) }, nil, "raw link eth9: Link not found"},
		{"frames without Ethernet", func() (*Bridge, error) { return OpenRaw(b, Raw{Interface: "lo", Namespace: n.Path}) }, errors.ErrUnsupported, "Ethernet expected"},
	} {
		got, err := tt.open()
		if got != nil || err == nil || tt.is != nil && !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: got %v, %v", tt.name, got, err)
		}
	}
	if got := interfaces(t, n); got != "lo lab0" {
		t.Errorf("what was refused left %s", got)
	}
}

// TestUnprivileged names the capability that is missing, and the way without.
func TestUnprivileged(t *testing.T) {
	t.Parallel()
	done := make(chan struct{})
	defer func() { <-done }()
	go func() {
		defer close(done)
		runtime.LockOSThread() // the thread ends with its privileges
		none := [2]unix.CapUserData{}
		if err := unix.Capset(&unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}, &none[0]); err != nil {
			t.Error(err)
			return
		}
		unprivileged(t)
	}()
}

func unprivileged(t *testing.T) {
	a := wire.NewPort("a")
	for _, tt := range []struct {
		capability string
		open       func() (*Bridge, error)
	}{
		{"CAP_NET_ADMIN", func() (*Bridge, error) { return OpenTAP(a, TAP{}) }},
		{"CAP_NET_RAW", func() (*Bridge, error) { return OpenRaw(a, Raw{Interface: "lo"}) }},
	} {
		_, err := tt.open()
		if !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), "needs "+tt.capability) || !strings.Contains(err.Error(), "forwarded port") {
			t.Errorf("%s: got %v", tt.capability, err)
		}
	}
}

// TestKilled leaves no device behind a process that ends without a word.
func TestKilled(t *testing.T) {
	if os.Getenv("MOONWIRE_TEST_VICTIM") != "" {
		a, _ := cable(t)
		if _, err := OpenTAP(a, TAP{Name: "victim0"}); err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString("ready\n")
		time.Sleep(time.Minute)
		return
	}
	if !nettest.Inside(t) {
		return
	}
	n := nettest.NewNode(t)
	var cmd *exec.Cmd
	if err := n.Do(func() error {
		cmd = exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), "MOONWIRE_TEST_VICTIM=1")
		out, err := cmd.StdoutPipe()
		if err != nil {
			return err
		}
		if err := cmd.Start(); err != nil {
			return err
		}
		_, err = out.Read(make([]byte, 6))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got := interfaces(t, n); got != "lo victim0" {
		t.Errorf("there are %s", got)
	}
	cmd.Process.Kill()
	cmd.Wait()
	eventually(t, "the device is gone", func() bool { return interfaces(t, n) == "lo" })
}
