//go:build !linux

package network

// Namespace is the kernel's network inside a network namespace, which only Linux has.
func Namespace(name string) (Network, error) {
	return nil, unsupported("network namespace " + name)
}

// Inside runs f in a network namespace; "" is where this process is.
func Inside(name string, f func() error) error {
	if name == "" {
		return f()
	}
	return unsupported("network namespace " + name)
}

// inside runs f where k's sockets are made.
func (k *kernel) inside(f func() error) error { return f() }
