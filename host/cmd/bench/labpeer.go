package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// labUp is the process that builds a lab of so many hosts, a hundred on each switch, and prints the seconds that took and
// the resident memory that was added.
func labUp(args []string) error {
	var n int
	if _, err := fmt.Sscan(args[0], &n); err != nil {
		return err
	}
	var lines []string
	for first := 1; first <= n; first += 100 {
		var names []string
		for i := first; i < first+100 && i <= n; i++ {
			names = append(names, fmt.Sprint("h", i))
		}
		lines = append(lines, fmt.Sprintf("%s -- sw%d -- R1", strings.Join(names, ", "), first/100+1))
	}
	before, err := resident()
	if err != nil {
		return err
	}
	start := time.Now()
	l, err := newLab(topology.Spec{Lines: lines})
	if err != nil {
		return err
	}
	took := time.Since(start)
	after, err := resident()
	fmt.Println(took.Seconds(), after-before)
	runtime.KeepAlive(l)
	return err
}

// resident is this process's resident memory in bytes.
func resident() (n int, err error) {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	var size int
	_, err = fmt.Sscan(string(text), &size, &n)
	return n * os.Getpagesize(), err
}

func newLab(s topology.Spec) (*lab.Lab, error) {
	plan, err := topology.Build(s)
	if err != nil {
		return nil, err
	}
	return lab.New(plan, lab.Options{})
}

// A path is a lab of two hosts with a router between.
type path struct {
	*lab.Lab
	a, b network.Network
	addr netip.Addr // of the second host
}

func newPath(mtu int) (*path, error) {
	l, err := newLab(topology.Spec{Lines: []string{"h1 -- R1 -- h2"}, MTU: map[string]int{"": mtu}})
	if err != nil {
		return nil, err
	}
	p := &path{Lab: l}
	if p.a, err = l.Network("h1"); err != nil {
		return nil, err
	}
	if p.b, err = l.Network("h2"); err != nil {
		return nil, err
	}
	n, err := l.Plan().Node("h2")
	if err != nil {
		return nil, err
	}
	p.addr = n.Addr()
	return p, nil
}

// flowTime is how long a flow lasts.
const flowTime = time.Second

// labTCP is the process that sends a stream across a router, and prints its bits and seconds: MTU.
func labTCP(args []string) error {
	var mtu int
	if _, err := fmt.Sscan(args[0], &mtu); err != nil {
		return err
	}
	p, err := newPath(mtu)
	if err != nil {
		return err
	}
	return stream(p.a, p.b, p.addr.String())
}

// kernelTCP is the process that sends a stream over the kernel's loopback.
func kernelTCP([]string) error { return stream(network.Kernel(), network.Kernel(), "127.0.0.1") }

// stream sends for a while, and prints how many bits came in how many seconds.
func stream(from, to network.Network, addr string) error {
	ctx := context.Background()
	l, err := to.Listen(ctx, "tcp", addr+":0", nil)
	if err != nil {
		return err
	}
	defer l.Close()
	got, failed := make(chan int64, 1), make(chan error, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			failed <- err
			return
		}
		defer c.Close()
		n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{c}, make([]byte, 256<<10))
		got <- n
		failed <- err
	}()
	c, err := from.Dial(ctx, "tcp", l.Addr().String(), nil)
	if err != nil {
		return err
	}
	defer c.Close()
	block := make([]byte, 256<<10)
	start := time.Now()
	for time.Since(start) < flowTime {
		if _, err := c.Write(block); err != nil {
			return err
		}
	}
	if err := c.CloseWrite(); err != nil {
		return err
	}
	n, err := <-got, <-failed
	fmt.Println(8*n, time.Since(start).Seconds())
	return err
}

// labUDP is the process that sends datagrams across a router, and prints how many came in how many seconds.
func labUDP([]string) error {
	ctx := context.Background()
	p, err := newPath(1500)
	if err != nil {
		return err
	}
	in, err := p.b.ListenPacket(ctx, "udp", netip.AddrPortFrom(p.addr, 0).String(), &network.SockOpts{RecvBuffer: 4 << 20})
	if err != nil {
		return err
	}
	out, err := p.a.ListenPacket(ctx, "udp", ":0", nil)
	if err != nil {
		return err
	}
	start := time.Now()
	if err := in.SetReadDeadline(start.Add(flowTime + flowTime/10)); err != nil {
		return err
	}
	go func() {
		for block := make([]byte, 64); time.Since(start) < flowTime; {
			if _, err := out.WriteTo(block, in.LocalAddr()); err != nil {
				break
			}
		}
	}()
	got, last := 0, start
	for block := make([]byte, 64); ; got++ {
		if _, _, err = in.ReadMsg(block); err != nil {
			break
		}
		last = time.Now()
	}
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		return err
	}
	fmt.Println(got, last.Sub(start).Seconds())
	return nil
}

// labRaw is the process that has a router forward frames from a port to another, and prints how many came in how many
// seconds. The hosts' stacks only find each other; the frames never reach them.
func labRaw([]string) error {
	ctx := context.Background()
	p, err := newPath(1500)
	if err != nil {
		return err
	}
	frame, err := p.datagram(ctx)
	if err != nil {
		return err
	}
	var got atomic.Int64
	in, out := p.Port("h1", "eth0"), p.Port("h2", "eth0")
	in.Handle(func([]byte) {})
	out.Handle(func([]byte) { got.Add(1) })
	start := time.Now()
	for time.Since(start) < flowTime {
		if err := in.Wait(ctx); err != nil {
			return err
		}
		in.Send(bytes.Clone(frame))
	}
	fmt.Println(got.Load(), time.Since(start).Seconds())
	return nil
}

// datagram is a frame of 64 bytes from the first host to the second by way of the router, as the host sends it.
func (p *path) datagram(ctx context.Context) (frame []byte, err error) {
	link, err := p.Link("h1--R1")
	if err != nil {
		return nil, err
	}
	seen := make(chan []byte, 16)
	defer link.Tap(func(s wire.Sight) {
		if len(s.Frame) == 64 {
			seen <- s.Frame
		}
	})()
	c, err := p.a.ListenPacket(ctx, "udp", ":0", nil)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	for range 2 { // after the first, everybody knows his neighbour
		if _, err := c.WriteTo(make([]byte, 64-42), net.UDPAddrFromAddrPort(netip.AddrPortFrom(p.addr, 9))); err != nil {
			return nil, err
		}
		time.Sleep(flowTime / 10)
	}
	select {
	case frame = <-seen:
		return frame, nil
	default:
		return nil, errors.New("the host sent no datagram")
	}
}
