//go:build !unix

package lua51

// waitStatus is a process's exit code: other systems have no more.
func waitStatus(_ any, code int) int { return code }
