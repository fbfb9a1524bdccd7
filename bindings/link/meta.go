package link

import (
	"fmt"
	"reflect"
	"strconv"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// A Meta is what is known of one received frame. Lua asks for few of its fields, so none is made before.
type Meta struct {
	link      *Link
	index     int32 // of the interface
	sec       int64
	nsec      int32
	len       int32
	caplen    int32
	direction network.Direction
	checksum  network.Checksum
	vlan      network.VLANTag
}

// from notes what comes with a frame.
func (m *Meta) from(l *Link, f *network.Frame) {
	*m = Meta{link: l, index: int32(f.Interface), sec: f.Time.Unix(), nsec: int32(f.Time.Nanosecond()), len: int32(f.Len), direction: f.Direction, checksum: f.Checksum, vlan: f.VLAN}
	if f.VLAN.TPID != 0 {
		m.len += tagLength
	} else if len(f.Data) >= macLength+tagLength && l.iface.LinkType == "ethernet" {
		if tpid := uint16(f.Data[12])<<8 | uint16(f.Data[13]); tpid == 0x8100 || tpid == 0x88a8 {
			m.vlan = network.VLANTag{TPID: tpid, TCI: uint16(f.Data[14])<<8 | uint16(f.Data[15])}
		}
	}
}

// time is when the frame was received.
func (m *Meta) time() time.Time { return time.Unix(m.sec, int64(m.nsec)) }

// String is the frame's time, length and direction.
func (m *Meta) String() string {
	return fmt.Sprintf("%s, %d of %d bytes, %s on %s", m.time().UTC().Format("2006-01-02 15:04:05.000000000"), m.caplen, m.len,
		direction(m.direction), m.link.iface.Name)
}

// direction is in or out.
func direction(d network.Direction) string {
	if d == network.Outgoing {
		return "out"
	}
	return "in"
}

var receptions = [...]string{network.ToHost: "unicast", network.ToBroadcast: "broadcast", network.ToMulticast: "multicast", network.ToOther: "promiscuous"}

var checksums = [...]string{network.ChecksumUnknown: "unknown", network.ChecksumValid: "valid", network.ChecksumDeferred: "deferred"}

// metaFields are all that Lua reads.
var metaFields = []decl.Reading[*Meta]{
	{Param: decl.Param{Name: "sec", Type: "integer", Doc: "when it was received: seconds since 1970"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(m.sec) }},
	{Param: decl.Param{Name: "nsec", Type: "integer", Doc: "and nanoseconds, 0 to 999999999"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(m.nsec) }},
	{Param: decl.Param{Name: "time", Type: "number", Doc: "the same as one number: exact to some hundred nanoseconds"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(float64(m.sec) + float64(m.nsec)/1e9) }},
	{Param: decl.Param{Name: "t", Type: "number", Doc: "seconds since the link was opened"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(m.time().Sub(m.link.opened).Seconds()) }},
	{Param: decl.Param{Name: "len", Type: "integer", Doc: "bytes it had on the wire"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(m.len) }},
	{Param: decl.Param{Name: "caplen", Type: "integer", Doc: "bytes that were kept of it"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(m.caplen) }},
	{Param: decl.Param{Name: "interface", Type: "string", Doc: "name of the interface it came by"},
		Get: func(L *lua.LState, m *Meta) lua.LValue { return lua.LString(m.link.nameOf(L, int(m.index))) }},
	{Param: decl.Param{Name: "direction", Type: `"in"|"out"`, Doc: "out: this host sent it"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LString(direction(m.direction)) }},
	{Param: decl.Param{Name: "reception", Type: "string", Optional: true, Doc: "whom it was addressed to: unicast (this host), multicast, broadcast or promiscuous (another host)"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue {
			if int(m.direction) >= len(receptions) {
				return lua.LNil
			}
			return lua.LString(receptions[m.direction])
		}},
	{Param: decl.Param{Name: "checksum", Type: `"valid"|"deferred"|"unknown"`, Doc: "what the system knows of the transport checksum: that it is right, that it was left to the card and what stands there is none, or nothing"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LString(checksums[m.checksum]) }},
	{Param: decl.Param{Name: "vlan", Type: "table", Optional: true, Doc: "the outermost VLAN tag: tpid, id, priority, dei"},
		Get: func(L *lua.LState, m *Meta) lua.LValue { return m.tag(L) }},
}

// nameOf is the name of the interface that a frame came by: the link's, or, when that hears all, one of them.
func (l *Link) nameOf(L *lua.LState, index int) string {
	if index == l.iface.Index || index == 0 {
		return l.iface.Name
	}
	if l.names[index] == "" {
		list, _ := network.From(decl.HostOf(L).Context()).Interfaces()
		l.names = map[int]string{index: strconv.Itoa(index)}
		for _, i := range list {
			l.names[i.Index] = i.Name
		}
	}
	return l.names[index]
}

// A tag is a VLAN tag as Lua sees it (IEEE 802.1Q section 9.6).
type tag struct {
	TPID     int  `lua:"tpid" doc:"0x8100, or 0x88a8 for a service tag"`
	ID       int  `lua:"id" doc:"VLAN identifier"`
	Priority int  `lua:"priority" doc:"priority code point"`
	DEI      bool `lua:"dei" doc:"drop eligible"`
}

func (m *Meta) tag(L *lua.LState) lua.LValue {
	if m.vlan.TPID == 0 {
		return lua.LNil
	}
	return decl.Push(L, tag{int(m.vlan.TPID), int(m.vlan.TCI & 0xfff), int(m.vlan.TCI >> 13), m.vlan.TCI&0x1000 != 0})
}

// metaClass declares what comes with each received packet.
func metaClass() *decl.Class {
	return decl.Reads(&decl.Class{Name: "link{meta}", Doc: "What is known of one received packet.", Type: reflect.TypeFor[*Meta](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, metaFields)
}
