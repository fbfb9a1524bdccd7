//go:build !linux

package network

// Namespace is the kernel's network inside a network namespace, which only Linux has.
func Namespace(name string) (Network, error) {
	return nil, unsupported("network namespace " + name)
}

// inside runs f where k's sockets are made.
func (k *kernel) inside(f func() error) error { return f() }
