package main

import (
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

const (
	linkFrames = 500000
	linkRounds = 5
	offered    = 500000 // frames a second
)

// probeLua makes a packet of 64 bytes for a host that isn't there.
const probeLua = `local packet, link = require "packet", require "link"
local p = packet.eth{src="02:00:00:00:00:01", dst="02:00:00:00:00:99"} / packet.ip{src="10.0.0.1", dst="10.0.0.2"} /
	packet.udp{sport=1024, dport=9} / ("x"):rep(22)
`

// probe are its bytes.
func probe(moonwire string) ([]byte, error) {
	out, err := exec.Command(moonwire, "run", "--here", "-e", probeLua+`print(require "bytes".hex(p:bytes()))`).Output()
	if err != nil {
		return nil, fmt.Errorf("building a packet: %w", err)
	}
	return hex.DecodeString(strings.TrimSpace(string(out)))
}

// A way is one way to send linkFrames probes.
type way struct {
	name, wanted string
	argv         []string
}

// sending compares the ways to send with trafgen: frames per second of processor time, since on a wire of software the
// wall's second depends on who else runs.
func sending(moonwire string) ([]row, error) {
	frame, err := probe(moonwire)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	remove, err := newWire()
	if err != nil {
		return nil, err
	}
	defer remove()
	count := strconv.Itoa(linkFrames)
	lua := func(method, code string) []string {
		return []string{moonwire, "run", "--here", "-e", probeLua + fmt.Sprintf("local l, N = assert(link.open(%q, {method=%s})), %s\n", nearEnd, method, count) + code}
	}
	each := `for i = 1, N do p.ip.id = i % 65536; assert(l:send(p)) end`
	ways := []way{
		{"a template from Lua", ">= 1.2", lua(`"bulk"`, `local t = p:template{["ip.id"]=packet.counter(), ["udp.sport"]=packet.counter(1024)}
			assert(l:send(t, {count=N}) == N)`)},
		{"packet by packet from Lua in bulk", ">= 0.5", lua(`"bulk"`, each)},
		{"packet by packet from Lua", "-", lua("nil", each)},
	}
	for _, m := range []string{"xdp", "ring", "mmsg", "write"} {
		ways = append(ways, way{"Go, " + m, "-", []string{self, "link-send", m, nearEnd, count, "0", hex.EncodeToString(frame)}})
	}
	return compareSenders(ways, trafgen(frame, count))
}

// trafgen is the peer with one process.
func trafgen(frame []byte, count string) []string {
	var list []string
	for _, b := range frame {
		list = append(list, strconv.Itoa(int(b)))
	}
	return []string{"trafgen", "--dev", nearEnd, "--cpus", "1", "--num", count, "--no-sock-mem", "--no-cpu-stats", "{" + strings.Join(list, ",") + "}"}
}

// compareSenders times the ways and the peer in turn.
func compareSenders(ways []way, peer []string) ([]row, error) {
	rates := make([][]float64, len(ways)+1)
	for range linkRounds {
		for i, w := range append(ways, way{argv: peer}) {
			u, _, err := spend(in(nearSpace, w.argv...))
			if err != nil {
				return nil, err
			}
			rates[i] = append(rates[i], linkFrames/u.processor.Seconds())
		}
	}
	var rows []row
	theirs := median(rates[len(ways)])
	for i, w := range ways {
		ours := median(rates[i])
		rows = append(rows, row{w.name + " / trafgen", perSecond(ours), perSecond(theirs), ours / theirs, w.wanted})
	}
	return rows, nil
}

// reading offers frames at a steady rate, to a reader in Go and to one in Lua that reads a field of each.
func reading(moonwire string) ([]row, error) {
	frame, err := probe(moonwire)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	count := strconv.Itoa(2 * linkFrames)
	var rows []row
	for _, r := range []way{
		{name: "Go", argv: []string{self, "link-read", farEnd, count}},
		{name: "Lua", argv: []string{moonwire, "run", "--here", "-e", fmt.Sprintf(sniffLua, farEnd, count)}},
	} {
		got, err := offer(r.argv, []string{self, "link-send", "xdp", nearEnd, count, strconv.Itoa(offered), hex.EncodeToString(frame)})
		if err != nil {
			return rows, fmt.Errorf("%s: %w", r.name, err)
		}
		rows = append(rows, row{r.name + ": lost / sent", fmt.Sprint(got.lost), perSecond(got.rate), float64(got.lost) / (2 * linkFrames), "0"},
			row{r.name + ": read and lost / sent", fmt.Sprint(got.read + got.lost), fmt.Sprint(2 * linkFrames), float64(got.read+got.lost) / (2 * linkFrames), "1"})
	}
	return rows, nil
}

// sniffLua reads until it has seen all that was sent, or knows it lost, and prints both numbers.
const sniffLua = `local link, task = require "link", require "task"
local l = assert(link.open(%q, {promiscuous=true, filter="udp port 9"}))
print(1)
io.flush()
local n, sum, last = 0, 0, 0
local s = l:sniff{timeout=20}
for p in s do
	n, sum = n + 1, sum + p.udp.dport
	if n %% 1000 == 0 and n + s.stats.kernel_drops + s.stats.ring_drops >= %s then break end
end
print(n, s.stats.kernel_drops + s.stats.ring_drops)`

// received is what a reader printed, and how fast it was offered.
type received struct {
	read, lost int
	rate       float64
}

// offer starts a reader, then a sender.
func offer(reader, sender []string) (r received, err error) {
	remove, err := newWire()
	if err != nil {
		return r, err
	}
	defer remove()
	cmd := in(farSpace, reader...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return r, err
	}
	if err := cmd.Start(); err != nil {
		return r, err
	}
	defer func() { cmd.Process.Kill(); cmd.Wait() }()
	var ready int
	if _, err := fmt.Fscanln(out, &ready); err != nil {
		return r, err
	}
	u, _, err := spend(in(nearSpace, sender...))
	if err != nil {
		return r, err
	}
	r.rate = 2 * linkFrames / u.wall.Seconds()
	_, err = fmt.Fscanln(out, &r.read, &r.lost)
	return r, err
}
