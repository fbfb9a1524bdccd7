package nettest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"moonwire/host/network"
)

// Inside runs the test again in a user and a network namespace of its own, and reports whether this is that run. Where
// namespaces are not allowed the test is skipped.
func Inside(t *testing.T) bool {
	t.Helper()
	return inside(t, 0, 1)
}

// Machine is Inside with mounts and processes of its own as well, and with all users of the system: daemons run there as
// they do at boot, and end with the test. It takes root.
func Machine(t *testing.T) bool {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Fatal("needs root: programs of the test run as other users")
	}
	if !inside(t, syscall.CLONE_NEWNS|syscall.CLONE_NEWPID, 1<<16) {
		return false
	}
	must(t, unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""))
	return true
}

// inside runs the test again in namespaces of its own, in which some users are known.
func inside(t *testing.T, more uintptr, users int) bool {
	t.Helper()
	const mark = "MOONWIRE_TEST_NAMESPACE"
	if os.Getenv(mark) != "" {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", fmt.Sprintf("-test.short=%t", testing.Short()))
	if end, ok := t.Deadline(); ok { // it ends before this run does, or would be left alone
		cmd.Args = append(cmd.Args, "-test.timeout="+max(time.Until(end)-5*time.Second, time.Second).String())
	}
	cmd.Env = append(os.Environ(), mark+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | more,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: users}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: users}},
		// Programs that give up privileges want to set groups, which only root may allow them.
		GidMappingsEnableSetgroups: os.Geteuid() == 0,
	}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.ENOSYS) {
		t.Skip("no user namespaces here:", err)
	}
	t.Logf("inside:\n%s", out)
	if err != nil {
		t.Fatal(err)
	}
	return false
}

// OneProcessor keeps the processes of a test that is inside on one processor: veth has a queue for each, and frames that were
// sent on two may overtake each other.
func OneProcessor(t *testing.T) {
	t.Helper()
	var allowed, one unix.CPUSet
	must(t, unix.SchedGetaffinity(0, &allowed))
	for cpu, skip := 0, os.Getpid()%allowed.Count(); one.Count() == 0; cpu++ {
		if allowed.IsSet(cpu) {
			if skip == 0 {
				one.Set(cpu)
			}
			skip--
		}
	}
	for all := false; !all; { // a thread may have come meanwhile, of one that was elsewhere
		threads, err := os.ReadDir("/proc/self/task")
		must(t, err)
		all = true
		for _, thread := range threads {
			id, err := strconv.Atoi(thread.Name())
			must(t, err)
			var now unix.CPUSet
			if unix.SchedGetaffinity(id, &now) == nil && now != one {
				all = false
				unix.SchedSetaffinity(id, &one)
			}
		}
	}
}

// A Node is a machine of a test's network.
type Node struct {
	Path    string // of its namespace
	Network network.Network
}

// NewNode makes a network namespace whose loopback interface is up.
func NewNode(t *testing.T) *Node {
	t.Helper()
	var fd int
	err := onThread(func() (err error) {
		if err = unix.Unshare(unix.CLONE_NEWNET); err != nil {
			return err
		}
		if fd, err = unix.Open("/proc/thread-self/ns/net", unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
			return err
		}
		lo, err := netlink.LinkByName("lo")
		if err != nil {
			return err
		}
		return netlink.LinkSetUp(lo)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(fd) })
	n := &Node{Path: fmt.Sprintf("/proc/self/fd/%d", fd)}
	if n.Network, err = network.Namespace(n.Path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Network.Close() })
	return n
}

// Do runs f on a thread that is in n's namespace: processes it starts and files of /proc/sys/net are n's.
func (n *Node) Do(f func() error) error {
	return onThread(func() error {
		fd, err := unix.Open(n.Path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
		if err != nil {
			return err
		}
		defer unix.Close(fd)
		if err := unix.Setns(fd, unix.CLONE_NEWNET); err != nil {
			return err
		}
		return f()
	})
}

// Sysctl writes a file below /proc/sys/net.
func (n *Node) Sysctl(t *testing.T, name, value string) {
	t.Helper()
	if err := n.Do(func() error { return os.WriteFile("/proc/sys/net/"+name, []byte(value), 0) }); err != nil {
		t.Fatal(err)
	}
}

// Await waits until an interface carries frames. The kernel tells an interface a little later that its other end is up, and
// drops without a word what is sent before.
func (n *Node) Await(t *testing.T, iface string) {
	t.Helper()
	must(t, n.Do(func() error {
		for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
			switch l, err := netlink.LinkByName(iface); {
			case err != nil:
				return err
			case l.Attrs().OperState == netlink.OperUp:
				return nil
			case time.Now().After(end):
				return fmt.Errorf("%s is %s", iface, l.Attrs().OperState)
			}
		}
	}))
}

// Output runs a program in n's namespace and returns what it printed.
func (n *Node) Output(t *testing.T, program string, args ...string) string {
	t.Helper()
	var out []byte
	err := n.Do(func() (err error) {
		out, err = exec.Command(program, args...).CombinedOutput()
		return err
	})
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", program, args, err, out)
	}
	return string(out)
}

// onThread runs f on a thread of its own, which ends with it.
func onThread(f func() error) error {
	err := make(chan error)
	go func() {
		runtime.LockOSThread()
		err <- f()
	}()
	return <-err
}

// NeedTUN skips a test where no TUN or TAP device can be made.
func NeedTUN(t testing.TB) {
	t.Helper()
	if err := unix.Access("/dev/net/tun", unix.R_OK|unix.W_OK); err != nil {
		t.Skip("needs /dev/net/tun: ", err)
	}
}
