//go:build unix

package lua51

import "syscall"

// waitStatus is a process's end as wait reports it.
func waitStatus(sys any, code int) int {
	if s, ok := sys.(syscall.WaitStatus); ok {
		return int(s)
	}
	return code
}
