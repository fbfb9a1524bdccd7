package dhcp6

import (
	"context"
	"fmt"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/server6"
	"moonwire/host/network"
)

// A server is a server of DHCPv6 as a script has it.
type server struct {
	*server6.Server
	dhcpserver.Script
	handlers dhcpserver.Handlers[dhcp6.Type]
}

const serverLab = `local net = require "lab" {"server -- sw1", "client -- sw1"}
`

func serverFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "server", Why: "takes functions", Run: newServer, Blocks: true, Options: decl.OptionParams(serverOptions{}),
			Fails:  []string{decl.Denied, decl.Exists, decl.NotFound, decl.Unsupported},
			Source: "RFC 8415 section 18.3",
			Doc: "Make a server on an interface. It serves while serve runs. Without subnet, pool and delegate it gives away 4096 addresses of the " +
				"interface's network.",
			Results: []decl.Param{{Name: "server", Type: "dhcp6.server", Doc: "with its port open and its lease file read"}},
			Example: serverLab + `local s = net.server:run(function() return assert(dhcp6.server{delegate="2001:db8:f000::/40"}) end)
s.interface, #s.leases --> eth0, 0`},
	}
}

func serverClasses() []*decl.Class {
	return []*decl.Class{
		decl.Reads(&decl.Class{Name: "dhcp6.server", Doc: "A server of DHCPv6.", Type: reflect.TypeFor[*server](), Methods: serverMethods(),
			Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, serverFields()),
		peerClass(),
		eventsClass(),
	}
}

// newServer is dhcp6.server{…}.
func newServer(L *lua.LState) int {
	const name = "dhcp6.server"
	var o serverOptions
	decl.Options(L, name, 1, &o)
	s := &server{Script: dhcpserver.NewScript(L), handlers: o.handlers()}
	var c server6.Config
	read := reader{L: L, server: s}
	if err := read.config(&o, &c); err != nil {
		decl.Raisef(L, "bad option %s to '%s' (%s)", read.at, name, err)
	}
	s.HasSay = s.HasSay || len(s.handlers) > 0
	host := decl.HostOf(L)
	given := host.Iface()
	err := host.Block(L, func(ctx context.Context) (err error) {
		if c.Interface == "" {
			if c.Interface, err = dhcpserver.ChooseInterface(network.From(ctx), given, dhcpserver.IPv6, fitsOne(c.Subnets)); err != nil {
				return err
			}
		}
		if err = settleSubnets(network.From(ctx), &c); err == nil {
			s.Server, err = server6.New(ctx, c)
		}
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	s.Name = fmt.Sprintf("dhcp6.server on %s", s.Interface().Name)
	s.OnError = func(string) { s.CountError() }
	s.Recovered(host, s.Recovery, c.LeaseFile)
	host.Own(L, s)
	L.Push(decl.NewUserData(L, s))
	return 1
}

// theServer is argument 1 as a server.
func theServer(L *lua.LState, method string) *server {
	return decl.Self[*server](L, "dhcp6.server:"+method, "dhcp6.server")
}
