package main

import (
	_ "embed"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

var (
	//go:embed peers/craft.lua
	craftLua string
	//go:embed peers/craft.py
	craftPython string
)

// craftRounds is how often each side builds its packets, in turn.
const craftRounds = 5

// crafting compares packets a second built by a Lua script with Scapy's: each stacked anew, one with two fields set and
// built again, and from a template (against Scapy stacking).
func crafting(moonwire string) ([]row, error) {
	ours, theirs := map[string][]float64{}, map[string][]float64{}
	for range craftRounds {
		if err := rates(ours, moonwire, "-e", craftLua); err != nil {
			return nil, err
		}
		if err := rates(theirs, "/usr/bin/python3", "-c", craftPython); err != nil {
			return nil, err
		}
	}
	var rows []row
	for _, c := range []struct{ ours, theirs, wanted string }{
		{"stacked", "stacked", ">= 100"}, {"set", "set", ">= 200"}, {"template", "stacked", ">= 10000"}, {"decoded", "decoded", ">= 150"},
	} {
		a, b := median(ours[c.ours]), median(theirs[c.theirs])
		rows = append(rows, row{"Ethernet/IPv4/UDP " + c.ours + ": Lua / Scapy " + c.theirs, perSecond(a), perSecond(b), a / b, c.wanted})
	}
	return rows, nil
}

// rates runs a program that prints lines of a name and a number, and adds them to what is known.
func rates(known map[string][]float64, argv ...string) error {
	out, err := exec.Command(argv[0], argv[1:]...).Output()
	if err != nil {
		return fmt.Errorf("%v: %w", argv[0], err)
	}
	for line := range strings.Lines(string(out)) {
		name, number, _ := strings.Cut(strings.TrimSpace(line), " ")
		rate, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return err
		}
		known[name] = append(known[name], rate)
	}
	return nil
}
