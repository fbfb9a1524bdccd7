package link

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/packet"
	"moonwire/host/packet/fragment"
)

// sniffOptions are link:sniff's.
type sniffOptions struct {
	Filter      *string        `lua:"filter?" doc:"only what this expression matches, in tcpdump's language; else the link's own filter. Another filter than before drops what was not read yet"`
	Count       *int           `lua:"count?" range:"0.." doc:"how many packets; else no limit"`
	Timeout     *time.Duration `lua:"timeout?" doc:"how long in all, in seconds; else no limit"`
	Direction   string         `lua:"direction?" choices:"in|out" doc:"only what this host received, or what it sent"`
	Promiscuous bool           `lua:"promiscuous?" doc:"receive what is for other hosts, too; the link then stays so"`
	Reassemble  string         `lua:"reassemble?" choices:"first|last|linux|bsd|rfc5722" doc:"give whole datagrams instead of fragments, by this policy for fragments that overlap; their meta is the last fragment's"`
}

// A sniffer hands out what a link receives.
type sniffer struct {
	link    *Link
	left    int // packets; negative: no limit
	timeout *time.Duration
	until   time.Time // zero: no limit
	only    string    // direction
	pieces  *fragment.Reassembler
	base    network.LinkStats
	end     *network.LinkStats
	meta    *lua.LTable
}

// String says what is sniffed.
func (s *sniffer) String() string { return "sniffer on " + s.link.iface.Name }

// sniff is link:sniff(opts).
func sniff(L *lua.LState) int {
	const name = "link:sniff"
	l, o := self(L, name), sniffOptions{}
	decl.Options(L, name, 2, &o)
	L.Push(decl.NewUserData(L, l.sniffer(L, name, o)))
	return 1
}

// sniffer begins to sniff; it raises what is wrong with the options, and that the link can't.
func (l *Link) sniffer(L *lua.LState, name string, o sniffOptions) *sniffer {
	s := &sniffer{link: l, left: -1, only: o.Direction, timeout: o.Timeout, meta: decl.Metatable(L, reflect.TypeFor[*Meta]())}
	if o.Count != nil {
		s.left = *o.Count
	}
	if o.Reassemble != "" {
		s.pieces = fragment.NewReassembler(fragment.Config{Policy: fragment.Policy(o.Reassemble)})
	}
	host := decl.HostOf(L)
	err := host.Block(L, func(ctx context.Context) error { return l.prepare(ctx, o.Filter, o.Promiscuous) })
	if err != nil {
		raise(L, name, err)
	}
	if o.Timeout != nil {
		s.until = network.ClockFrom(host.Context()).Now().Add(*o.Timeout)
	}
	s.base = l.inbox.since()
	return s
}

// raise raises what went wrong where there is no result for it.
func raise(L *lua.LState, name string, err error) {
	fail(L, name, err) // raises misuse
	decl.RaiseFailure(L, err)
}

// prepare makes the inbox receive what a reader wants.
func (l *Link) prepare(ctx context.Context, expression *string, promiscuous bool) (err error) {
	l.outbox.flush(ctx)
	program := l.filter
	if expression != nil {
		if program, err = l.compile(ctx, *expression); err != nil {
			return err
		}
	}
	if promiscuous && !l.opts.Promiscuous {
		o := l.opts
		o.Promiscuous = true
		conn, err := openConn(ctx, l.iface.Name, o, l.filter, false)
		if err != nil {
			return err
		}
		l.opts = o
		l.inbox.replace(conn, l.filter)
	}
	return l.inbox.use(program)
}

// next pushes the next packet and what is known of it; nothing at the end.
func (s *sniffer) next(L *lua.LState) int {
	p, m := s.packet(L)
	if p == nil {
		return 0
	}
	L.Push(packets.Push(L, p))
	L.Push(&lua.LUserData{Value: m, Env: L.Env, Metatable: s.meta})
	return 2
}

// packet waits for the next packet; nil at the natural end.
func (s *sniffer) packet(L *lua.LState) (*packet.Packet, *Meta) {
	reg := packets.Registry(L)
	for s.left != 0 {
		f, ok := s.receive(L)
		if !ok {
			return nil, nil
		}
		p := s.link.decode(reg, f.data)
		if s.pieces != nil {
			p, _ = s.pieces.Add(p, f.meta.time().Sub(s.link.opened))
		}
		if p != nil {
			s.left--
			return p, f.meta
		}
	}
	s.finish()
	return nil, nil
}

// receive waits for the next frame; ok is false at the natural end. Any other end raises.
func (s *sniffer) receive(L *lua.LState) (f frame, ok bool) {
	for s.end == nil {
		if f, ok = s.link.inbox.take(); !ok {
			if err := s.wait(L); errors.Is(err, os.ErrDeadlineExceeded) {
				break
			} else if err != nil {
				s.finish()
				decl.RaiseFailure(L, err)
			}
			continue
		}
		if s.only != "" && s.only != direction(f.meta.direction) {
			continue
		}
		return f, true
	}
	s.finish()
	return frame{}, false
}

// wait waits for frames until the sniffer's time is over.
func (s *sniffer) wait(L *lua.LState) error {
	return decl.HostOf(L).Block(L, func(ctx context.Context) error {
		if !s.until.IsZero() && !network.ClockFrom(ctx).Now().Before(s.until) {
			return os.ErrDeadlineExceeded
		}
		return s.link.inbox.fill(ctx, s.link, s.until)
	})
}

// finish ends the sniffer: its counts stay as they are.
func (s *sniffer) finish() {
	if s.end == nil {
		end := s.link.inbox.ended()
		s.end = &end
	}
}

// stats are the counts from the sniffer's beginning to its end, or to now.
func (s *sniffer) stats() stats {
	if s.end != nil {
		return statsOf(s.base, *s.end)
	}
	return statsOf(s.base, s.link.inbox.stats())
}

// complete is the loss, if there was any, as an error.
func (s *sniffer) complete() error {
	n := s.stats()
	if n.KernelDrops+n.RingDrops == 0 {
		return nil
	}
	return fmt.Errorf("%s: of %d packets %d were lost (kernel %d, ring %d): a larger buffer, a filter or less work for each packet helps",
		s.link.iface.Name, n.Received, n.KernelDrops+n.RingDrops, n.KernelDrops, n.RingDrops)
}

// theSniffer is argument 1 as a sniffer.
func theSniffer(L *lua.LState, method string) *sniffer {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if s, ok := ud.Value.(*sniffer); ok {
			return s
		}
	}
	decl.Raisef(L, "calling '%s' on bad self (%s)", method, decl.Expected(L, 1, "link{sniffer}"))
	return nil
}

func nextPacket(L *lua.LState) int { return theSniffer(L, "link{sniffer}:next").next(L) }

// assertComplete is sniffer:assert_complete().
func assertComplete(L *lua.LState) int {
	if err := theSniffer(L, "link{sniffer}:assert_complete").complete(); err != nil {
		decl.RaiseFailure(L, err)
	}
	L.SetTop(1)
	return 1
}

// snifferIndex answers sniffer.stats.
func snifferIndex(L *lua.LState, self any, key string) (lua.LValue, bool) {
	if key == "stats" {
		return decl.Push(L, self.(*sniffer).stats()), true
	}
	return lua.LNil, false
}

// capture is link:capture(opts): all packets of a sniffer as a list.
func capture(L *lua.LState) int {
	const name = "link:capture"
	l, o := self(L, name), sniffOptions{}
	decl.Options(L, name, 2, &o)
	if o.Count == nil && o.Timeout == nil {
		decl.Raisef(L, "%s: count or timeout expected, or it never ends", name)
	}
	s := l.sniffer(L, name, o)
	list, metas := L.CreateTable(0, 3), L.CreateTable(0, 0)
	for n := 1; ; n++ {
		p, m := s.packet(L)
		if p == nil {
			break
		}
		list.RawSetInt(n, packets.Push(L, p))
		metas.RawSetInt(n, &lua.LUserData{Value: m, Env: L.Env, Metatable: s.meta})
	}
	list.RawSetString("meta", metas)
	list.RawSetString("stats", decl.Push(L, s.stats()))
	list.RawSetString("assert_complete", L.NewFunction(func(L *lua.LState) int {
		if err := s.complete(); err != nil {
			decl.RaiseFailure(L, err)
		}
		L.SetTop(1)
		return 1
	}))
	L.Push(list)
	return 1
}
