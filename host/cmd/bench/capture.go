package main

import (
	_ "embed"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

//go:embed peers/capture.py
var capturePython string

// captureRounds is how often each side reads the file, in turn, and capturePackets how many packets it has.
const (
	captureRounds  = 5
	capturePackets = 1000000
)

// makeCapture writes a file of packets of 64 bytes.
const makeCapture = `local packet, pcap = require "packet", require "pcap"
local b = (packet.eth{src="02:00:00:00:00:01", dst="02:00:00:00:00:02"} / packet.ip{src="10.0.0.1", dst="10.0.0.2"}
  / packet.udp{sport=1000, dport=33434} / ("x"):rep(22)):bytes()
local w = assert(pcap.create(arg[1], {format="pcap"}))
for i = 1, arg[2] do w:write(b, {sec=i}) end
assert(w:close())`

// captureScripts read the file arg[1], each way.
var captureScripts = map[string]string{
	"fields": "local n = 0 for p in require 'pcap'.open(arg[1]):packets() do n = n + p.ip.ttl + p.udp.dport end",
	"count":  "assert(require 'pcap'.open(arg[1]):count() > 0)",
	"filter": "assert(require 'pcap'.open(arg[1]):count 'udp dst port 33434' > 0)",
}

// capturing compares reading a capture file with Scapy's PcapReader: with a callback that reads two fields, and without
// one; and counting what a filter matches with tcpdump. Each script of ours is a process, whose whole time counts.
func capturing(moonwire string) ([]row, error) {
	dir, err := os.MkdirTemp("", "moonwire-bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "bench.pcap")
	if _, _, err := spend(exec.Command(moonwire, "-e", makeCapture, file, strconv.Itoa(capturePackets))); err != nil {
		return nil, err
	}
	ours, theirs := map[string][]float64{}, map[string][]float64{}
	for range captureRounds {
		for name, script := range captureScripts {
			u, _, err := spend(exec.Command(moonwire, "-e", script, file))
			if err != nil {
				return nil, err
			}
			ours[name] = append(ours[name], capturePackets/u.processor.Seconds())
		}
		if err := rates(theirs, "/usr/bin/python3", "-c", capturePython, file); err != nil {
			return nil, err
		}
	}
	var rows []row
	for _, c := range []struct{ what, ours, theirs, wanted string }{
		{"two fields of each packet: Lua / Scapy", "fields", "fields", ">= 150"},
		{"no callback: Lua / Scapy", "count", "count", ">= 1000"},
		{"a filter: Lua / Scapy reading all", "filter", "count", ">= 1000"},
	} {
		a, b := median(ours[c.ours]), median(theirs[c.theirs])
		rows = append(rows, row{c.what, perSecond(a), perSecond(b), a / b, c.wanted})
	}
	const expression = "udp dst port 33434"
	a, b, err := pair([]string{moonwire, "capture", "--count", "-r", file, expression}, []string{"tcpdump", "--count", "-r", file, expression})
	if err != nil {
		return rows, err
	}
	return append(rows, row{"count a filter, whole process: / tcpdump", ms(a), ms(b), float64(a) / float64(b), "<= 2"}), nil
}
