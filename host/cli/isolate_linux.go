package cli

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"golang.org/x/sys/unix"
)

// spare is what the interpreter and the garbage collector may use beside the script, in bytes.
const spare = 64 << 20

func isolationSupported() error { return nil }

// limitMemory bounds the private memory of this process (RLIMIT_DATA, which since Linux 4.7 counts what mmap gives).
// Go's collector works harder near the limit and gives memory back, so garbage alone doesn't reach it.
func limitMemory(bytes uint64) error {
	used, err := dataSize()
	if err != nil {
		return err
	}
	debug.SetMemoryLimit(int64(bytes))
	limit := used + bytes + spare
	return unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: limit, Max: limit})
}

// dataSize is what RLIMIT_DATA counts already (proc_pid_statm(5)).
func dataSize() (uint64, error) {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(b), "VmData:")
	var kilobytes uint64
	if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
		return 0, fmt.Errorf("/proc/self/status: VmData: %w", err)
	}
	return kilobytes << 10, nil
}
