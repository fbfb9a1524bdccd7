package pcap

import (
	"bytes"
	"context"
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/packet"
	"moonwire/host/pcap"
)

type writeOptions struct {
	Time      *float64   `lua:"time?" range:"0..9007199254740992" doc:"when it was captured, in seconds since 1970; else now"`
	Sec       *int64     `lua:"sec?" doc:"the same, exactly: seconds"`
	Nsec      int32      `lua:"nsec?" range:"0..999999999" doc:"and nanoseconds"`
	Len       int        `lua:"len?" range:"0.." doc:"bytes it had on the wire; else those given"`
	Interface lua.LValue `lua:"interface?" type:"string|integer" doc:"where it was captured: name or number, from 1; else the first"`
	Comment   string     `lua:"comment?" doc:"(pcapng)"`
	Direction string     `lua:"direction?" choices:"in|out" doc:"(pcapng)"`
	Reception string     `lua:"reception?" choices:"unicast|multicast|broadcast|promiscuous" doc:"(pcapng)"`
	Drops     *int64     `lua:"drops?" doc:"packets lost between the one before and this one (pcapng)"`
}

const writeName = "pcap{writer}:write"

// write is writer:write(packet, opts).
func write(L *lua.LState) int {
	w := selfWriter(L, writeName)
	var p pcap.Packet
	var linkType int
	p.Data, linkType = data(L, 2)
	p.Len = len(p.Data)
	var place func(*pcap.Writer) (int, error) // its interface
	if ud, ok := L.Get(3).(*lua.LUserData); ok {
		m, ok := ud.Value.(captured)
		if !ok {
			decl.RaiseArg(L, 2, writeName, decl.Expected(L, 3, "table or meta"))
		}
		said, from := m.Captured()
		p = withBytes(said, p.Data)
		place = func(to *pcap.Writer) (int, error) { return w.adopt(to, m, from) }
	} else {
		var o writeOptions
		decl.Options(L, writeName, 3, &o)
		o.onto(L, w, &p)
		if linkType != pcap.AnyLinkType && o.Interface == nil {
			place = func(to *pcap.Writer) (int, error) { return fitting(to, linkType) }
		}
	}
	if err := w.put(L, &p, place); err != nil {
		return decl.Fail(L, err)
	}
	L.Push(lua.LTrue)
	return 1
}

// data is argument n as bytes; a packet is built.
func data(L *lua.LState, n int) (bytes []byte, linkType int) {
	switch v := L.Get(n).(type) {
	case lua.LString:
		return []byte(v), pcap.AnyLinkType
	case *lua.LUserData:
		if p, ok := v.Value.(*packet.Packet); ok {
			return p.Build(), pcap.LinkTypeOf(p.Layer(0).Protocol().Name)
		}
	}
	decl.RaiseArg(L, n-1, writeName, decl.Expected(L, n, "packet or string"))
	return nil, 0
}

// put writes a packet at once, or with the interpreter released when that may take long.
func (w *Writer) put(L *lua.LState, p *pcap.Packet, place func(*pcap.Writer) (int, error)) error {
	do := func(to *pcap.Writer) (err error) {
		if place != nil {
			if p.Interface, err = place(to); err != nil {
				return err
			}
		}
		return to.Write(p)
	}
	if w.mu.TryLock() {
		quick := !w.closed && !w.w.Waits(len(p.Data))
		var err error
		if quick {
			err = about(w.name, do(w.w))
		}
		w.mu.Unlock()
		if quick {
			return err
		}
	}
	p.Data = bytes.Clone(p.Data) // another task may change the packet meanwhile
	return decl.HostOf(L).Block(L, func(ctx context.Context) error { return w.writing(ctx, do) })
}

// fitting is the first interface of a link type; a new one when there is none.
func fitting(to *pcap.Writer, linkType int) (int, error) {
	for i, own := range to.Interfaces() {
		if i >= to.First() && own.LinkType == linkType {
			return i, nil
		}
	}
	return to.Adopt(pcap.Interface{LinkType: linkType, FCS: -1})
}

// captured is what says all of a captured packet but its bytes: a meta of this module, or of module link.
type captured interface {
	Captured() (pcap.Packet, pcap.Interface)
}

// Captured is what the file said.
func (m *Meta) Captured() (pcap.Packet, pcap.Interface) { return m.packet, *m.iface }

// withBytes is a packet with other bytes. A length that they don't have any more is theirs.
func withBytes(p pcap.Packet, data []byte) pcap.Packet {
	if p.Data != nil && len(p.Data) != len(data) || p.Len < len(data) {
		p.Len = len(data)
	}
	p.Data = data
	return p
}

// adopt is this file's interface for packets that come from another file, or from a wire.
func (w *Writer) adopt(to *pcap.Writer, m captured, from pcap.Interface) (index int, err error) {
	of, ok := m.(*Meta)
	if !ok {
		return same(to, &from)
	}
	key := source{of.file, of.packet.Interface}
	index, known := w.adopted[key]
	if !known || index < to.First() {
		if index, err = same(to, &from); err == nil {
			w.adopted[key] = index
		}
	}
	return index, err
}

// same is the interface of the same name and link type; a new one when there is none.
func same(to *pcap.Writer, i *pcap.Interface) (int, error) {
	for n, own := range to.Interfaces() {
		if n >= to.First() && own.Name == i.Name && own.Name != "" && own.LinkType == i.LinkType {
			return n, nil
		}
	}
	return to.Adopt(*i)
}

// onto gives a packet what the options say.
func (o *writeOptions) onto(L *lua.LState, w *Writer, p *pcap.Packet) {
	switch {
	case o.Sec != nil:
		p.Sec, p.Nsec = *o.Sec, o.Nsec
	case o.Time != nil:
		p.SetTime(moment(*o.Time))
	default:
		p.SetTime(network.ClockFrom(decl.HostOf(L).Context()).Now())
	}
	if o.Len > 0 {
		p.Len = o.Len
	}
	if o.Interface != nil {
		p.Interface = w.index(L, o.Interface)
	}
	if o.Comment != "" {
		p.Options.AddComment(o.Comment)
	}
	if o.Direction != "" || o.Reception != "" {
		p.Options.AddFlags(pcap.FlagsOf(directionOf(o.Direction), receptionOf(o.Reception)))
	}
	if o.Drops != nil {
		p.Options.AddDrops(uint64(*o.Drops))
	}
}

func directionOf(word string) pcap.Direction {
	for d, name := range directions {
		if name == word {
			return pcap.Direction(d)
		}
	}
	return 0
}

func receptionOf(word string) pcap.Reception {
	for r, name := range receptions {
		if name == word {
			return pcap.Reception(r)
		}
	}
	return 0
}

// index is an interface of the file by its name or number.
func (w *Writer) index(L *lua.LState, v lua.LValue) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	i, ok := indexOf(w.w, v)
	if !ok {
		decl.Raisef(L, "bad option 'interface' to '%s' (%s)", writeName, noInterface(w.w, v))
	}
	return i
}

func indexOf(w *pcap.Writer, v lua.LValue) (int, bool) {
	for i, own := range w.Interfaces() {
		if n, ok := v.(lua.LNumber); ok && n == lua.LNumber(i+1) || own.Name != "" && own.Name == v.String() {
			return i, true
		}
	}
	return 0, false
}

func noInterface(w *pcap.Writer, v lua.LValue) string {
	return fmt.Sprintf("the file has %d interfaces, and none is '%s'", len(w.Interfaces()), v)
}

// selfWriter is argument 1 as a writer.
func selfWriter(L *lua.LState, name string) *Writer {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if w, ok := ud.Value.(*Writer); ok {
			return w
		}
	}
	decl.Raisef(L, "calling '%s' on bad self (%s)", name, decl.Expected(L, 1, "pcap{writer}"))
	return nil
}
