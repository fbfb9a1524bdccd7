package lab

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"reflect"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/filter"
	"moonwire/host/lab/capture"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/packet"
	"moonwire/host/pcap"
)

// sniffOptions are net:sniff's.
type sniffOptions struct {
	Filter  string         `lua:"filter?" doc:"only what this expression matches, in tcpdump's language"`
	Count   *int           `lua:"count?" range:"0.." doc:"how many frames; else no limit"`
	Timeout *time.Duration `lua:"timeout?" doc:"how long in all, in seconds; else no limit"`
	Lost    bool           `lua:"lost?" doc:"frames that the link lost too; their meta.drop says why"`
	Buffer  int            `lua:"buffer?" range:"0..1073741824" doc:"bytes of memory for frames that wait to be read; 0: some 16 million"`
}

// A sniffer hands out what links carry.
type sniffer struct {
	*capture.Sniffer
	name    string
	left    int // frames; negative: no limit
	lost    bool
	timeout *time.Duration
	until   time.Time
	began   time.Time
	meta    *lua.LTable
	ready   []wire.Sight
	batch   [64]wire.Sight
}

// String says what is sniffed.
func (s *sniffer) String() string { return "lab{sniffer} on " + s.name }

const ethernetType = 1 // LINKTYPE_ETHERNET

// sniff is net:sniff(link, opts).
func sniff(L *lua.LState) int {
	const name = "lab:sniff"
	n := theNet(L, name)
	list, err := n.chosenWires(decl.String(L, name, 2))
	if err != nil {
		decl.RaiseArg(L, 1, name, err.Error())
	}
	var o sniffOptions
	decl.Options(L, name, 3, &o)
	link := network.LinkOpts{Buffer: o.Buffer}
	if o.Filter != "" {
		p, err := filter.Compile(o.Filter, filter.Options{LinkType: ethernetType, Names: filter.Names{Host: n.addresses}})
		var bad *filter.Error
		if errors.As(err, &bad) {
			decl.Raisef(L, "bad option 'filter' to '%s' (%s at column %d of '%s')", name, bad.Reason, bad.Column, bad.Expression)
		} else if err != nil {
			decl.Raisef(L, "%s: %s", name, err)
		}
		link.Filter = p.Instructions()
	}
	s := &sniffer{name: L.Get(2).String(), left: -1, lost: o.Lost, began: n.Clock().Now(), meta: decl.Metatable(L, reflect.TypeFor[*Meta]())}
	if o.Count != nil {
		s.left = *o.Count
	}
	if o.Timeout != nil {
		s.timeout, s.until = o.Timeout, s.began.Add(*o.Timeout)
	}
	if s.Sniffer, err = capture.Sniff(link, list...); err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	decl.HostOf(L).Own(L, s)
	L.Push(decl.NewUserData(L, s))
	return 1
}

// addresses finds the lab's names for filters.
func (n *Net) addresses(name string) (list []netip.Addr, err error) {
	node, err := n.Plan().Node(name)
	if err != nil {
		return nil, err
	}
	for _, i := range node.Interfaces {
		for _, a := range i.Addrs {
			list = append(list, a.Addr())
		}
	}
	return list, nil
}

// chosenWires are the links that an argument means: one, or all.
func (n *Net) chosenWires(name string) (list []*wire.Link, err error) {
	names, err := n.chosen(name)
	for _, name := range names {
		l, err := n.Link(name)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, err
}

// theSniffer is argument 1 as a sniffer.
func theSniffer(L *lua.LState, method string) *sniffer {
	return decl.Self[*sniffer](L, method, "lab{sniffer}")
}

// nextFrame is sniffer:next(), which a generic for calls.
func nextFrame(L *lua.LState) int {
	s := theSniffer(L, "lab{sniffer}:next")
	for s.left != 0 {
		sight, err := s.receive(L)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			break
		}
		if err != nil {
			decl.RaiseFailure(L, fmt.Errorf("lab:sniff: %w", err))
		}
		if sight.Drop != "" && !s.lost {
			continue
		}
		s.left--
		reg := packets.Registry(L)
		L.Push(packets.Push(L, packet.Decode(reg, sight.Frame, ethernet(reg))))
		L.Push(&lua.LUserData{Value: &Meta{sight, s}, Env: L.Env, Metatable: s.meta})
		return 2
	}
	decl.HostOf(L).Disown(s)
	s.Close()
	return 0
}

// receive waits for a frame.
func (s *sniffer) receive(L *lua.LState) (sight wire.Sight, err error) {
	if len(s.ready) == 0 {
		n := 0
		err = decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
			n, err = s.Read(ctx, s.until, s.batch[:])
			return err
		})
		if err != nil {
			return sight, err
		}
		s.ready = s.batch[:n]
	}
	sight, s.ready = s.ready[0], s.ready[1:]
	return sight, nil
}

// ethernet is the protocol that frames begin with.
func ethernet(reg *packet.Registry) *packet.Protocol {
	eth, _ := reg.Lookup("eth") // it is built in
	return eth
}

// sniffStats are the numbers of a sniffer.
type sniffStats struct {
	Received int64 `lua:"received" doc:"frames that the filter let through, whether they were read or lost"`
	Missed   int64 `lua:"missed" doc:"of these, those that there was no memory for"`
}

type snifferArgs struct {
	Self *sniffer `lua:"self"`
}

func statsOf(_ context.Context, a snifferArgs) (sniffStats, error) {
	s := a.Self.Stats()
	return sniffStats{int64(s.Received), int64(s.KernelDrops)}, nil
}

// closeSniffer is sniffer:close().
func closeSniffer(L *lua.LState) int {
	return closeHandle(L, theSniffer(L, "lab{sniffer}:close"))
}

// A Meta is what is known of a frame on a link.
type Meta struct {
	wire.Sight
	of *sniffer
}

// String is the frame's time, length, and where it was.
func (m *Meta) String() string {
	text := fmt.Sprintf("%s, %d bytes, from %s on %s", m.Time.UTC().Format("2006-01-02 15:04:05.000000000"), len(m.Frame), m.From.Name(), m.From.Link().Name())
	if m.Drop != "" {
		text += ", " + m.Drop
	}
	return text
}

// Captured is what a capture file says of the frame. Module pcap's writers take it.
func (m *Meta) Captured() (pcap.Packet, pcap.Interface) {
	p := pcap.Packet{Len: len(m.Frame), Sec: m.Time.Unix(), Nsec: int32(m.Time.Nanosecond())}
	return p, pcap.Interface{LinkType: pcap.Ethernet, Name: m.From.Link().Name(), Resolution: pcap.Nanoseconds, FCS: -1}
}

// splitPort parts the name of a port: node and interface.
func splitPort(name string) (node, iface string) {
	node, iface, _ = strings.Cut(name, ".")
	return node, iface
}

// metaFields are what a script may read of a Meta.
var metaFields = []decl.Reading[*Meta]{
	{Param: decl.Param{Name: "sec", Type: "integer", Doc: "when it was sent: seconds since 1970"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(m.Time.Unix()) }},
	{Param: decl.Param{Name: "nsec", Type: "integer", Doc: "and nanoseconds, 0 to 999999999"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(m.Time.Nanosecond()) }},
	{Param: decl.Param{Name: "time", Type: "number", Doc: "the same as one number"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(float64(m.Time.UnixNano()) / 1e9) }},
	{Param: decl.Param{Name: "t", Type: "number", Doc: "seconds since the sniffer began"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(m.Time.Sub(m.of.began).Seconds()) }},
	{Param: decl.Param{Name: "len", Type: "integer", Doc: "bytes"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(len(m.Frame)) }},
	{Param: decl.Param{Name: "link", Type: "string", Doc: "name of the link"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LString(m.From.Link().Name()) }},
	{Param: decl.Param{Name: "from", Type: "string", Doc: "node that sent it"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue {
			node, _ := splitPort(m.From.Name())
			return lua.LString(node)
		}},
	{Param: decl.Param{Name: "interface", Type: "string", Doc: "interface or port that it left by"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue {
			_, iface := splitPort(m.From.Name())
			return lua.LString(iface)
		}},
	{Param: decl.Param{Name: "drop", Type: "string", Optional: true, Doc: "why the link lost it"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return textOrNil(m.Drop) }},
	{Param: decl.Param{Name: "note", Type: "string", Optional: true, Doc: "what else the link did to it: corrupted, duplicated, reordered, replaced by the filter"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return textOrNil(m.Note) }},
}

func textOrNil(s string) lua.LValue {
	if s == "" {
		return lua.LNil
	}
	return lua.LString(s)
}
