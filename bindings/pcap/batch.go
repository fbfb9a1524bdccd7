package pcap

import (
	"context"
	"sync"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/pcap"
)

// Lua is handed packets out of batches: the interpreter is released once for many of them.
const (
	batchPackets = 256
	batchBytes   = 128 << 10
)

// A batch is packets that were read at once.
type batch struct {
	metas []Meta
	err   error // what came behind the last one
}

// ahead is what was read and Lua hasn't got yet.
type ahead struct {
	mu sync.Mutex
	batch
}

// take is the next packet, or what comes behind the last one; neither when nothing was read ahead.
func (a *ahead) take() (*Meta, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.metas) == 0 {
		return nil, a.err
	}
	m := &a.metas[0]
	a.metas = a.metas[1:]
	return m, nil
}

// add puts a batch behind what is there: another task may have read one, too.
func (a *ahead) add(b batch) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.metas) == 0 {
		a.metas = b.metas
	} else {
		a.metas = append(a.metas, b.metas...)
	}
	a.err = b.err
}

// all takes everything.
func (a *ahead) all() batch {
	a.mu.Lock()
	defer a.mu.Unlock()
	b := a.batch
	a.metas = nil
	return b
}

// origin is the time of a file's first packet.
type origin struct {
	sec   int64
	nsec  int32
	known bool
}

// nextPacket is the next packet that keep says yes to.
func (f *Reader) nextPacket(L *lua.LState, keep match) (*Meta, error) {
	for {
		m, err := f.ahead.take()
		switch {
		case err != nil:
			return nil, err
		case m != nil:
			if ok, err := keep.meta(m); ok || err != nil {
				return m, about(f.name, err)
			}
		default:
			if err := f.readAhead(L); err != nil {
				return nil, err
			}
		}
	}
}

// readAhead reads a batch.
func (f *Reader) readAhead(L *lua.LState) error {
	return decl.HostOf(L).Block(L, func(ctx context.Context) error {
		return f.reading(ctx, func(r *pcap.Reader) error {
			b := f.fill(r)
			b.err = about(f.name, b.err)
			f.ahead.add(b)
			return nil
		})
	})
}

// fill reads packets: one at least, and those that can be had without waiting. Metas and bytes of a batch lie together,
// so that few allocations serve many packets.
func (f *Reader) fill(r *pcap.Reader) (b batch) {
	keep := f.filter.in(r)
	b.metas = make([]Meta, 0, batchPackets)
	room := make([]byte, 0, batchBytes)
	for len(b.metas) < batchPackets && (len(b.metas) == 0 || r.Ready()) {
		var p pcap.Packet
		if b.err = r.Next(&p); b.err != nil {
			return b
		}
		if !f.origin.known && !p.Timeless {
			f.origin = origin{p.Sec, p.Nsec, true}
		}
		if keep != nil {
			ok, err := keep(&p)
			if b.err = err; err != nil {
				return b
			}
			if !ok {
				continue
			}
		}
		if len(p.Data) > cap(room)-len(room) {
			room = make([]byte, 0, max(batchBytes, len(p.Data)))
		}
		at := len(room)
		room = append(room, p.Data...)
		p.Data, p.Options = room[at:len(room):len(room)], p.Options.Clone()
		b.metas = append(b.metas, Meta{packet: p, file: f, iface: &r.Interfaces()[p.Interface], origin: f.origin})
	}
	return b
}
