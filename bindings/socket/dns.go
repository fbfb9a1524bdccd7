package socket

import (
	"context"
	"errors"
	"net/netip"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// dnsTable is socket.dns.
func dnsTable(L *lua.LState) *lua.LTable {
	t := L.CreateTable(0, len(dnsFunctions))
	for _, f := range dnsFunctions {
		t.RawSetString(f.Name, L.NewFunction(f.Run))
	}
	return t
}

var errHostNotFound = errors.New("host not found")

// byName finds what LuaSocket's toip and tohostname know of a host: IPv4 only, as gethostbyname(3) has it. A numeric
// address is looked up backwards.
func byName(L *lua.LState, name string) (h network.Host, err error) {
	err = decl.HostOf(L).Block(L, func(ctx context.Context) error {
		w := network.From(ctx)
		if a, perr := netip.ParseAddr(name); perr == nil && a.Is4() {
			names, err := w.LookupAddr(ctx, a)
			if err == nil && len(names) > 0 {
				h = network.Host{Name: names[0], Aliases: names[1:], Addrs: []netip.Addr{a}}
			}
			return err
		}
		found, err := w.LookupHost(ctx, name, network.AFInet)
		h.Name, h.Aliases = found.Name, found.Aliases
		for _, a := range found.Addrs {
			if a.Is4() {
				h.Addrs = append(h.Addrs, a)
			}
		}
		return err
	})
	if err == nil && len(h.Addrs) == 0 {
		err = errHostNotFound
	}
	return h, err
}

// pushHost pushes a host as a table: name, alias, ip.
func pushHost(L *lua.LState, h network.Host) {
	t, alias, ip := L.CreateTable(0, 3), L.CreateTable(len(h.Aliases), 0), L.CreateTable(len(h.Addrs), 0)
	for _, a := range h.Aliases {
		alias.Append(lua.LString(a))
	}
	for _, a := range h.Addrs {
		ip.Append(lua.LString(a.String()))
	}
	t.RawSetString("name", lua.LString(h.Name))
	t.RawSetString("alias", alias)
	t.RawSetString("ip", ip)
	L.Push(t)
}

func dnsToip(L *lua.LState) int {
	h, err := byName(L, checkString(L, 1))
	if err != nil {
		return refuse(L, errHostNotFound)
	}
	L.Push(lua.LString(h.Addrs[0].String()))
	pushHost(L, h)
	return 2
}

func dnsTohostname(L *lua.LState) int {
	h, err := byName(L, checkString(L, 1))
	if err != nil {
		return refuse(L, errHostNotFound)
	}
	L.Push(lua.LString(h.Name))
	pushHost(L, h)
	return 2
}

func dnsGethostname(L *lua.LState) int {
	name, err := network.From(decl.HostOf(L).Context()).Hostname()
	if err != nil {
		return refuse(L, err)
	}
	L.Push(lua.LString(name))
	return 1
}

// dnsGetaddrinfo is dns.getaddrinfo(host): a list of {family=, addr=}.
func dnsGetaddrinfo(L *lua.LState) int {
	ends, err := resolve(L, hints{host: checkString(L, 1), family: "unspec", socktype: "stream"})
	if err != nil {
		return refuse(L, err)
	}
	list := L.CreateTable(len(ends), 0)
	for _, e := range ends {
		t := L.CreateTable(0, 2)
		t.RawSetString("family", lua.LString(e.family))
		t.RawSetString("addr", lua.LString(e.addr.Addr().String()))
		list.Append(t)
	}
	L.Push(list)
	return 1
}

var dnsFunctions []decl.Raw

func init() {
	dnsFunctions = []decl.Raw{
		{Name: "toip", Run: dnsToip}, {Name: "tohostname", Run: dnsTohostname}, {Name: "gethostname", Run: dnsGethostname},
		{Name: "getaddrinfo", Run: dnsGetaddrinfo},
	}
}
