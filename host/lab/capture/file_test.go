package capture_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/lab/capture"
	"moonwire/host/lab/wire"
	"moonwire/host/network/simtime"
	"moonwire/host/pcap"
)

// pair is two links in simulated time. Time passes in its sleep.
type pair struct {
	*simtime.Clock
	links [2]*wire.Link
	ports [4]*wire.Port
}

func newPair(t *testing.T) *pair {
	p := &pair{Clock: simtime.New(time.Time{})}
	t.Cleanup(p.Close)
	for i := range p.ports {
		p.ports[i] = wire.NewPort(fmt.Sprint("R", i, ".eth0"))
		p.ports[i].Handle(func([]byte) {})
	}
	p.links[0] = wire.Connect(p, "R0--R1", p.ports[0], p.ports[1], wire.LinkOptions{Seed: 1})
	p.links[1] = wire.Connect(p, "R2--R3", p.ports[2], p.ports[3], wire.LinkOptions{Seed: 1})
	return p
}

func (p *pair) sleep(t *testing.T, d time.Duration) {
	t.Helper()
	if err := p.Sleep(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

// frame is one of n bytes to a station.
func frame(n int) []byte {
	return append([]byte{2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xb5}, make([]byte, n-14)...)
}

func TestFile(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	var out bytes.Buffer
	f, err := capture.NewFile(&out, capture.Options{Wait: true, Names: []pcap.Name{{Addr: []byte{10, 0, 0, 1}, Names: []string{"R1"}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range p.links {
		if err := f.Add(l); err != nil {
			t.Fatal(err)
		}
	}
	p.ports[0].Send(frame(60))
	p.sleep(t, time.Second+time.Nanosecond)
	p.ports[1].Send(frame(1600))
	broadcast := frame(60)
	copy(broadcast, bytes.Repeat([]byte{0xff}, 6))
	p.ports[3].Send(broadcast)
	if err := p.links[1].Impair(p.ports[2], wire.Impairment{Duplicate: 1}); err != nil {
		t.Fatal(err)
	}
	p.ports[2].Send(frame(100))
	p.links[1].SetUp(false)
	p.sleep(t, time.Second)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	p.ports[0].Send(frame(60)) // not in the file
	if err := f.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}

	r, err := pcap.NewReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	var k pcap.Packet
	for {
		err := r.Next(&k)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(r.Interfaces()[k.Interface].Name, " ", k.Len, " ", k.Time().Sub(simtime.Epoch), " ",
			k.Flags().Direction(), k.Flags().Reception(), " ", strings.Join(k.Comments(), "; ")))
	}
	want := []string{
		"R0--R1 60 0s 2 1 ",
		"R0--R1 1600 1.000000001s 1 1 lost on R0--R1: longer than the MTU",
		"R2--R3 60 1.000000001s 1 3 ",
		"R2--R3 100 1.000000001s 2 1 duplicated on R2--R3",
		"R2--R3 60 1.000001001s 1 3 lost on R2--R3 under way: link down",
		"R2--R3 100 1.000001001s 2 1 lost on R2--R3 under way: link down",
		"R2--R3 100 1.000001001s 2 1 lost on R2--R3 under way: link down",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the file has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if i := r.Interfaces(); len(i) != 2 || i[0].Statistics == nil || *i[0].Statistics.Received != 2 || *i[1].Statistics.Received != 5 {
		t.Errorf("interfaces are %+v", i)
	}
}

// stuck is a destination that takes nothing until it is let.
type stuck struct {
	let chan struct{}
	bytes.Buffer
}

func (s *stuck) Write(b []byte) (int, error) {
	<-s.let
	return s.Buffer.Write(b)
}

func TestFileThatIsBehind(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	dst := &stuck{let: make(chan struct{}, 1)}
	f, err := capture.NewFile(dst, capture.Options{Room: 100 << 10})
	if err != nil {
		t.Fatal(err)
	}
	dst.let <- struct{}{}
	if err := f.Add(p.links[0]); err != nil {
		t.Fatal(err)
	}
	const n = 1000
	for range n {
		p.ports[0].Send(frame(1000))
	}
	if f.Missed() == 0 || f.Missed() == n {
		t.Errorf("%d frames of %d are missing", f.Missed(), n)
	}
	missed := f.Missed()
	close(dst.let)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := pcap.NewReader(&dst.Buffer)
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for r.Next(new(pcap.Packet)) == nil {
		read++
	}
	if s := r.Interfaces()[0].Statistics; uint64(read)+missed != n || *s.OSDrops != missed {
		t.Errorf("%d frames in the file, %d missing, %+v", read, missed, s)
	}
}

func TestFileThatFails(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	full := errors.New("no space left on device")
	f, err := capture.NewFile(refuser{full}, capture.Options{Wait: true, Room: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Add(p.links[0]); !errors.Is(err, full) {
		t.Fatalf("adding a link: %v", err)
	}
	if err := f.Close(); !errors.Is(err, full) {
		t.Errorf("closing: %v", err)
	}
}

type refuser struct{ err error }

func (r refuser) Write([]byte) (int, error) { return 0, r.err }

func TestFileIsWholeAtAnyMoment(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	read, write := io.Pipe()
	f, err := capture.NewFile(write, capture.Options{Wait: true})
	if err != nil {
		t.Fatal(err)
	}
	lengths := make(chan int)
	go func() {
		r, err := pcap.NewReader(read)
		if err != nil {
			t.Error(err)
		}
		for k := new(pcap.Packet); r.Next(k) == nil; {
			lengths <- k.Len
		}
		close(lengths)
	}()
	if err := f.Add(p.links[0]); err != nil {
		t.Fatal(err)
	}
	for n := 60; n < 70; n++ {
		p.ports[0].Send(frame(n))
		if got := <-lengths; got != n {
			t.Errorf("a frame of %d bytes was written, one of %d read", n, got)
		}
	}
	if err := errors.Join(f.Close(), write.Close()); err != nil {
		t.Fatal(err)
	}
	<-lengths
}

// once calls a function when it is first written to.
type once struct {
	bytes.Buffer
	f func()
}

func (o *once) Write(b []byte) (int, error) {
	if f := o.f; f != nil {
		o.f = nil
		f()
	}
	return o.Buffer.Write(b)
}

// Who has read the file's head may count on what comes after it.
func TestFramesAfterTheHeadAreKept(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	out := &once{f: func() { p.ports[0].Send(frame(77)) }}
	f, err := capture.NewFile(out, capture.Options{Wait: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Add(p.links[0]); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := pcap.NewReader(out)
	if err != nil {
		t.Fatal(err)
	}
	var k pcap.Packet
	if err := r.Next(&k); err != nil || k.Len != 77 {
		t.Errorf("the file has %v, %v", k, err)
	}
}

func TestCloseLeavesNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 20 {
		f, err := capture.NewFile(io.Discard, capture.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for range 60000 { // one that has told of its end may still be about to end
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}
