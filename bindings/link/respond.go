package link

import (
	"context"
	"fmt"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
)

// respondOptions are link:respond's.
type respondOptions struct {
	Count   *int           `lua:"count?" range:"0.." doc:"how many packets to answer; else no limit"`
	Timeout *time.Duration `lua:"timeout?" doc:"how long in all, in seconds; else no limit"`
}

// respond is link:respond(pattern, fn, opts).
func respond(L *lua.LState) int {
	const name = "link:respond"
	l, o := self(L, name), respondOptions{}
	fits := l.patternArg(L, name, 2)
	fn, ok := L.Get(3).(*lua.LFunction)
	if !ok {
		decl.RaiseArg(L, 2, name, decl.Expected(L, 3, "function"))
	}
	decl.Options(L, name, 4, &o)
	s := l.sniffer(L, name, sniffOptions{Timeout: o.Timeout, Direction: "in"})
	n := 0
	for o.Count == nil || n < *o.Count {
		f, ok := s.receive(L)
		if !ok {
			break
		}
		p := l.decode(packets.Registry(L), f.data)
		if !fits(f, p) {
			continue
		}
		answered, err := l.answer(L, name, fn, p, f)
		if err != nil {
			return fail(L, name, err)
		}
		if answered {
			n++
		}
	}
	s.finish()
	L.Push(lua.LNumber(n))
	L.Push(decl.Push(L, s.stats()))
	return 2
}

// answer calls the script's function for a packet and sends what it returns, back to who sent the packet.
func (l *Link) answer(L *lua.LState, name string, fn *lua.LFunction, p *packet.Packet, f frame) (bool, error) {
	L.Push(fn)
	L.Push(packets.Push(L, p))
	L.Push(decl.NewUserData(L, f.meta))
	L.Call(2, 1)
	v := L.Get(-1)
	L.Pop(1)
	if !lua.LVAsBool(v) {
		return false, nil
	}
	var out frames
	if err := out.add(L, l, v, f.sender(l)); err != nil {
		if bad, ok := err.(*decl.ArgError); ok && bad.Param == "packets" {
			decl.Raisef(L, "%s: the function returned no packet (%s)", name, bad.Message)
		}
		return false, err
	}
	sent := 0
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		sent, err = l.write(ctx, &out, sendOptions{Count: 1}, rate{})
		return err
	})
	if err != nil {
		err = explainSend(l, &out, sent, err)
	}
	return true, err
}

// sender is the MAC address of who sent a frame; nil where there is none.
func (f frame) sender(l *Link) []byte {
	if l.iface.LinkType != "ethernet" || len(f.data) < macLength {
		return nil
	}
	return f.data[6:12]
}

// expect is link:expect(pattern, timeout).
func expect(L *lua.LState) int {
	const name = "link:expect"
	l := self(L, name)
	fits := l.patternArg(L, name, 2)
	timeout := decl.CheckOr(L, name, 3, "timeout", defaultTimeout)
	s := l.sniffer(L, name, sniffOptions{Timeout: &timeout})
	for seen := 0; ; seen++ {
		f, ok := s.receive(L)
		if !ok {
			return fail(L, name, decl.Refuse(decl.Timeout, fmt.Errorf("no such packet came on %s within %v, of %d that came", l.iface.Name, timeout, seen)))
		}
		if p := l.decode(packets.Registry(L), f.data); fits(f, p) {
			s.finish()
			L.Push(packets.Push(L, p))
			L.Push(decl.NewUserData(L, f.meta))
			return 2
		}
	}
}
