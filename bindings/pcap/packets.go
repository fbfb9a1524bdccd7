package pcap

import (
	"context"
	"io"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
	"moonwire/host/pcap"
)

// self is argument 1 as a reader.
func self(L *lua.LState, name string) *Reader {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if f, ok := ud.Value.(*Reader); ok {
			return f
		}
	}
	decl.Raisef(L, "calling '%s' on bad self (%s)", name, decl.Expected(L, 1, "pcap{reader}"))
	return nil
}

type packetsOptions struct {
	Filter string `lua:"filter?" doc:"only packets that this expression matches, in tcpdump's language"`
	Raw    bool   `lua:"raw?" doc:"give the bytes instead of packets"`
	Count  int    `lua:"count?" range:"0.." doc:"how many at most"`
}

// iterate is reader:packets(opts).
func iterate(L *lua.LState) int {
	const name = "pcap{reader}:packets"
	f, o := self(L, name), packetsOptions{Count: -1}
	decl.Options(L, name, 2, &o)
	var m match
	err := decl.HostOf(L).Block(L, func(ctx context.Context) error {
		return f.reading(ctx, func(r *pcap.Reader) (err error) {
			m, err = f.matching(ctx, r, o.Filter)
			return ended(err)
		})
	})
	if err != nil {
		refuse(L, name, err)
		decl.RaiseFailure(L, err)
	}
	h, left := newHanding(L, f, o.Raw), o.Count
	L.Push(L.NewFunction(func(L *lua.LState) int {
		if left == 0 {
			return 0
		}
		left--
		meta, err := f.nextPacket(L, m)
		switch {
		case err == io.EOF:
			return 0
		case err != nil:
			decl.RaiseFailure(L, err)
		}
		return h.push(L, meta)
	}))
	return 1
}

type readOptions struct {
	Raw bool `lua:"raw?" doc:"give the bytes instead of a packet"`
}

// read is reader:read(opts).
func read(L *lua.LState) int {
	const name = "pcap{reader}:read"
	f, o := self(L, name), readOptions{}
	decl.Options(L, name, 2, &o)
	meta, err := f.nextPacket(L, match{})
	switch {
	case err == io.EOF:
		L.Push(lua.LNil)
		return 1
	case err != nil:
		return decl.Fail(L, err)
	}
	return newHanding(L, f, o.Raw).push(L, meta)
}

// A handing gives packets to Lua. What is the same for many of them is looked up once.
type handing struct {
	file   *Reader
	owner  lua.LValue // stands for the file, which is closed when nothing refers to it
	raw    bool       // as bytes
	script *packets.Script
	metas  *lua.LTable // the class's metatable

	linkType int
	first    *packet.Protocol // of packets of that link type
}

func newHanding(L *lua.LState, f *Reader, raw bool) *handing {
	return &handing{file: f, owner: L.Get(1), raw: raw, script: packets.ScriptOf(L),
		metas: decl.Metatable(L, reflect.TypeFor[*Meta]())}
}

// push gives Lua a packet and its meta.
func (h *handing) push(L *lua.LState, m *Meta) int {
	if h.raw {
		L.Push(lua.LString(m.packet.Data))
	} else {
		L.Push(h.script.Decode(m.packet.Data, h.protocol(m)))
	}
	m.held = lua.LUserData{Value: m, Env: L.Env, Metatable: h.metas}
	L.Push(&m.held)
	return 2
}

// protocol is what a packet begins with.
func (h *handing) protocol(m *Meta) *packet.Protocol {
	linkType := match{linkType: h.file.linkType}.of(m.iface)
	if linkType == h.linkType && linkType == pcap.Ethernet && h.first != nil {
		return h.first
	}
	first, err := h.script.Registry.Lookup(pcap.FirstLayer(linkType, m.packet.Data))
	if err != nil {
		first, _ = h.script.Registry.Lookup("raw")
	}
	h.linkType, h.first = linkType, first
	return first
}
