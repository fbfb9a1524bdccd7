package network

import (
	"os"
	"strings"

	"moonwire/host/network/resolvconf"
)

// The switches of forwarding (sysctl net.ipv4.ip_forward and net.ipv6.conf.all.forwarding).
var forwardingFiles = []string{"/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv6/conf/all/forwarding"}

// A forwardingEdit makes the machine a router, or stops it from being one.
type forwardingEdit struct {
	Before []string // of each file
	After  string
}

// forwarding is what the files say.
func forwarding() (list []string, err error) {
	for _, name := range forwardingFiles {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		list = append(list, strings.TrimSpace(string(b)))
	}
	return list, nil
}

func (e *forwardingEdit) kind() string { return "forwarding" }

func (e *forwardingEdit) look() (err error) {
	e.Before, err = forwarding()
	return err
}

func (e *forwardingEdit) do() error {
	for _, name := range forwardingFiles {
		if err := os.WriteFile(name, []byte(e.After), 0); err != nil {
			return err
		}
	}
	return nil
}

func (e *forwardingEdit) undo() error {
	now, err := forwarding()
	for i, name := range forwardingFiles {
		if err == nil && now[i] == e.After && i < len(e.Before) {
			err = os.WriteFile(name, []byte(e.Before[i]), 0)
		}
	}
	return err
}

// A resolverEdit is a resolv.conf that package resolvconf has changed: that undoes it itself while this process lives.
type resolverEdit struct{ Path string }

func (e *resolverEdit) kind() string { return "resolver" }

func (e *resolverEdit) look() error { return nil }
func (e *resolverEdit) do() error   { return nil }
func (e *resolverEdit) undo() error { return resolvconf.At(e.Path).Recover() }
