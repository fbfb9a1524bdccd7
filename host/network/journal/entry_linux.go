package journal

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// An Entry is one change, as it was written before it was made.
type Entry struct {
	ID    int             `json:"id"`
	What  string          `json:"what"` // for people
	Kind  string          `json:"kind"` // of Data
	Space Space           `json:"space"`
	Data  json.RawMessage `json:"data"`
}

// A Space is a network namespace.
type Space struct {
	Inode  uint64 `json:"inode"`            // as in net:[4026531840]; the number of one that has gone is given again
	Cookie uint64 `json:"cookie,omitempty"` // which is not, before the machine starts anew; 0: the kernel is older than 5.14
	Path   string `json:"path,omitempty"`   // by which the writer entered it; "": it was there from its start
}

// Here is the namespace of this thread.
func Here() (Space, error) {
	var info unix.Stat_t
	if err := unix.Stat("/proc/thread-self/ns/net", &info); err != nil {
		return Space{}, fmt.Errorf("which network namespace this is: %w", err)
	}
	s := Space{Inode: info.Ino}
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return s, err
	}
	defer unix.Close(fd)
	s.Cookie, _ = unix.GetsockoptUint64(fd, unix.SOL_SOCKET, unix.SO_NETNS_COOKIE)
	return s, nil
}

// Is says whether two are the same namespace.
func (s Space) Is(o Space) bool { return s.Inode == o.Inode && s.Cookie == o.Cookie }

// String is what ls -l /proc/self/ns/net shows, and the way in.
func (s Space) String() string {
	text := fmt.Sprintf("net:[%d]", s.Inode)
	if s.Path != "" {
		text += " (" + s.Path + ")"
	}
	return text
}

// An Owner is a process, as no other has been since the machine started.
type Owner struct {
	PID   int    `json:"pid"`
	Start uint64 `json:"start"` // in clock ticks since the machine started (proc_pid_stat(5), field 22)
	Boot  string `json:"boot"`  // the kernel's id of this start of the machine
}

// self is this process.
func self() (Owner, error) {
	o := Owner{PID: os.Getpid(), Boot: boot()}
	var err error
	o.Start, err = started(o.PID)
	return o, err
}

// boot is the id of this start of the machine.
func boot() string {
	b, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return strings.TrimSpace(string(b))
}

// SinceBoot says whether the machine has not started anew since.
func (o Owner) SinceBoot() bool { return o.Boot == boot() }

// lives says whether the process is still there, where this one can see it.
func (o Owner) lives() bool {
	at, err := started(o.PID)
	return err == nil && at == o.Start && o.SinceBoot()
}

// started is when a process did.
func started(pid int) (uint64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	// The second field, the program's name in parentheses, may have any character.
	_, rest, _ := strings.Cut(string(b[max(0, strings.LastIndexByte(string(b), ')')):]), " ")
	fields := strings.Fields(rest) // from the third on
	if len(fields) < 20 {
		return 0, fmt.Errorf("/proc/%d/stat has %d fields", pid, len(fields)+2)
	}
	if state := fields[0]; state == "Z" || state == "X" {
		return 0, os.ErrProcessDone
	}
	return strconv.ParseUint(fields[19], 10, 64)
}
