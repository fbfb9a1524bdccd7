package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The table that managers read: so many interfaces of a device, and columns.
const (
	snmpRows    = 2000
	snmpColumns = 10
	snmpDelay   = 0.02 // seconds until an answer leaves, where there is a delay
)

// snmpAgentLua is an agent that plays a recording. %s are its address, its port, the recording and more options.
const snmpAgentLua = `local snmp = require "snmp"
local a = assert(snmp.agent{address=%q, port=%s, from=%q, community="public",
  users={{user="bench", auth="SHA", auth_password="authentic", priv="AES", priv_password="private!"}}%s})
a:serve{}`

// What snmpbulkwalk says to ask in version 2c, and in version 3, with encryption.
var (
	snmpPlain  = []string{"-v2c", "-cpublic"}
	snmpSecure = []string{"-v3", "-lauthPriv", "-ubench", "-aSHA", "-Aauthentic", "-xAES", "-Xprivate!"}
)

// snmpWalkLua counts the variables of a walk. %s are the agent's address, more options and where to walk.
const snmpWalkLua = `local snmp = require "snmp"
local n = 0
for v in assert(snmp.open{host=%q%s}):walk(%q) do n = n + 1 end
assert(n >= %d, n)`

// snmpUserLua makes a session one of version 3.
const snmpUserLua = `, user="bench", auth="SHA", auth_password="authentic", priv="AES", priv_password="private!"`

// snmpColumnsLua times columns that are fetched at once beside a walk through them, and prints both.
const snmpColumnsLua = `local snmp, clock = require "snmp", require "clock"
local s = assert(snmp.open{host=%q, max_repetitions=25})
local start, n = clock.now(), 0
for v in s:walk("ifTable") do n = n + 1 end
local walked = clock.now() - start
local rows = assert(s:table("ifTable", {parallel=10}))
print(walked, clock.now() - start - walked, n, #rows)`

// snmpWalkPy is the walk with pysnmp.
const snmpWalkPy = `import sys
from pysnmp.hlapi import *
n = 0
for failed, status, index, found in bulkCmd(SnmpEngine(), CommunityData("public"), UdpTransportTarget((sys.argv[1], int(sys.argv[2])), timeout=5),
        ContextData(), 0, 25, ObjectType(ObjectIdentity(sys.argv[3])), lexicographicMode=False, lookupMib=False):
    if failed or status: sys.exit(str(failed or status))
    n += len(found)
if n < int(sys.argv[4]): sys.exit(str(n))`

// walking compares walks in bulk: whole processes, which read the same agent.
func walking(moonwire string) ([]row, error) {
	place, err := newSNMPPlace()
	if err != nil {
		return nil, err
	}
	defer place.close()
	fast, err := place.agent(moonwire, "")
	if err != nil {
		return nil, err
	}
	defer fast.end()
	const table, all = "1.3.6.1.2.1.2.2", snmpRows * snmpColumns
	var rows []row
	add := func(what, wanted string, ours, peer []string, timed func(a, b []string) (time.Duration, time.Duration, error)) {
		if err == nil {
			var more []row
			more, err = walkRow(what, wanted, ours, peer, timed)
			rows = append(rows, more...)
		}
	}
	ours := func(agent *snmpAgent, more, root string, least int) []string {
		return []string{moonwire, "run", "--here", "-e", fmt.Sprintf(snmpWalkLua, agent.addr, more, root, least)}
	}
	peer := func(agent *snmpAgent, version []string, root string) []string {
		return slices.Concat([]string{"snmpbulkwalk", "-On"}, version, []string{agent.addr, root})
	}
	add(fmt.Sprintf("%d variables: snmpbulkwalk / moonwire", all), ">= 1", ours(fast, "", table, all), peer(fast, snmpPlain, table), pair)
	add("the same in version 3, SHA and AES", ">= 1", ours(fast, snmpUserLua, table, all), peer(fast, snmpSecure, table), pair)
	add("the same in version 2c: pysnmp / moonwire", ">= 15", ours(fast, "", table, all),
		[]string{"/usr/bin/python3", "-c", snmpWalkPy, "127.0.0.1", strconv.Itoa(fast.port), table, strconv.Itoa(all)}, pairOnce)
	if err != nil {
		return rows, err
	}
	snmpd, err := place.snmpd()
	if err != nil {
		return rows, err
	}
	defer snmpd.end()
	add("all of snmpd: snmpbulkwalk / moonwire", ">= 1", ours(snmpd, "", "1.3", 100), peer(snmpd, snmpPlain, "1.3"), pair)
	add("the same in version 3, SHA and AES", ">= 1", ours(snmpd, snmpUserLua, "1.3", 100), peer(snmpd, snmpSecure, "1.3"), pair)
	return rows, err
}

func walkRow(what, wanted string, ours, peer []string, timed func(a, b []string) (time.Duration, time.Duration, error)) ([]row, error) {
	a, b, err := timed(ours, peer)
	if err != nil {
		return nil, err
	}
	return []row{{what, ms(a), ms(b), float64(b) / float64(a), wanted}}, nil
}

// pairOnce times two commands, the first of which is short, once in turn.
func pairOnce(a, b []string) (ours, peer time.Duration, err error) {
	if ours, err = wall(a); err == nil {
		peer, err = wall(b)
	}
	return ours, peer, err
}

// tabling compares columns that are fetched at once with a walk through them, at an agent that takes its time.
func tabling(moonwire string) ([]row, error) {
	place, err := newSNMPPlace()
	if err != nil {
		return nil, err
	}
	defer place.close()
	slow, err := place.agent(moonwire, fmt.Sprintf(", faults={delay=%g}", snmpDelay))
	if err != nil {
		return nil, err
	}
	defer slow.end()
	out, err := exec.Command(moonwire, "run", "--here", "-e", fmt.Sprintf(snmpColumnsLua, slow.addr)).Output()
	if err != nil {
		return nil, err
	}
	var walked, tabled float64
	var n, rows int
	if _, err := fmt.Sscan(string(out), &walked, &tabled, &n, &rows); err != nil {
		return nil, err
	}
	if n != snmpRows*snmpColumns || rows != snmpRows {
		return nil, fmt.Errorf("%d variables and %d rows came", n, rows)
	}
	return []row{{"ten columns at once / one walk, 20 ms away", fmt.Sprintf("%.2f s", tabled), fmt.Sprintf("%.2f s", walked), walked / tabled, ">= 8"}}, nil
}

// A snmpPlace is a directory with what agents need.
type snmpPlace struct{ dir, recording string }

func newSNMPPlace() (snmpPlace, error) {
	dir, err := os.MkdirTemp("", "mw-bench-")
	if err != nil {
		return snmpPlace{}, err
	}
	p := snmpPlace{dir, filepath.Join(dir, "public.snmprec")}
	return p, os.WriteFile(p.recording, []byte(snmpRecording()), 0o644)
}

func (p snmpPlace) close() { os.RemoveAll(p.dir) }

// snmpRecording is sysName and ten columns of ifTable.
func snmpRecording() string {
	var b strings.Builder
	b.WriteString("1.3.6.1.2.1.1.5.0|4|server\n")
	for column, kind := range []string{"2", "4", "2", "2", "66", "4", "2", "2", "67", "65"} {
		for row := range snmpRows {
			value := strconv.Itoa(column*100000 + row)
			if kind == "4" {
				value = "eth" + value
			}
			fmt.Fprintf(&b, "1.3.6.1.2.1.2.2.1.%d.%d|%s|%s\n", column+1, row+1, kind, value)
		}
	}
	return b.String()
}

// A snmpAgent is an agent that runs.
type snmpAgent struct {
	*exec.Cmd
	addr string
	port int
}

func (a *snmpAgent) end() {
	a.Process.Signal(syscall.SIGTERM)
	a.Wait()
}

// agent starts one of ours.
func (p snmpPlace) agent(moonwire, more string) (*snmpAgent, error) {
	return startAgent(func(port string) []string {
		return []string{moonwire, "run", "--here", "-e", fmt.Sprintf(snmpAgentLua, "127.0.0.1", port, p.recording, more)}
	})
}

// snmpd starts net-snmp's.
func (p snmpPlace) snmpd() (*snmpAgent, error) {
	conf := filepath.Join(p.dir, "snmpd.conf")
	if err := os.WriteFile(conf, []byte("rocommunity public\ncreateUser bench SHA authentic AES private!\nrouser bench priv\ndontLogTCPWrappersConnects yes\n"), 0o600); err != nil {
		return nil, err
	}
	return startAgent(func(port string) []string {
		return []string{"env", "SNMP_PERSISTENT_DIR=" + p.dir, "/usr/sbin/snmpd", "-f", "-LE", "0", "-I", "-smux", "-C", "-c", conf, "udp:127.0.0.1:" + port}
	})
}

// snmpsim starts the simulator of agents.
func (p snmpPlace) snmpsim() (*snmpAgent, error) {
	os.Setenv("HOME", p.dir)
	argv := []string{"snmpsimd", "--data-dir=" + p.dir, "--cache-dir=" + filepath.Join(p.dir, "cache"), "--logging-method=null"}
	if os.Geteuid() == 0 {
		argv = append(argv, "--process-user=root", "--process-group=root")
	}
	return startAgent(func(port string) []string { return append(argv, "--agent-udpv4-endpoint=127.0.0.1:"+port) })
}

// startAgent starts an agent on a port that is free, and waits until it answers.
func startAgent(argv func(port string) []string) (*snmpAgent, error) {
	c, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return nil, err
	}
	port := c.LocalAddr().(*net.UDPAddr).Port
	c.Close()
	words := argv(strconv.Itoa(port))
	a := &snmpAgent{exec.Command(words[0], words[1:]...), fmt.Sprintf("127.0.0.1:%d", port), port}
	if err := a.Start(); err != nil {
		return nil, err
	}
	for up := time.Now(); time.Since(up) < 30*time.Second; {
		if n, _ := asked([]string{a.addr}, 1, 200*time.Millisecond); n > 0 {
			return a, nil
		}
	}
	a.end()
	return nil, fmt.Errorf("%s doesn't answer", words[0])
}
