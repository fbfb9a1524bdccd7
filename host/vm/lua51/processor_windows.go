package lua51

import (
	"syscall"
	"time"
)

// ProcessorTime is what the process has used of its processors.
func ProcessorTime() time.Duration {
	self, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0
	}
	var created, ended, kernel, user syscall.Filetime
	if syscall.GetProcessTimes(self, &created, &ended, &kernel, &user) != nil {
		return 0
	}
	return lasted(kernel) + lasted(user)
}

// lasted is a span of time, which the system counts in units of 100 ns.
func lasted(t syscall.Filetime) time.Duration {
	return time.Duration(int64(t.HighDateTime)<<32|int64(t.LowDateTime)) * 100
}
