package network

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
)

// namespaces is where ip-netns(8) keeps named network namespaces.
const namespaces = "/run/netns"

// Namespace is the kernel's network inside a named network namespace (ip-netns(8)), or inside the one that a path such
// as /proc/42/ns/net leads to. Entering one needs CAP_SYS_ADMIN.
func Namespace(name string) (Network, error) {
	k := newNamespace(name)
	if err := k.inside(func() error { return nil }); err != nil {
		return nil, err
	}
	return k, nil
}

// Inside runs f on a thread that is in a network namespace, named as for Namespace; "" is where this process is. Sockets
// and devices that f makes stay there.
func Inside(name string, f func() error) error {
	if name == "" {
		return f()
	}
	return newNamespace(name).inside(f)
}

func newNamespace(name string) *kernel {
	path := name
	if !strings.ContainsRune(name, '/') {
		path = filepath.Join(namespaces, name)
	}
	return &kernel{name: name, path: path}
}

// inside runs f on a thread that is in k's namespace. Sockets that f makes stay there.
func (k *kernel) inside(f func() error) error {
	if k.path == "" {
		return f()
	}
	there, err := unix.Open(k.path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return &os.PathError{Op: "namespace", Path: k.name, Err: err}
	}
	defer unix.Close(there)

	runtime.LockOSThread()
	here, err := unix.Open("/proc/thread-self/ns/net", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		runtime.UnlockOSThread()
		return fmt.Errorf("namespace %s: %w", k.name, err)
	}
	defer unix.Close(here)
	if err := unix.Setns(there, unix.CLONE_NEWNET); err != nil {
		runtime.UnlockOSThread()
		return fmt.Errorf("namespace %s: setns: %w%s", k.name, err, remedy(err))
	}
	err = f()
	if unix.Setns(here, unix.CLONE_NEWNET) == nil {
		runtime.UnlockOSThread() // a thread that can't come back ends with its goroutine
	}
	return err
}

// remedy says what entering a namespace needs.
func remedy(err error) string {
	if err == unix.EPERM {
		return " (needs CAP_SYS_ADMIN: run as root)"
	}
	return ""
}
