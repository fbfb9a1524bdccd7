package pcap

import (
	"fmt"
	"reflect"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/pcap"
)

// A Meta is what a capture file says of one packet. Lua asks for few of its fields, so none is made before.
type Meta struct {
	packet pcap.Packet
	file   *Reader
	iface  *pcap.Interface
	origin *origin
	held   lua.LUserData // as Lua has it
}

// String is the packet's time and length.
func (m *Meta) String() string {
	return fmt.Sprintf("%s, %d of %d bytes", m.packet.Time().UTC().Format("2006-01-02 15:04:05.000000000"), len(m.packet.Data), m.packet.Len)
}

// metaFields are all of them; get answers nil where the file doesn't say.
var metaFields = []decl.Reading[*Meta]{
	{Param: decl.Param{Name: "sec", Type: "integer", Optional: true, Doc: "when it was captured: seconds since 1970"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return m.timed(lua.LNumber(m.packet.Sec)) }},
	{Param: decl.Param{Name: "nsec", Type: "integer", Optional: true, Doc: "and nanoseconds, 0 to 999999999"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return m.timed(lua.LNumber(m.packet.Nsec)) }},
	{Param: decl.Param{Name: "time", Type: "number", Optional: true, Doc: "the same as one number: exact to some hundred nanoseconds"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue {
			return m.timed(lua.LNumber(float64(m.packet.Sec) + float64(m.packet.Nsec)/1e9))
		}},
	{Param: decl.Param{Name: "t", Type: "number", Optional: true, Doc: "seconds since the file's first packet"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue {
			return m.timed(lua.LNumber(float64(m.packet.Sec-m.origin.sec) + float64(m.packet.Nsec-m.origin.nsec)/1e9))
		}},
	{Param: decl.Param{Name: "len", Type: "integer", Doc: "bytes it had on the wire"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(m.packet.Len) }},
	{Param: decl.Param{Name: "caplen", Type: "integer", Doc: "bytes that were captured of it"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(len(m.packet.Data)) }},
	{Param: decl.Param{Name: "interface", Type: "string", Optional: true, Doc: "name of the interface it was captured on; a pcap file has none"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return text(m.iface.Name) }},
	{Param: decl.Param{Name: "index", Type: "integer", Doc: "of that interface in the list of interfaces, from 1"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LNumber(m.packet.Interface + 1) }},
	{Param: decl.Param{Name: "linktype", Type: "string", Doc: "tcpdump's name of the link type, as EN10MB"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return lua.LString(pcap.LinkTypeName(m.iface.LinkType)) }},
	{Param: decl.Param{Name: "comment", Type: "string", Optional: true, Doc: "its comments, parted by line ends"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return text(strings.Join(m.packet.Comments(), "\n")) }},
	{Param: decl.Param{Name: "direction", Type: "string", Optional: true, Doc: "in or out"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return text(directions[m.packet.Flags().Direction()]) }},
	{Param: decl.Param{Name: "reception", Type: "string", Optional: true, Doc: "whom it was addressed to: unicast, multicast, broadcast or promiscuous"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue { return text(receptions[m.packet.Flags().Reception()]) }},
	{Param: decl.Param{Name: "drops", Type: "integer", Optional: true, Doc: "packets lost between the one before and this one"},
		Get: func(_ *lua.LState, m *Meta) lua.LValue {
			if n, ok := m.packet.Drops(); ok {
				return lua.LNumber(n)
			}
			return lua.LNil
		}},
}

var (
	directions = [4]string{pcap.Inbound: "in", pcap.Outbound: "out"}
	receptions = [8]string{pcap.Unicast: "unicast", pcap.Multicast: "multicast", pcap.Broadcast: "broadcast", pcap.Promiscuous: "promiscuous"}
)

// timed is v, or nil for a packet without a time.
func (m *Meta) timed(v lua.LValue) lua.LValue {
	if m.packet.Timeless {
		return lua.LNil
	}
	return v
}

// text is s, or nil when it is empty.
func text(s string) lua.LValue {
	if s == "" {
		return lua.LNil
	}
	return lua.LString(s)
}

// metaClass declares what comes with each packet.
func metaClass() *decl.Class {
	return decl.Reads(&decl.Class{Name: "pcap{meta}", Doc: "What a capture file says of one packet. A writer takes it as the options of write.", Type: reflect.TypeFor[*Meta](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, metaFields)
}
