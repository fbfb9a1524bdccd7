package live

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"

	"moonwire/host/dhcp/station"
	"moonwire/host/dhcp/watch"
	"moonwire/host/filter"
	"moonwire/host/network"
	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// A Watch is an interface and who watches it. Any task may use it.
type Watch struct {
	conn   network.LinkConn
	opened time.Time
	turn   network.Turn // held by who reads
	frames [64]network.Frame

	mu      sync.Mutex
	watcher *watch.Watcher
	lost    uint64 // as told
}

// linkTypes are the numbers of link types in capture files, by their names in package network.
var linkTypes = map[string]uint32{"ethernet": 1, "ip": 101, "linux_sll2": 276}

// Open begins to watch an interface.
func Open(ctx context.Context, iface string, o watch.Options) (*Watch, error) {
	n := network.From(ctx)
	conn, err := n.OpenLink(ctx, iface, &network.LinkOpts{Promiscuous: true})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", iface, cause(err))
	}
	p, err := filter.Compile(watch.Filter, filter.Options{LinkType: linkTypes[cmp.Or(conn.Interface().LinkType, "ethernet")],
		Live: runtime.GOOS == "linux" && !n.Caps().Lab})
	if err == nil {
		err = conn.SetFilter(p.Instructions())
	}
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("%s: %w", iface, err)
	}
	return &Watch{conn: conn, opened: n.Clock().Now(), watcher: watch.New(o),
		lost: losses(conn.Stats())}, nil
}

// cause is what lies below a *net.OpError.
func cause(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// Interface is what is watched.
func (w *Watch) Interface() network.Interface { return w.conn.Interface() }

// Opened is when the watch began.
func (w *Watch) Opened() time.Time { return w.opened }

// Close ends the watch, and waits for its events. It may be called twice.
func (w *Watch) Close() error {
	if err := w.conn.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// Losses are the link's own counts.
func (w *Watch) Losses() network.LinkStats { return w.conn.Stats() }

// See runs f with the watcher while nobody else uses it.
func (w *Watch) See(f func(*watch.Watcher)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f(w.watcher)
}

// Next waits for events. It fails with os.ErrDeadlineExceeded at until, unless that is zero, with net.ErrClosed, ctx's error,
// or a *station.Down.
func (w *Watch) Next(ctx context.Context, until time.Time) ([]watch.Event, error) {
	if err := w.turn.Take(ctx, until); err != nil {
		return nil, err
	}
	defer w.turn.Give()
	for {
		n, err := w.read(ctx, until)
		now := network.ClockFrom(ctx).Now()
		events := w.take(w.frames[:n], now)
		switch {
		case len(events) > 0:
			return events, nil
		case err != nil && !errors.Is(err, os.ErrDeadlineExceeded):
			return nil, w.explain(err)
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil && !until.IsZero() && !now.Before(until):
			return nil, err
		}
	}
}

// past is a moment that is over.
var past = time.Unix(1, 0)

// read reads frames until a moment, or until a lease expires.
func (w *Watch) read(ctx context.Context, until time.Time) (int, error) {
	w.mu.Lock()
	if next := w.watcher.Next(); !next.IsZero() && (until.IsZero() || next.Before(until)) {
		until = next
	}
	w.mu.Unlock()
	w.conn.SetReadDeadline(until)
	stop := network.OnEnd(ctx, func() { w.conn.SetReadDeadline(past) })
	defer stop()
	return w.conn.ReadFrames(w.frames[:])
}

// explain says what ended the reading.
func (w *Watch) explain(err error) error {
	switch {
	case errors.Is(err, syscall.ENETDOWN):
		return &station.Down{Interface: w.Interface().Name, What: "went down"}
	case errors.Is(err, syscall.ENODEV), errors.Is(err, syscall.ENXIO):
		return &station.Down{Interface: w.Interface().Name, What: "is gone"}
	}
	return err
}

// take gives the watcher frames, and the time when there are none.
func (w *Watch) take(frames []network.Frame, now time.Time) (events []watch.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range frames {
		events = append(events, w.look(&frames[i])...)
	}
	if len(frames) == 0 {
		events = w.watcher.Advance(now)
	}
	if lost := losses(w.conn.Stats()); lost > w.lost {
		events = append(events, watch.Event{Time: now, Kind: watch.Lost, Count: int(lost - w.lost),
			Reason: fmt.Sprintf("%d frames were lost before anybody saw them", lost-w.lost)})
		w.lost = lost
	}
	return events
}

func losses(s network.LinkStats) uint64 { return s.KernelDrops + s.RingDrops }

// look gives the watcher a frame.
func (w *Watch) look(f *network.Frame) []watch.Event {
	data := whole(f)
	reg := layers.Registry()
	return w.watcher.Hear(packet.Decode(reg, data, w.first(reg, data)), f.Time)
}

// first is the outermost layer of a frame.
func (w *Watch) first(reg *packet.Registry, data []byte) *packet.Protocol {
	name := "eth"
	switch w.Interface().LinkType {
	case "ip":
		if name = "ip"; len(data) > 0 && data[0]>>4 == 6 {
			name = "ipv6"
		}
	case "linux_sll2":
		name = "sll2"
	}
	pr, _ := reg.Lookup(name) // it is built in
	return pr
}

// whole is a frame as it was on the wire, in memory of its own: a tag that the system took out is in its place again.
func whole(f *network.Frame) []byte {
	const macs = 12
	if f.VLAN.TPID == 0 || len(f.Data) < macs {
		return append([]byte(nil), f.Data...)
	}
	b := append(make([]byte, 0, len(f.Data)+4), f.Data[:macs]...)
	b = append(b, byte(f.VLAN.TPID>>8), byte(f.VLAN.TPID), byte(f.VLAN.TCI>>8), byte(f.VLAN.TCI))
	return append(b, f.Data[macs:]...)
}
