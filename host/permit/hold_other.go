//go:build !linux

package permit

// hold uses a socket's path.
func hold(path, _ string, _ bool, use func(path string) error) error { return use(path) }
