// Command bench measures moonwire beside its peers in one run and prints ratios: absolute times say more about the
// machine than about the program. A peer that is not installed is named, and its rows are left out.
//
// Usage: bench MOONWIRE [WORD]: the binary to measure, and a word in the titles of the measures to take; all without.
package main

import (
	"fmt"
	"os"
	"strings"
)

// A measure prints its rows; moonwire is the binary's path.
type measure struct {
	title string
	run   func(moonwire string) ([]row, error)
}

// A row is one line of the result: what was measured, both figures, and what is wanted of their ratio.
type row struct {
	what       string
	ours, peer string
	ratio      float64
	wanted     string
}

var measures = []measure{
	{"Start: whole process, hello world", startup},
	{"List of 1,000 recipes: whole process", listing},
	{"Built tool: whole process, hello world", toolStart},
	{"Library functions: whole process", library},
	{"Blocking calls", blocking},
	{"TCP echo, 64 bytes: requests a second", echo},
	{"Parked tasks: resident memory", parked},
	{"Runs side by side: memory", embedding},
	{"Packets built and read by a script: packets a second", crafting},
	{"Reading a capture file: packets a second of processor time", capturing},
	{"Sending on a veth pair: frames a second of processor time", sending},
	{"Permissions: a decision about a packet", permitting},
	{"Reading at 500,000 frames a second", reading},
	{"DHCP server under perfdhcp: exchanges a second", leasing},
	{"DHCP: load on Kea, beside perfdhcp", loading},
	{"MIB files: whole process", naming},
	{"SNMP walk: whole process", walking},
	{"SNMP table: time of a script", tabling},
	{"SNMP poll: 1,000 agents, five variables", polling},
	{"SNMP agent: gets a second", serving},
	{"SNMP sessions: resident memory", sessions},
	{"Lab: creation", creating},
	{"Lab: across a router", routing},
}

// peers are this program as one of its own measured processes.
var peers = map[string]func(args []string) error{
	"go-echo":    goEcho,
	"link-send":  linkSend,
	"link-read":  linkRead,
	"lab-up":     labUp,
	"lab-tcp":    labTCP,
	"kernel-tcp": kernelTCP,
	"lab-udp":    labUDP,
	"lab-raw":    labRaw,
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: bench MOONWIRE [WORD IN A TITLE]")
		os.Exit(2)
	}
	if run, is := peers[os.Args[1]]; is {
		fatal(run(os.Args[2:]))
	}
	for _, m := range measures {
		if len(os.Args) > 2 && !strings.Contains(m.title, os.Args[2]) {
			continue
		}
		fmt.Printf("%s\n", m.title)
		rows, err := m.run(os.Args[1])
		for _, r := range rows {
			fmt.Printf("  %-44s %12s %12s  ratio %7.3f  wanted %s\n", r.what, r.ours, r.peer, r.ratio, r.wanted)
		}
		if err != nil {
			fmt.Printf("  not measured: %v\n", err)
		}
	}
}

func fatal(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}
