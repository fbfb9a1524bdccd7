//go:build unix

package lua51

import (
	"syscall"
	"time"
)

// ProcessorTime is what the process has used of its processors.
func ProcessorTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
