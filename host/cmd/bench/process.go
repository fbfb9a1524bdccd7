package main

import (
	"fmt"
	"os/exec"
	"slices"
	"time"
)

// rounds is how often two commands are timed in turn.
const rounds = 11

// pair times two commands in turn and returns the median of each.
func pair(a, b []string) (ours, peer time.Duration, err error) {
	var as, bs []time.Duration
	for range rounds {
		ta, err := wall(a)
		if err != nil {
			return 0, 0, err
		}
		tb, err := wall(b)
		if err != nil {
			return 0, 0, err
		}
		as, bs = append(as, ta), append(bs, tb)
	}
	return median(as), median(bs), nil
}

func wall(argv []string) (time.Duration, error) {
	start := time.Now()
	if out, err := exec.Command(argv[0], argv[1:]...).CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%v: %w: %s", argv, err, out)
	}
	return time.Since(start), nil
}

func median[T time.Duration | float64](v []T) T {
	slices.Sort(v)
	return v[len(v)/2]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/1e6) }

// startup compares hello world with lua5.1's, and with a Python that has loaded Scapy.
func startup(moonwire string) ([]row, error) {
	hello := []string{moonwire, "-e", "print('hello')"}
	ours, peer, err := pair(hello, []string{"lua5.1", "-e", "print('hello')"})
	if err != nil {
		return nil, err
	}
	over := float64(ours) / (1.5*float64(peer) + float64(10*time.Millisecond))
	rows := []row{{"moonwire / (1.5 lua5.1 + 10 ms)", ms(ours), ms(peer), over, "<= 1"}}
	ours, peer, err = pair(hello, []string{"/usr/bin/python3", "-c", "import scapy.all"})
	if err != nil {
		return rows, err
	}
	return append(rows, row{"python3 import scapy.all / moonwire", ms(ours), ms(peer), float64(peer) / float64(ours), ">= 20"}), nil
}

// library compares functions that must stay linear where PUC's are.
func library(moonwire string) ([]row, error) {
	chunks := []struct{ what, code string }{
		{"gsub, 100,000 matches", `local s = ("ab"):rep(100000); for i = 1, 5 do s:gsub("a", "%0%0") end`},
		{"gmatch, 100,000 matches", `local s, n = ("ab "):rep(100000), 0; for w in s:gmatch("%a+") do n = n + #w end`},
		{"table.concat, 300,000 items", `local t = {} for i = 1, 300000 do t[i] = "x" end; for i = 1, 5 do table.concat(t, ",") end`},
		{"next, emptying 100,000 keys", `local t = {} for i = 1, 100000 do t["k" .. i] = i end; for k in next, t do t[k] = nil end`},
		{"sort, 100,000 numbers", `local t = {} for i = 1, 100000 do t[i] = (i * 7919) % 100003 end; table.sort(t)`},
	}
	var rows []row
	for _, c := range chunks {
		ours, peer, err := pair([]string{moonwire, "-e", c.code}, []string{"lua5.1", "-e", c.code})
		if err != nil {
			return rows, err
		}
		rows = append(rows, row{c.what + " / lua5.1", ms(ours), ms(peer), float64(ours) / float64(peer), "constant in n"})
	}
	return rows, nil
}
