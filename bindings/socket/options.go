package socket

import (
	"errors"
	"fmt"
	"net/netip"

	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// An option is how a value goes from Lua to the system and back.
type option struct {
	read func(L *lua.LState) any // argument 3; raises what is no such value
	push func(L *lua.LState, v any)
}

var (
	boolean = &option{func(L *lua.LState) any { return checkBoolean(L, 3) }, pushBool}
	integer = &option{readInt, pushInt}
	flag    = &option{func(L *lua.LState) any { return readInt(L).(int) != 0 }, nil}
	linger  = &option{readLinger, pushLinger}
	device  = &option{func(L *lua.LState) any { return checkString(L, 3) }, pushString}
	ifaddr  = &option{readInterface, func(L *lua.LState, v any) { L.Push(lua.LString(v.(netip.Addr).String())) }}
	group4  = &option{readGroup4, nil}
	group6  = &option{readGroup6, nil}
	failure = &option{nil, pushFailure}
)

// An optionSet is what a kind's setoption and getoption know.
type optionSet struct{ set, get map[string]*option }

var tcpOptions = optionSet{
	set: map[string]*option{
		"bindtodevice": device, "keepalive": boolean, "reuseaddr": boolean, "reuseport": boolean,
		"tcp-nodelay": boolean, "tcp-keepidle": integer, "tcp-keepcnt": integer, "tcp-keepintvl": integer,
		"ipv6-v6only": boolean, "linger": linger, "recv-buffer-size": integer, "send-buffer-size": integer,
		"tcp-defer-accept": integer, "tcp-fastopen": integer, "tcp-fastopen-connect": flag,
	},
	get: map[string]*option{
		"bindtodevice": device, "keepalive": boolean, "reuseaddr": boolean, "reuseport": boolean,
		"tcp-nodelay": boolean, "tcp-keepidle": integer, "tcp-keepcnt": integer, "tcp-keepintvl": integer,
		"linger": linger, "error": failure, "recv-buffer-size": integer, "send-buffer-size": integer,
	},
}

var udpOptions = optionSet{
	set: map[string]*option{
		"dontroute": boolean, "broadcast": boolean, "reuseaddr": boolean, "reuseport": boolean,
		"ip-multicast-if": ifaddr, "ip-multicast-ttl": integer, "ip-multicast-loop": boolean,
		"ip-add-membership": group4, "ip-drop-membership": group4,
		"ipv6-unicast-hops": integer, "ipv6-multicast-hops": integer, "ipv6-multicast-loop": boolean,
		"ipv6-add-membership": group6, "ipv6-drop-membership": group6, "ipv6-v6only": boolean,
		"recv-buffer-size": integer, "send-buffer-size": integer,
	},
	get: map[string]*option{
		"dontroute": boolean, "broadcast": boolean, "reuseaddr": boolean, "reuseport": boolean,
		"ip-multicast-if": ifaddr, "ip-multicast-loop": boolean, "error": failure,
		"ipv6-unicast-hops": integer, "ipv6-multicast-hops": integer, "ipv6-multicast-loop": boolean,
		"ipv6-v6only": boolean, "recv-buffer-size": integer, "send-buffer-size": integer,
	},
}

var unixStreamOptions = optionSet{set: map[string]*option{"keepalive": boolean, "reuseaddr": boolean, "linger": linger}}
var unixDgramOptions = optionSet{set: map[string]*option{"reuseaddr": boolean}}

// setoption is sock:setoption(name [, value]).
func (k *kind) setoption(set optionSet) lua.LGFunction {
	return func(L *lua.LState) int {
		o, name := k.checkAny(L), checkString(L, 2)
		opt := set.set[name]
		if opt == nil {
			argError(L, 2, fmt.Sprintf("unsupported option `%.35s'", name))
		}
		value := opt.read(L)
		if o.d == nil || o.d.socket.SetOption(name, value) != nil {
			return refuse(L, errors.New("setsockopt failed"))
		}
		return done(L)
	}
}

// getoption is sock:getoption(name).
func (k *kind) getoption(set optionSet) lua.LGFunction {
	return func(L *lua.LState) int {
		o, name := k.checkAny(L), checkString(L, 2)
		opt := set.get[name]
		if opt == nil {
			argError(L, 2, fmt.Sprintf("unsupported option `%.35s'", name))
		}
		if o.d == nil {
			return refuse(L, errors.New("getsockopt failed"))
		}
		v, err := o.d.socket.Option(name)
		if err != nil {
			return refuse(L, errors.New("getsockopt failed"))
		}
		opt.push(L, v)
		return 1
	}
}

func readInt(L *lua.LState) any {
	n, _ := toNumber(L.Get(3))
	return int(n)
}

func readLinger(L *lua.LState) any {
	t := checkTable(L, 3)
	on, ok := t.RawGetString("on").(lua.LBool)
	if !ok {
		argError(L, 3, "boolean 'on' field expected")
	}
	timeout, ok := toNumber(t.RawGetString("timeout"))
	if !ok {
		argError(L, 3, "number 'timeout' field expected")
	}
	return network.Linger{On: bool(on), Seconds: int(uint16(int(timeout)))}
}

func readInterface(L *lua.LState) any {
	ip, ok := readIPv4(checkString(L, 3))
	if !ok {
		argError(L, 3, "ip expected")
	}
	return ip
}

func readGroup4(L *lua.LState) any {
	t := checkTable(L, 3)
	group, ok := readIPv4(textField(L, t, "multiaddr"))
	if !ok {
		argError(L, 3, "invalid 'multiaddr' ip address")
	}
	iface, ok := readIPv4(textField(L, t, "interface"))
	if !ok {
		argError(L, 3, "invalid 'interface' ip address")
	}
	return network.Membership{Group: group, Interface: iface}
}

func readGroup6(L *lua.LState) any {
	t := checkTable(L, 3)
	group, err := netip.ParseAddr(textField(L, t, "multiaddr"))
	if err != nil || !group.Is6() {
		argError(L, 3, "invalid 'multiaddr' ip address")
	}
	m := network.Membership{Group: group}
	if v := t.RawGetString("interface"); v != lua.LNil {
		n, ok := toNumber(v)
		if !ok {
			argError(L, 3, "number 'interface' field expected")
		}
		m.Index = int(n)
	}
	return m
}

// textField is a field that must be a string.
func textField(L *lua.LState, t *lua.LTable, name string) string {
	v := t.RawGetString(name)
	if !lua.LVCanConvToString(v) {
		argError(L, 3, fmt.Sprintf("string '%s' field expected", name))
	}
	return v.String()
}

// readIPv4 is a dotted address; "*" is any.
func readIPv4(s string) (netip.Addr, bool) {
	if s == "*" {
		return netip.IPv4Unspecified(), true
	}
	a, err := netip.ParseAddr(s)
	return a, err == nil && a.Is4()
}

func pushBool(L *lua.LState, v any)   { L.Push(lua.LBool(v.(bool))) }
func pushInt(L *lua.LState, v any)    { L.Push(lua.LNumber(v.(int))) }
func pushString(L *lua.LState, v any) { L.Push(lua.LString(v.(string))) }

func pushLinger(L *lua.LState, v any) {
	l := v.(network.Linger)
	t := L.CreateTable(0, 2)
	t.RawSetString("on", lua.LBool(l.On))
	t.RawSetString("timeout", lua.LNumber(l.Seconds))
	L.Push(t)
}
