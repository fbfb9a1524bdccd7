package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// What a lab of labHosts hosts may take at most.
const (
	labHosts  = 1000
	labUpTime = time.Second
	labMemory = 300 << 10 // a host
)

// creating measures a lab's creation: against its bounds, and against namespaces and veth pairs on a bridge, which is how
// others build networks on one machine. The best of some rounds counts.
func creating(string) ([]row, error) {
	up, memory, theirs := time.Hour, 0.0, time.Hour
	var failed error
	for range flowRounds {
		var seconds, bytes float64
		if err := ask(&seconds, &bytes, "lab-up", fmt.Sprint(labHosts)); err != nil {
			return nil, err
		}
		up = min(up, time.Duration(seconds*float64(time.Second)))
		memory = max(memory, bytes/labHosts)
		if failed == nil {
			var each time.Duration
			each, failed = namespaces(spaces)
			theirs = min(theirs, each)
		}
	}
	rows := []row{
		{fmt.Sprintf("%d hosts up / limit", labHosts), up.Round(time.Millisecond).String(), labUpTime.String(), up.Seconds() / labUpTime.Seconds(), "<= 1"},
		{"resident memory of a host / limit", kb(memory), kb(labMemory), memory / labMemory, "<= 1"},
	}
	if failed != nil {
		return rows, failed
	}
	ours := up / labHosts
	return append(rows, row{"a host / ip netns and veth", ours.String(), theirs.String(), theirs.Seconds() / ours.Seconds(), ">= 20"}), nil
}

func kb(n float64) string { return fmt.Sprintf("%.0f KB", n/1024) }

// ask runs one of this program's own processes and reads the two numbers that it prints.
func ask(a, b *float64, argv ...string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, argv...)
	if argv[0] != "lab-up" {
		cmd.Env = append(os.Environ(), "GOGC=800") // what moonwire sets for small heaps
	}
	_, out, err := spend(cmd)
	if err != nil {
		return err
	}
	_, err = fmt.Sscan(out, a, b)
	return err
}

// spaces is how many namespaces are made.
const spaces = 40

// namespaces is what one host takes as a namespace with a veth pair to a bridge.
func namespaces(n int) (time.Duration, error) {
	const bridge, space = "mwbenchbr", "mw-bench-host"
	defer func() {
		for i := range n {
			exec.Command("ip", "netns", "del", fmt.Sprint(space, i)).Run()
		}
		exec.Command("ip", "link", "del", bridge).Run()
	}()
	if err := command("ip link add " + bridge + " type bridge"); err != nil {
		return 0, err
	}
	start := time.Now()
	for i := range n {
		name, near := fmt.Sprint(space, i), fmt.Sprint("mwbench-h", i)
		for _, line := range []string{
			"ip netns add " + name,
			fmt.Sprintf("ip link add %s type veth peer name eth0 netns %s", near, name),
			fmt.Sprintf("ip link set %s master %s up", near, bridge),
			fmt.Sprintf("ip -n %s addr add 10.0.0.%d/24 dev eth0", name, i+1),
			fmt.Sprintf("ip -n %s link set lo up", name),
			fmt.Sprintf("ip -n %s link set eth0 up", name),
		} {
			if err := command(line); err != nil {
				return 0, err
			}
		}
	}
	return time.Since(start) / time.Duration(n), nil
}

// command runs a command line.
func command(line string) error {
	argv := strings.Fields(line)
	_, _, err := spend(exec.Command(argv[0], argv[1:]...))
	return err
}

// flowRounds is how often a flow is measured. The best counts: whoever else runs on the machine only slows it down.
const flowRounds = 5

// best asks in turns for what processes carry in a second, and returns the best of each.
func best(flows ...[]string) ([]float64, error) {
	rates := make([]float64, len(flows))
	for range flowRounds {
		for i, argv := range flows {
			var n, seconds float64
			if err := ask(&n, &seconds, argv...); err != nil {
				return nil, err
			}
			rates[i] = max(rates[i], n/seconds)
		}
	}
	return rates, nil
}

// routing measures what passes a router of a lab: streams beside the kernel's loopback, the rest beside what is asked
// for.
func routing(string) ([]row, error) {
	var rows []row
	for _, c := range []struct{ mtu, wanted string }{{"1500", ">= 1/30"}, {"65535", ">= 1/6"}} {
		r, err := best([]string{"lab-tcp", c.mtu}, []string{"kernel-tcp"})
		if err != nil {
			return rows, err
		}
		rows = append(rows, row{"TCP across a router, MTU " + c.mtu + " / loopback", gbit(r[0]), gbit(r[1]), r[0] / r[1], c.wanted})
	}
	for _, c := range []struct {
		what, process string
		wanted        float64
	}{
		{"datagrams, socket to socket / asked for", "lab-udp", 100e3},
		{"raw frames through the forwarder / asked for", "lab-raw", 300e3},
	} {
		r, err := best([]string{c.process})
		if err != nil {
			return rows, err
		}
		rows = append(rows, row{c.what, perSecond(r[0]), perSecond(c.wanted), r[0] / c.wanted, ">= 1"})
	}
	return rows, nil
}

func gbit(r float64) string { return fmt.Sprintf("%.2f Gbit/s", r/1e9) }
