package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The load that perfdhcp puts on a server: more exchanges than any of them manages, of so many clients.
const (
	dhcpRounds  = 3
	dhcpRate    = 10000
	dhcpClients = 10000
	dhcpSeconds = 5
)

// The namespaces of server and client, and their addresses.
const (
	dhcpSpace, dhcpFar   = "mw-bench-dhcpd", "mw-bench-dhcpc"
	dhcpServer, dhcpPeer = "10.21.0.1", "10.21.0.2"
	dhcpPool             = "10.21.1.0-10.21.63.255"
)

// dhcpLua is a server in a script.
const dhcpLua = `local dhcp = require "dhcp"
local s = assert(dhcp.server{iface="eth0", pool="` + dhcpPool + `", router="` + dhcpServer + `"%s})
s:serve{}`

// dhcpHandlers are functions for each message.
const dhcpHandlers = `, on_discover = function(msg, peer) if msg.xid == 0 then return false end end,
	on_request = function(msg, peer) if msg.xid == 0 then return false end end`

// keaText is Kea's configuration.
const keaText = `{ "Dhcp4": {
  "interfaces-config": { "interfaces": [ "eth0" ], "dhcp-socket-type": "raw" },
  "lease-database": { "type": "memfile", "persist": false, "lfc-interval": 0 },
  "valid-lifetime": 3600,
  "subnet4": [ { "id": 1, "subnet": "10.21.0.0/16", "pools": [ { "pool": "` + dhcpPool + `" } ],
    "option-data": [ { "name": "routers", "data": "` + dhcpServer + `" } ] } ],
  "loggers": [ { "name": "kea-dhcp4", "severity": "ERROR", "output_options": [ { "output": "stdout" } ] } ]
} }`

// leasing compares a server in a script with Kea and dnsmasq, by the exchanges of four messages that perfdhcp counts and
// by those in a second of the server's processor time.
func leasing(moonwire string) ([]row, error) {
	conf, remove, err := keaConf()
	if err != nil {
		return nil, err
	}
	defer remove()
	defer dhcpDown()
	if err := dhcpUp(); err != nil {
		return nil, err
	}
	first, last, _ := strings.Cut(dhcpPool, "-")
	servers := [...][]string{
		{moonwire, "run", "--here", "-e", fmt.Sprintf(dhcpLua, "")},
		{moonwire, "run", "--here", "-e", fmt.Sprintf(dhcpLua, dhcpHandlers)},
		{"kea-dhcp4", "-c", conf},
		{"dnsmasq", "-k", "-C", "/dev/null", "--port=0", "--interface=eth0", "--bind-interfaces", "--dhcp-range=" + first + "," + last + ",255.255.0.0,1h",
			"--dhcp-option=3," + dhcpServer, "--dhcp-authoritative", "--no-ping", "--leasefile-ro", "--user=root", "--pid-file", "--dhcp-lease-max=20000", "--quiet-dhcp"},
	}
	var rate, each [len(servers)]float64
	for range dhcpRounds {
		for i, argv := range servers {
			r, busy, err := exchanges(argv)
			if err != nil {
				return nil, err
			}
			rate[i], each[i] = max(rate[i], r), max(each[i], r*dhcpSeconds/busy.Seconds())
		}
	}
	compare := func(what string, ours, peer int, wanted string) []row {
		return []row{
			{what, perSecond(rate[ours]), perSecond(rate[peer]), rate[ours] / rate[peer], wanted},
			{what + ", by processor", perSecond(each[ours]), perSecond(each[peer]), each[ours] / each[peer], wanted},
		}
	}
	rows := compare("a script / Kea", 0, 2, ">= 1")
	rows = append(rows, compare("a script with handlers / Kea", 1, 2, ">= 0.75")...)
	return append(rows, compare("a script / dnsmasq", 0, 3, ">= 2")...), nil
}

// keaConf writes Kea's configuration, in a directory that it may use.
func keaConf() (file string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "mw-bench-")
	if err != nil {
		return "", nil, err
	}
	os.Setenv("KEA_LOCKFILE_DIR", dir)
	os.Setenv("KEA_PIDFILE_DIR", dir)
	file = filepath.Join(dir, "kea.json")
	return file, func() { os.RemoveAll(dir) }, os.WriteFile(file, []byte(keaText), 0o644)
}

// dhcpUp makes two namespaces and a wire.
func dhcpUp() error {
	for _, line := range []string{
		"ip netns add " + dhcpSpace, "ip netns add " + dhcpFar,
		"ip -n " + dhcpSpace + " link add eth0 type veth peer name eth0 netns " + dhcpFar,
		"ip -n " + dhcpSpace + " addr add " + dhcpServer + "/16 dev eth0", "ip -n " + dhcpFar + " addr add " + dhcpPeer + "/16 dev eth0",
		"ip -n " + dhcpSpace + " link set lo up", "ip -n " + dhcpFar + " link set lo up",
		"ip -n " + dhcpSpace + " link set eth0 up", "ip -n " + dhcpFar + " link set eth0 up",
	} {
		if err := command(line); err != nil {
			return err
		}
	}
	return nil
}

func dhcpDown() {
	exec.Command("ip", "netns", "del", dhcpSpace).Run()
	exec.Command("ip", "netns", "del", dhcpFar).Run()
}

// exchanges loads a server and returns the exchanges of a second, and the processor time that they took.
func exchanges(argv []string) (rate float64, busy time.Duration, err error) {
	server, end, err := startServer(argv)
	if err != nil {
		return 0, 0, err
	}
	defer end()
	before := spent(server)
	if rate, err = perfdhcp(dhcpRate, dhcpSeconds); err != nil {
		return 0, 0, err
	}
	return rate, spent(server) - before, nil
}

// startServer starts a server and waits until it answers.
func startServer(argv []string) (pid int, end func(), err error) {
	server := exec.Command("ip", append([]string{"netns", "exec", dhcpSpace}, argv...)...)
	if err := server.Start(); err != nil {
		return 0, nil, err
	}
	end = func() {
		server.Process.Signal(syscall.SIGTERM)
		server.Wait()
	}
	up := time.Now()
	for answered := 0.0; answered == 0 && err == nil; {
		if time.Since(up) > 10*time.Second {
			err = fmt.Errorf("%s doesn't answer", argv[0])
		} else {
			answered, err = perfdhcp(20, 1, "-W", "200000")
		}
	}
	if err != nil {
		end()
		return 0, nil, err
	}
	return server.Process.Pid, end, nil
}

var rateLine = regexp.MustCompile(`Rate: ([0-9.]+) 4-way exchanges/second`)

// perfdhcp asks for so many exchanges a second, and returns how many were whole. It ends with status 3 when some weren't.
func perfdhcp(rate, seconds int, more ...string) (float64, error) {
	out, err := runPerfdhcp(rate, seconds, more...)
	if err != nil {
		return 0, err
	}
	m := rateLine.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("perfdhcp tells no rate: %s", out)
	}
	return strconv.ParseFloat(string(m[1]), 64)
}

// runPerfdhcp returns what perfdhcp printed.
func runPerfdhcp(rate, seconds int, more ...string) ([]byte, error) {
	args := append([]string{"netns", "exec", dhcpFar, "perfdhcp", "-4", "-l", dhcpPeer, "-r", strconv.Itoa(rate), "-R", strconv.Itoa(dhcpClients),
		"-p", strconv.Itoa(seconds)}, more...)
	out, err := exec.Command("ip", append(args, dhcpServer)...).Output()
	var status *exec.ExitError
	if err != nil && (!errors.As(err, &status) || status.ExitCode() != 3) {
		return nil, fmt.Errorf("perfdhcp: %w: %s", err, out)
	}
	return out, nil
}

// ticks are how a second is counted in /proc (proc(5)).
const ticks = 100

// spent is the processor time of a process so far; "ip netns exec" becomes the program, so its number is the program's.
func spent(pid int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / ticks
}
