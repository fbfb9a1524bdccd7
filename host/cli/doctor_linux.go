package cli

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// Remedies name the least that helps.
const (
	capabilities = `Raw frames and low ports need capabilities (or root). Give them to a copy that only you can execute, for whoever runs
it has them:

  install -m 700 "$(command -v moonwire)" ~/moonwire-raw
  sudo setcap cap_net_raw,cap_net_admin,cap_net_bind_service+ep ~/moonwire-raw`
	pingGroups = `Ping sockets are for the groups that the system names:

  sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"`
	userNamespaces = `A network namespace of one's own needs root, or user namespaces:

  sudo sysctl -w kernel.unprivileged_userns_clone=1                # Debian
  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0    # Ubuntu`
	leftovers = `What a run has changed that was killed (kill -9) stands in a journal. moonwire undoes it when it starts with the same
rights in the same network namespace; so does this command. ip netns exec NAME moonwire doctor goes into one with a name;
one without a name ends with its processes, and all of it when the machine starts anew.`
	enterNamespaces = `--netns NAME enters a namespace that "ip netns add NAME" has made: that needs root.`
)

// systemExaminations are those of Linux.
func systemExaminations() []examination {
	return []examination{
		{"raw frames", "sniff, send and answer whole frames", rawFrames, capabilities},
		{"raw IP", "any protocol over IP", rawIP, capabilities},
		{"ping sockets", "ping, traceroute and path MTU", pingSocket, pingGroups},
		{"own namespace", "a network of one's own for a test", ownNamespace, userNamespaces},
		{"--netns NAME", "run in a namespace that ip netns made", enterNamespace, enterNamespaces},
		{"--isolate", "a hard limit of memory", memoryLimit, ""},
		{"left behind", "changes of runs that were killed", leftBehind, leftovers},
	}
}

// opens tries to make a socket.
func opens(family, kind, protocol int) (string, error) {
	fd, err := unix.Socket(family, kind|unix.SOCK_CLOEXEC, protocol)
	if err != nil {
		return "", err
	}
	return "", unix.Close(fd)
}

func rawFrames() (string, error) {
	const all = unix.ETH_P_ALL>>8 | unix.ETH_P_ALL&0xff<<8 // in network order
	return opens(unix.AF_PACKET, unix.SOCK_RAW, all)
}

func rawIP() (string, error) { return opens(unix.AF_INET, unix.SOCK_RAW, unix.IPPROTO_ICMP) }

func pingSocket() (string, error) { return opens(unix.AF_INET, unix.SOCK_DGRAM, unix.IPPROTO_ICMP) }

// ownNamespace starts this program in new namespaces, to print its version there.
func ownNamespace() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	cmd := exec.Command(self, "--version")
	cmd.Args[0] = os.Args[0]
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWNET | unix.CLONE_NEWUSER}
	err = cmd.Run()
	var failed *os.PathError
	if errors.As(err, &failed) {
		return "", failed.Err
	}
	return "", err
}

// enterNamespace enters the namespace where this process is, which takes the same right as entering another.
func enterNamespace() (string, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	fd, err := unix.Open("/proc/thread-self/ns/net", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return "", err
	}
	defer unix.Close(fd)
	return "", unix.Setns(fd, unix.CLONE_NEWNET)
}

func memoryLimit() (string, error) {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return "", err
	}
	total := float64(info.Totalram) * float64(info.Unit)
	return fmt.Sprintf("this machine has %.1fG", total/(1<<30)), nil
}
