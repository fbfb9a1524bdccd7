package link

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"syscall"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/packet"
)

// sendOptions are link:send's.
type sendOptions struct {
	Rate     string         `lua:"rate?" doc:"how fast: 500pps, 20kpps, 10mbps; else as fast as it goes"`
	Interval *time.Duration `lua:"interval?" doc:"pause between two packets in seconds, instead of rate"`
	Count    int            `lua:"count?" range:"1.." doc:"how often; a list is sent so often as a whole; of a template, how many packets"`
	Method   string         `lua:"method?" choices:"bulk|xdp|ring|mmsg|write" doc:"how to send, if not as the link does"`
}

// pace is the rate that the options say.
func (o sendOptions) pace() (rate, error) {
	switch {
	case o.Interval != nil && o.Rate != "":
		return rate{}, decl.BadArg("interval", "rate says it already")
	case o.Interval != nil && *o.Interval <= 0:
		return rate{}, nil
	case o.Interval != nil:
		return rate{perSecond: 1 / o.Interval.Seconds()}, nil
	case o.Rate == "":
		return rate{}, nil
	}
	r, err := parseRate(o.Rate)
	if err != nil {
		return rate{}, decl.BadArg("rate", "%s", err)
	}
	return r, nil
}

// frames are packets as they go on the wire.
type frames struct {
	bytes []byte
	ends  []int
}

// frame is frame i.
func (f *frames) frame(i int) []byte {
	from := 0
	if i > 0 {
		from = f.ends[i-1]
	}
	return f.bytes[from:f.ends[i]:f.ends[i]]
}

// add builds v for the link: a packet, several, bytes or a list of such. to is as for Link.append.
func (f *frames) add(L *lua.LState, l *Link, v lua.LValue, to []byte) (err error) {
	return each(L, v, func(v lua.LValue) error { return f.addOne(L, l, v, to) })
}

func (f *frames) addOne(L *lua.LState, l *Link, v lua.LValue, to []byte) error {
	switch v := v.(type) {
	case lua.LString:
		f.bytes = append(f.bytes, v...)
		f.ends = append(f.ends, len(f.bytes))
		return nil
	case *lua.LUserData:
		switch p := v.Value.(type) {
		case *packet.Packet:
			return f.addPacket(L, l, p, to)
		case *packet.Family:
			return f.addFamily(L, l, p, to)
		}
	}
	return decl.BadArg("packets", "packet, string or a list of them expected, got %s", decl.TypeName(v))
}

func (f *frames) addPacket(L *lua.LState, l *Link, p *packet.Packet, to []byte) (err error) {
	if f.bytes, err = l.append(L, f.bytes, p, to); err == nil {
		f.ends = append(f.ends, len(f.bytes))
	}
	return err
}

// familyMax is how many packets are built at once.
const familyMax = 1 << 20

func (f *frames) addFamily(L *lua.LState, l *Link, s *packet.Family, to []byte) error {
	n := s.Len()
	if n > familyMax {
		return decl.BadArg("packets", "these are %d packets: more than %d are sent one by one, for p in s:each() do ... end", n, familyMax)
	}
	for i := range n {
		if i%pollEvery == 0 {
			decl.HostOf(L).Poll(L)
		}
		p, err := s.At(i)
		if err == nil {
			err = f.addPacket(L, l, p, to)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// pollEvery is after how many packets a loop looks whether its task is to stop.
const pollEvery = 1024

// sendPackets is link:send(packets, opts).
func sendPackets(L *lua.LState) int {
	const name = "link:send"
	return self(L, name).send(L, name, L.Get(2), 3)
}

// send sends v as the options in stack slot n say.
func (l *Link) send(L *lua.LState, name string, v lua.LValue, n int) int {
	if p, ok := packets.Is(v); ok && L.Get(n) == lua.LNil && !l.one.busy {
		return l.one.send(L, name, p)
	}
	o := sendOptions{Count: 1}
	decl.Options(L, name, n, &o)
	pace, err := o.pace()
	var f frames
	sent := 0
	if t, ok := template(v); ok && err == nil {
		sent, err = l.sendTemplate(L, t, o, pace)
	} else if err == nil {
		sent, err = l.sendFrames(L, &f, v, o, pace)
	}
	if err != nil {
		return fail(L, name, explainSend(l, &f, sent, err))
	}
	L.Push(lua.LNumber(sent))
	return 1
}

// sendFrames sends what v stands for.
func (l *Link) sendFrames(L *lua.LState, f *frames, v lua.LValue, o sendOptions, pace rate) (sent int, err error) {
	if err := f.add(L, l, v, nil); err != nil {
		return 0, err
	}
	err = decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		sent, err = l.write(ctx, f, o, pace)
		return err
	})
	return sent, err
}

// write sends frames as the options say.
func (l *Link) write(ctx context.Context, f *frames, o sendOptions, pace rate) (int, error) {
	l.outbox.flush(ctx)
	conn, err := l.sender(ctx, o.Method)
	if err != nil || len(f.ends) == 0 {
		return 0, err
	}
	n, each := len(f.ends), len(f.ends)
	if o.Count > math.MaxInt/n {
		return 0, decl.BadArg("count", "that is more than can be counted")
	}
	return send(ctx, conn, pace, n*o.Count, func(i int) int { return len(f.frame(i % each)) },
		func(i int, slot []byte) int { return put(slot, f.frame(i%each)) }, func(int, int) {})
}

// put writes a frame into a slot; the length of one that is too long tells that it is.
func put(slot, frame []byte) int {
	copy(slot, frame)
	return len(frame)
}

// sender is the connection that sends by a method.
func (l *Link) sender(ctx context.Context, method string) (network.LinkConn, error) {
	if method == "" || method == l.opts.Method {
		return l.inbox.current(), nil
	}
	l.mu.Lock()
	c := l.senders[method]
	l.mu.Unlock()
	if c != nil {
		return c, nil
	}
	o := l.opts
	o.Method = method
	c, err := openConn(ctx, l.iface.Name, o, nil, true)
	if err != nil {
		return nil, err
	}
	return l.keepSender(method, c)
}

// keepSender keeps a connection that sends by a method; the one that another task opened meanwhile comes first.
func (l *Link) keepSender(method string, c network.LinkConn) (network.LinkConn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := l.senders[method]
	switch {
	case l.closed:
		c.Close()
		return nil, net.ErrClosed
	case first != nil:
		c.Close()
		return first, nil
	}
	l.senders[method] = c
	return c, nil
}

// headerLength is the bytes of an Ethernet header with a tag, which the MTU doesn't count.
const headerLength = 14 + tagLength

// explainSend says which packet was refused.
func explainSend(l *Link, f *frames, sent int, err error) error {
	if errors.Is(err, syscall.EMSGSIZE) && len(f.ends) > 0 {
		return decl.Refuse(decl.Unsupported, fmt.Errorf("packet %d has %d bytes, and %s takes frames of %d at most: fragment it",
			sent+1, len(f.frame(sent%len(f.ends))), l.iface.Name, l.iface.MTU+headerLength))
	}
	if sent > 0 {
		return fmt.Errorf("%w (after %d packets)", err, sent)
	}
	return err
}
