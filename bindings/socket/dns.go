package socket

import (
	"context"
	"errors"
	"net/netip"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// DNSModule declares socket.dns.
func DNSModule() *decl.Module {
	host := arg("host", "string", "name or numeric address")
	known := arg("resolved", "table", "name, alias (a list) and ip (a list)")
	return &decl.Module{
		Name:   "socket.dns",
		Doc:    "Names and addresses with LuaSocket's interface; it is also socket.dns. socket.getaddrinfo tells more.",
		Source: source,
		Funcs: shownAll("socket.dns", []decl.Function{
			waiting(fn("toip", "Return the first IPv4 address of a host, and all that is known of it.", dnsToip, list(host),
				list(arg("ip", "string", "numeric address"), known)), decl.NotFound),
			waiting(fn("tohostname", "Return the name of a host, and all that is known of it.", dnsTohostname, list(host),
				list(arg("name", "string", "canonical name"), known)), decl.NotFound),
			waiting(fn("getaddrinfo", "Return the addresses of a host, in the order to try them in.", dnsGetaddrinfo, list(host),
				list(arg("addresses", "table[]", "tables with family (inet or inet6) and addr"))), decl.NotFound),
			waiting(fn("getnameinfo", "Return the names of a host's addresses, and the name of a service.", dnsGetnameinfo,
				list(opt("host", "string", "", "name or numeric address"), opt("service", "string|integer", "", "name or port")),
				list(arg("names", "string[]", "one for each address"), arg("service", "string|nil", "its name"))), decl.NotFound),
			fn("gethostname", "Return this machine's name.", dnsGethostname, nil, list(arg("name", "string", "its name"))),
		}),
	}
}

// Words of hstrerror(3) and LuaSocket's for it.
var (
	errHostNotFound = errors.New("host not found")
	//lint:ignore ST1005 scripts compare with LuaSocket's words
	errNoRecovery = errors.New("Unknown server error")
)

// dnsToip is dns.toip(name): the first address, and all that is known.
func dnsToip(L *lua.LState) int {
	h, err := byName(L, checkString(L, 1))
	if err != nil {
		return refuse(L, err)
	}
	L.Push(lua.LString(h.Addrs[0].String()))
	pushHost(L, h)
	return 2
}

// dnsTohostname is dns.tohostname(address): the name, and all that is known.
func dnsTohostname(L *lua.LState) int {
	h, err := byName(L, checkString(L, 1))
	if err != nil {
		return refuse(L, err)
	}
	L.Push(lua.LString(h.Name))
	pushHost(L, h)
	return 2
}

// byName finds what toip and tohostname know of a host: IPv4 only, as gethostbyname(3) has it. A numeric address is
// looked up backwards.
func byName(L *lua.LState, name string) (h network.Host, err error) {
	err = decl.HostOf(L).Block(L, func(ctx context.Context) error {
		w := network.From(ctx)
		if a, ok := dotted(ctx, name); ok {
			names, err := w.LookupAddr(ctx, a)
			if err == nil && len(names) > 0 {
				h = network.Host{Name: names[0], Aliases: names[1:], Addrs: []netip.Addr{a}}
			}
			return err
		}
		h, err = w.LookupHost(ctx, name, network.AFInet)
		return err
	})
	switch {
	case name == "":
		return h, errNoRecovery
	case err != nil && isUnknownHost(err), err == nil && len(h.Addrs) == 0:
		return h, errHostNotFound
	}
	return h, err
}

// dotted reads a numeric IPv4 address in any of inet_aton(3)'s forms.
func dotted(ctx context.Context, s string) (netip.Addr, bool) {
	found, err := network.GetAddrInfo(ctx, s, "*", network.Hints{
		Family: network.AFInet, SockType: network.SockStream, Flags: network.AINumericHost})
	if err != nil || s == "*" {
		return netip.Addr{}, false
	}
	return found[0].Addr.Addr(), true
}

func isUnknownHost(err error) bool {
	var e *network.GAIError
	return errors.As(err, &e) && (e.Code == network.EAINoName || e.Code == network.EAINoData)
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

// dnsGethostname is dns.gethostname().
func dnsGethostname(L *lua.LState) int {
	name, err := network.From(decl.HostOf(L).Context()).Hostname()
	if err != nil {
		return refuse(L, err)
	}
	L.Push(lua.LString(name))
	return 1
}

// dnsGetaddrinfo is dns.getaddrinfo(host): a list of tables with family and addr.
func dnsGetaddrinfo(L *lua.LState) int {
	ends, err := resolve(L, hints{host: checkString(L, 1), service: "*", family: "unspec", socktype: "stream"})
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

// dnsGetnameinfo is dns.getnameinfo([host [, service]]): the names of the host's addresses, and the service's name.
func dnsGetnameinfo(L *lua.LState) int {
	host, service := optString(L, 1, ""), optString(L, 2, "")
	wantHost, wantService := L.Get(1) != lua.LNil, L.Get(2) != lua.LNil
	if !wantHost && !wantService {
		raise(L, "host and serv cannot be both nil")
	}
	if !wantHost {
		host = "*"
	}
	if !wantService {
		service = "*"
	}
	var names []string
	err := decl.HostOf(L).Block(L, func(ctx context.Context) error {
		found, err := network.GetAddrInfo(ctx, host, wrapPort(service), network.Hints{SockType: network.SockStream})
		for _, a := range found {
			var name string
			if name, service, err = network.GetNameInfo(ctx, a.Addr, 0); err != nil {
				return err
			}
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return refuse(L, err)
	}
	list := L.CreateTable(len(names), 0)
	for _, n := range names {
		if wantHost {
			list.Append(lua.LString(n))
		}
	}
	L.Push(list)
	if !wantService {
		return 1
	}
	L.Push(lua.LString(service))
	return 2
}
