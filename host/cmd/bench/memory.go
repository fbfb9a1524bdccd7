package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// parked measures the resident memory of a process with many tasks that wait.
func parked(moonwire string) ([]row, error) {
	var rows []row
	for _, c := range []struct{ tasks, limit int }{{10000, 100e6}, {100000, 1e9}} {
		rss, err := rss(moonwire, fmt.Sprintf(parkedLua, c.tasks))
		if err != nil {
			return rows, err
		}
		rows = append(rows, row{fmt.Sprintf("%d tasks / limit", c.tasks), mb(rss), mb(c.limit), float64(rss) / float64(c.limit), "<= 1"})
	}
	return rows, nil
}

const parkedLua = `local task = require "task"
for i = 1, %d do task.daemon(function() task.sleep(1000) end) end
task.sleep(0.2)
print "ready"
io.read()`

func mb(n int) string { return fmt.Sprintf("%.0f MB", float64(n)/1e6) }

// rss runs code until it says it is ready and reads its resident memory.
func rss(moonwire, code string) (int, error) {
	cmd := exec.Command(moonwire, "-e", code)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return 0, err
	}
	defer stdin.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	defer func() { cmd.Process.Kill(); cmd.Wait() }()
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		return 0, fmt.Errorf("no answer from the parked tasks: %q %v", line, err)
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmRSS:" {
			kb, err := strconv.Atoi(f[1])
			return kb * 1024, err
		}
	}
	return 0, fmt.Errorf("no VmRSS in /proc")
}
