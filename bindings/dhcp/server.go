package dhcp

import (
	"context"
	"fmt"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/server4"
	"moonwire/host/network"
)

// A server is a DHCP server as a script has it.
type server struct {
	*server4.Server
	dhcpserver.Script
	handlers dhcpserver.Handlers[dhcp4.Type]
}

func serverFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "server", Why: "takes functions", Run: newServer, Blocks: true, Options: decl.OptionParams(serverOptions{}),
			Fails:  []string{decl.Denied, decl.Exists, decl.NotFound, decl.Unsupported},
			Source: "RFC 2131 section 4.3",
			Doc: "Make a server on an interface. It serves while serve runs. Without subnet and pool it gives away the upper half of the " +
				"interface's network.",
			Results: []decl.Param{{Name: "server", Type: "dhcp.server", Doc: "with its port open and its lease file read"}},
			Example: `local net = require "lab" {"client, server -- sw1", addresses={["client.eth0"]=false}}
local s = net.server:run(function() return assert(dhcp.server{router=net.server.address, lease_time=600}) end)
net.server:daemon(function() s:serve() end)
local lease = net.client:run(function() return dhcp.client{arp_check=false}:acquire() end)
lease.address == s.leases[1].address, lease.router == net.server.address, s.stats.sent.ack --> true, true, 1`},
	}
}

func serverClasses() []*decl.Class {
	return []*decl.Class{
		decl.Reads(&decl.Class{Name: "dhcp.server", Doc: "A DHCP server.", Type: reflect.TypeFor[*server](), Methods: serverMethods(),
			Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, serverFields()),
		peerClass(),
		eventsClass(),
	}
}

// newServer is dhcp.server{…}.
func newServer(L *lua.LState) int {
	const name = "dhcp.server"
	var o serverOptions
	decl.Options(L, name, 1, &o)
	s := &server{Script: dhcpserver.NewScript(L), handlers: o.handlers()}
	var c server4.Config
	read := reader{L: L, server: s}
	if err := read.config(&o, &c); err != nil {
		decl.Raisef(L, "bad option %s to '%s' (%s)", read.at, name, err)
	}
	s.HasSay = s.HasSay || len(s.handlers) > 0
	host := decl.HostOf(L)
	given := host.Iface()
	err := host.Block(L, func(ctx context.Context) (err error) {
		if c.Interface == "" {
			if c.Interface, err = dhcpserver.ChooseInterface(network.From(ctx), given, dhcpserver.IPv4, fitsOne(c.Subnets)); err != nil {
				return err
			}
		}
		if err = settleSubnets(network.From(ctx), &c); err == nil {
			s.Server, err = server4.New(ctx, c)
		}
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	s.Name = fmt.Sprintf("dhcp.server on %s", s.Interface().Name)
	s.OnError = s.CountError
	s.Recovered(host, s.Recovery, c.LeaseFile)
	host.Own(L, s)
	L.Push(decl.NewUserData(L, s))
	return 1
}

// theServer is argument 1 as a server.
func theServer(L *lua.LState, method string) *server {
	return decl.Self[*server](L, "dhcp.server:"+method, "dhcp.server")
}
