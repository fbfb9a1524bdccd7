package lab

import (
	"context"
	"fmt"
	"net/netip"
	"strings"

	"moonwire/host/decl"
	"moonwire/host/network"
)

type ifaceArgs struct {
	Self  *Host  `lua:"self"`
	Iface string `lua:"iface" doc:"name of the interface: eth0"`
}

func shutdown(_ context.Context, a ifaceArgs) (decl.Done, error) { return a.setUp("shutdown", false) }
func startup(_ context.Context, a ifaceArgs) (decl.Done, error)  { return a.setUp("startup", true) }

func (a ifaceArgs) setUp(what string, up bool) (decl.Done, error) {
	return a.Self.configure(what, a.Iface, func(c network.Configurator) error { return c.SetUp(a.Iface, up) })
}

// configure changes something of an interface, "" for none.
func (h *Host) configure(what, iface string, f func(network.Configurator) error) (decl.Done, error) {
	if iface != "" {
		if err := h.checkInterface(iface); err != nil {
			return decl.Done{}, err
		}
	}
	if err := f(h.Network().Config()); err != nil {
		return decl.Done{}, fmt.Errorf("lab{host}:%s: %s: %w", what, h.Name(), err)
	}
	return decl.Done{}, nil
}

// checkInterface refuses an interface that the host doesn't have.
func (h *Host) checkInterface(name string) error {
	list, err := h.Network().Interfaces()
	if err != nil {
		return err
	}
	var names []string
	for _, i := range list {
		if i.Name == name {
			return nil
		}
		names = append(names, i.Name)
	}
	if near := decl.Nearest(name, names); near != "" {
		return decl.BadArg("iface", "%s has no interface '%s': did you mean '%s'?", h.Name(), name, near)
	}
	return decl.BadArg("iface", "%s has no interface '%s' (it has %s)", h.Name(), name, strings.Join(names, ", "))
}

type mtuArgs struct {
	ifaceArgs
	MTU int `lua:"mtu" range:"68..65535" doc:"bytes"`
}

func setMTU(_ context.Context, a mtuArgs) (decl.Done, error) {
	return a.Self.configure("set_mtu", a.Iface, func(c network.Configurator) error { return c.SetMTU(a.Iface, a.MTU) })
}

type addressArgs struct {
	Self   *Host        `lua:"self"`
	Prefix netip.Prefix `lua:"address" doc:"with the length of its prefix: 10.0.9.1/24"`
	Iface  string       `lua:"iface?" doc:"name of the interface"`
}

func addAddress(_ context.Context, a addressArgs) (decl.Done, error) {
	return a.Self.configure("add_address", a.Iface, func(c network.Configurator) error { return c.AddAddr(a.Iface, a.Prefix) })
}

func removeAddress(_ context.Context, a addressArgs) (decl.Done, error) {
	return a.Self.configure("remove_address", a.Iface, func(c network.Configurator) error { return c.DelAddr(a.Iface, a.Prefix) })
}

type routeArgs struct {
	Self  *Host  `lua:"self"`
	Dst   string `lua:"to" doc:"prefix, address, or default"`
	Via   string `lua:"via" doc:"the gateway: an address, or a node's name"`
	Iface string `lua:"opts.interface?" doc:"by which it leaves; else that of the gateway's network"`
}

// route settles what the arguments of a route say.
func (a routeArgs) route() (r network.Route, err error) {
	if r.Gateway, err = netip.ParseAddr(a.Via); err != nil {
		n, err := a.Self.net.Plan().Node(a.Via)
		if err != nil {
			return r, decl.BadArg("via", "%s is no address, and %v", a.Via, err)
		}
		if r.Gateway = a.Self.neighbour(n.Name); !r.Gateway.IsValid() {
			return r, decl.BadArg("via", "%s is on none of the networks of %s", a.Via, a.Self.Name())
		}
	}
	r.Interface = a.Iface
	r.Dst, err = destination(a.Dst, r.Gateway)
	return r, err
}

// destination is the prefix of a route; that of default is of the gateway's family.
func destination(text string, gateway netip.Addr) (netip.Prefix, error) {
	if text == "default" {
		if gateway.Is4() {
			return netip.PrefixFrom(netip.IPv4Unspecified(), 0), nil
		}
		return netip.PrefixFrom(netip.IPv6Unspecified(), 0), nil
	}
	if a, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return p, decl.BadArg("to", "prefix, address or default expected, got '%s'", text)
	}
	return p.Masked(), nil
}

// neighbour is a node's address on one of the host's networks.
func (h *Host) neighbour(name string) netip.Addr {
	for _, s := range h.net.Plan().Segments {
		mine, theirs := false, netip.Addr{}
		for _, m := range s.Members {
			mine = mine || m.Node == h.Plan()
			if m.Node.Name == name && !theirs.IsValid() && len(m.Interface.Addrs) > 0 {
				theirs = m.Interface.Addrs[0].Addr()
			}
		}
		if mine && theirs.IsValid() {
			return theirs
		}
	}
	return netip.Addr{}
}

func addRoute(_ context.Context, a routeArgs) (decl.Done, error) {
	r, err := a.route()
	if err != nil {
		return decl.Done{}, err
	}
	return a.Self.configure("route", a.Iface, func(c network.Configurator) error { return c.AddRoute(r) })
}

type unrouteArgs struct {
	Self *Host  `lua:"self"`
	Dst  string `lua:"to" doc:"prefix or address; 0.0.0.0/0 and ::/0 are the default routes"`
}

func removeRoute(_ context.Context, a unrouteArgs) (decl.Done, error) {
	dst, err := destination(a.Dst, netip.IPv4Unspecified())
	if err != nil {
		return decl.Done{}, err
	}
	list, err := a.Self.Network().Routes()
	if err != nil {
		return decl.Done{}, err
	}
	for _, r := range list {
		if r.Dst == dst && r.Gateway.IsValid() {
			return a.Self.configure("unroute", "", func(c network.Configurator) error { return c.DelRoute(r) })
		}
	}
	return decl.Done{}, decl.Refuse(decl.NotFound, fmt.Errorf("lab{host}:unroute: %s has no route to %s by a gateway", a.Self.Name(), dst))
}

// configMethods are the methods that change a host.
func configMethods() []decl.Function {
	config := []string{decl.Exists, decl.NotFound, decl.Unreachable}
	return []decl.Function{
		decl.Fn[ifaceArgs, decl.Done]{Name: "shutdown", Run: shutdown, Fails: config, Doc: "Switch an interface off. The other end sees its carrier go.",
			Example: pair + "net.h2:shutdown(\"eth0\") --> true\nnet.h2.interfaces.eth0.up --> false"},
		decl.Fn[ifaceArgs, decl.Done]{Name: "startup", Run: startup, Fails: config, Doc: "Switch an interface on.",
			Example: pair + "net.h2:shutdown(\"eth0\") net.h2:startup(\"eth0\")\nnet.h2.interfaces.eth0.up --> true"},
		decl.Fn[mtuArgs, decl.Done]{Name: "set_mtu", Run: setMTU, Fails: config, Doc: "Change an interface's MTU.",
			Example: pair + "net.h2:set_mtu(\"eth0\", 1400) --> true\nnet.h2.interfaces.eth0.mtu --> 1400"},
		decl.Fn[addressArgs, decl.Done]{Name: "add_address", Run: addAddress, Fails: config, Default: addressArgs{Iface: "eth0"}, Doc: "Give an interface one more address.",
			Example: pair + "net.h2:add_address(\"10.0.9.1/24\") --> true\n#net.h2.interfaces.eth0.addresses --> 4"},
		decl.Fn[addressArgs, decl.Done]{Name: "remove_address", Run: removeAddress, Fails: config, Default: addressArgs{Iface: "eth0"}, Doc: "Take an address away.",
			Example: pair + "net.h2:remove_address(\"10.0.1.2/24\") --> true"},
		decl.Fn[routeArgs, decl.Done]{Name: "route", Run: addRoute, Fails: config, Doc: "Add a route.",
			Example: netResult + "net.R2:route(\"10.9.0.0/16\", \"R1\") --> true"},
		decl.Fn[unrouteArgs, decl.Done]{Name: "unroute", Run: removeRoute, Fails: config, Doc: "Take a route away.",
			Example: netResult + "net.linux:unroute(\"0.0.0.0/0\") --> true"},
	}
}
