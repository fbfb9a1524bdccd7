package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// The load on an agent: so many gets under way at once, for so long.
const (
	getsUnderWay = 32
	getsTime     = 3 * time.Second
	getsRounds   = 3
)

// The agents that are polled, an address of loopback each, and the variables that each of them is asked for.
const (
	pollAgents = 1000
	pollPort   = "16171"
)

var pollNames = []string{"1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.4.0", "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.6.0"}

// pollAgentsLua is as many agents in one process.
const pollAgentsLua = `local snmp, task = require "snmp", require "task"
local agents = {}
for i = 0, %d do
  agents[i] = assert(snmp.agent{address=("127.1.%%d.%%d"):format(i / 250, i %% 250 + 1), port=%s, transport="udp",
    tree={["sysDescr.0"]="agent", ["sysUpTime.0"]=1, ["sysContact.0"]="noc", ["sysName.0"]="R" .. i, ["sysLocation.0"]="here"}})
end
task.sleep(1e6)`

// pollLua asks all of them and prints how long that took.
const pollLua = `local snmp, clock = require "snmp", require "clock"
local targets = {}
for i = 0, %d do targets[i + 1] = ("127.1.%%d.%%d:%s"):format(i / 250, i %% 250 + 1) end
local start, n = clock.now(), 0
for r in snmp.poll(targets, {"%s"}) do
  assert(r.vars and #r.vars == %d, r.error)
  n = n + 1
end
print(clock.now() - start, n)`

// serving compares agents by the gets that they answer in a second.
func serving(moonwire string) ([]row, error) {
	place, err := newSNMPPlace()
	if err != nil {
		return nil, err
	}
	defer place.close()
	starts := []func() (*snmpAgent, error){func() (*snmpAgent, error) { return place.agent(moonwire, "") }, place.snmpd, place.snmpsim}
	rates := make([]float64, len(starts))
	for range getsRounds {
		for i, start := range starts {
			a, err := start()
			if err != nil {
				return nil, err
			}
			began := time.Now()
			n, err := asked([]string{a.addr}, getsUnderWay, getsTime)
			a.end()
			if err != nil {
				return nil, err
			}
			rates[i] = max(rates[i], float64(n)/time.Since(began).Seconds())
		}
	}
	return []row{
		{"a script / snmpd", perSecond(rates[0]), perSecond(rates[1]), rates[0] / rates[1], ">= 1"},
		{"a script / snmpsim", perSecond(rates[0]), perSecond(rates[2]), rates[0] / rates[2], ">= 20"},
	}, nil
}

// polling compares asking many agents with onesixtyone at its usual pace, and with a bare loop.
func polling(moonwire string) ([]row, error) {
	agents := exec.Command(moonwire, "run", "--here", "-e", fmt.Sprintf(pollAgentsLua, pollAgents-1, pollPort))
	agents.Stderr = os.Stderr
	if err := agents.Start(); err != nil {
		return nil, err
	}
	defer func() { agents.Process.Kill(); agents.Wait() }()
	addrs, err := awaitAgents()
	if err != nil {
		return nil, err
	}
	bare, ours := time.Hour, time.Hour
	for range rounds {
		start := time.Now()
		if n, err := asked(addrs, getsUnderWay, 0); err != nil || n != pollAgents {
			return nil, fmt.Errorf("%d agents answered a bare loop: %v", n, err)
		}
		bare = min(bare, time.Since(start))
		took, err := polled(moonwire)
		if err != nil {
			return nil, err
		}
		ours = min(ours, took)
	}
	rows := []row{{"a script / a bare loop", ms(ours), ms(bare), float64(ours) / float64(bare), "<= 2"}}
	peer, err := onesixtyone(addrs)
	if err != nil {
		return rows, err
	}
	return append(rows, row{"onesixtyone (one variable) / a script", ms(ours), ms(peer), float64(peer) / float64(ours), ">= 10"}), nil
}

// awaitAgents waits for the last of the agents.
func awaitAgents() (addrs []string, err error) {
	for i := range pollAgents {
		addrs = append(addrs, fmt.Sprintf("127.1.%d.%d:%s", i/250, i%250+1, pollPort))
	}
	for up := time.Now(); time.Since(up) < 30*time.Second; {
		if n, _ := asked(addrs[len(addrs)-1:], 1, 200*time.Millisecond); n > 0 {
			return addrs, nil
		}
	}
	return nil, errors.New("the agents don't answer")
}

// polled is how long a script takes.
func polled(moonwire string) (time.Duration, error) {
	code := fmt.Sprintf(pollLua, pollAgents-1, pollPort, strings.Join(pollNames, `", "`), len(pollNames))
	out, err := exec.Command(moonwire, "run", "--here", "-e", code).Output()
	if err != nil {
		return 0, err
	}
	var seconds float64
	var n int
	if _, err := fmt.Sscan(string(out), &seconds, &n); err != nil || n != pollAgents {
		return 0, fmt.Errorf("%d agents answered: %v", n, err)
	}
	return time.Duration(seconds * float64(time.Second)), nil
}

// onesixtyone asks each for one variable: it has no other question.
func onesixtyone(addrs []string) (time.Duration, error) {
	dir, err := os.MkdirTemp("", "mw-bench-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	var hosts strings.Builder
	for _, a := range addrs {
		host, _, _ := net.SplitHostPort(a)
		fmt.Fprintln(&hosts, host)
	}
	file := filepath.Join(dir, "hosts")
	if err := os.WriteFile(file, []byte(hosts.String()), 0o644); err != nil {
		return 0, err
	}
	return wall([]string{"onesixtyone", "-p", pollPort, "-i", file, "public"})
}

// asked sends gets from one socket, so many under way at once: to one agent until the time is over, or to each of many
// once. It returns how many were answered. Gets that get no answer for a while are taken for lost.
func asked(addrs []string, underWay int, long time.Duration) (answers int, err error) {
	c, err := net.ListenUDP("udp4", nil)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	query, idAt, err := getQuery(long != 0)
	if err != nil {
		return 0, err
	}
	var to []*net.UDPAddr
	for _, a := range addrs {
		addr, err := net.ResolveUDPAddr("udp4", a)
		if err != nil {
			return 0, err
		}
		to = append(to, addr)
	}
	sent, answer := 0, make([]byte, 1<<16)
	more := func() bool { return long == 0 && sent < len(to) }
	if end := time.Now().Add(long); long != 0 {
		more = func() bool { return time.Now().Before(end) }
	}
	for more() || answers < sent {
		for sent-answers < underWay && more() {
			binary.BigEndian.PutUint32(query[idAt:], uint32(sent)|1<<30)
			if _, err := c.WriteToUDP(query, to[sent%len(to)]); err != nil {
				return answers, err
			}
			sent++
		}
		c.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
		if _, _, err := c.ReadFromUDP(answer); err != nil {
			return answers, nil
		}
		answers++
	}
	return answers, nil
}

// getQuery is a get of sysName.0, or of all that are polled, and where its request id of four bytes stands.
func getQuery(one bool) (query []byte, idAt int, err error) {
	const id = 0x41424344
	names := pollNames
	if one {
		names = pollNames[3:4]
	}
	list := make([]oid.OID, len(names))
	for i, n := range names {
		if list[i], err = oid.Parse(n); err != nil {
			return nil, 0, err
		}
	}
	p := &message.PDU{Type: message.Get, RequestID: id, Vars: message.Ask(list...)}
	query, err = (&message.Message{Version: message.V2c, Community: []byte("public"), PDU: p}).Encode()
	return query, strings.Index(string(query), "ABCD"), err
}
