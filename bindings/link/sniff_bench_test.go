package link

import (
	"context"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"moonwire/bindings/packet"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/vm"
)

// A flood is a world whose links receive the same frame again and again.
type flood struct {
	*world
	frame []byte
	left  int
}

func (f *flood) OpenLink(ctx context.Context, iface string, o *network.LinkOpts) (network.LinkConn, error) {
	c, err := f.world.OpenLink(ctx, iface, o)
	return &floodConn{c, f}, err
}

type floodConn struct {
	network.LinkConn
	flood *flood
}

func (c *floodConn) ReadFrames(into []network.Frame) (int, error) {
	n := min(len(into), c.flood.left)
	c.flood.left -= n
	for i := range into[:n] {
		into[i] = network.Frame{Data: c.flood.frame, Len: len(c.flood.frame), Time: time.Unix(1, 0)}
	}
	return n, nil
}

// BenchmarkSniff hands packets to a Lua loop that reads a field of each.
func BenchmarkSniff(b *testing.B) {
	const frame = "\x02\x00\x00\x00\x00\x01\x02\x00\x00\x00\x00\x02\x08\x00" +
		"\x45\x00\x00\x2e\x00\x01\x00\x00\x40\x11\x00\x00\x0a\x00\x00\x01\x0a\x00\x00\x02" + "\x03\xe8\x00\x09\x00\x1a\x00\x00012345678901234567"
	f := &flood{newWorld(b), []byte(frame), b.N + 1}
	rt, err := vm.New(vm.Options{Modules: []*decl.Module{Module(), packet.Module()}, Network: f, Files: network.OSFiles(),
		Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	source := `local sum, left = 0, ...
for p in require("link").open("a"):sniff{count=left} do sum = sum + p.udp.dport end`
	source = strings.Replace(source, "...", strconv.Itoa(b.N), 1)
	if err := rt.Run(context.Background(), "bench", source); err != nil {
		b.Fatal(err)
	}
}
