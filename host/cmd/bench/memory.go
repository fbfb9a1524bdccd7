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

// snmpSessions are how many sessions are open at once, each of which has asked and been answered.
const snmpSessions = 5000

const snmpSessionsLua = `local snmp = require "snmp"
local a = assert(snmp.agent{address="127.0.0.1", port=0, tree={["sysName.0"]="R2"}})
local open = {}
for i = 1, %d do
  open[i] = assert(snmp.open{host=a.address})
  assert(open[i]:get("sysName.0"))
end
collectgarbage()
print "ready"
io.read()`

// sessions measures what a session adds to the resident memory of a process.
func sessions(moonwire string) ([]row, error) {
	one, err := rss(moonwire, fmt.Sprintf(snmpSessionsLua, 1))
	if err != nil {
		return nil, err
	}
	all, err := rss(moonwire, fmt.Sprintf(snmpSessionsLua, snmpSessions))
	if err != nil {
		return nil, err
	}
	each := (all - one) / (snmpSessions - 1)
	return []row{{"an idle session / limit", fmt.Sprintf("%.1f KB", float64(each)/1024), "16 KB", float64(each) / (16 << 10), "<= 1"}}, nil
}

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
