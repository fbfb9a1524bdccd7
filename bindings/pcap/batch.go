package pcap

import (
	"context"
	"sync"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/pcap"
)

// batchMax is how many packets are read at once: the interpreter is released once for all of them.
const batchMax = 256

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
	sec  int64
	nsec int32
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

// fill reads packets: one at least, and those that can be had without waiting.
func (f *Reader) fill(r *pcap.Reader) (b batch) {
	keep := f.filter.in(r)
	most := min(max(2*f.lastBatch, 8), batchMax)
	b.metas = make([]Meta, 0, most)
	bytes := arena{packets: most}
	for len(b.metas) < most && (len(b.metas) == 0 || r.Ready()) {
		var p pcap.Packet
		if b.err = r.Next(&p); b.err != nil {
			break
		}
		if f.origin == nil && !p.Timeless {
			f.origin = &origin{p.Sec, p.Nsec}
		}
		if keep != nil {
			ok, err := keep(&p)
			if b.err = err; err != nil {
				break
			}
			if !ok {
				continue
			}
		}
		p.Data, p.Options = bytes.keep(p.Data), p.Options.Clone()
		b.metas = append(b.metas, Meta{packet: p, file: f, iface: &r.Interfaces()[p.Interface], origin: f.origin})
	}
	f.lastBatch = len(b.metas)
	return b
}

// An arena holds the bytes of many packets in few allocations.
type arena struct {
	room    []byte
	packets int // that are likely to come
}

const arenaMax = 64 << 10

// keep copies b into the arena.
func (a *arena) keep(b []byte) []byte {
	if len(b) > cap(a.room)-len(a.room) {
		a.room = make([]byte, 0, max(len(b), min(a.packets*len(b), arenaMax)))
	}
	at := len(a.room)
	a.room = append(a.room, b...)
	return a.room[at:len(a.room):len(a.room)]
}
