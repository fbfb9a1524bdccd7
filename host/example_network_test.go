package host_test

import (
	"context"
	"fmt"
	"net/netip"

	"moonwire/host"
	"moonwire/host/decl"
	"moonwire/host/network"
)

// Scripts may run in a lab: hosts, links and routers in this process. Here the time is the lab's, too.
func ExampleOptions_lab() {
	h := host.New(host.Options{Lab: host.Lab{Name: "h1 -- R1 -- h2", On: "h1"}, Simulated: true, Seed: 1})
	err := h.Run(context.Background(), host.Code("ping.lua", `
local s = assert(require "dgram".ping{to = "h2"})
s:send "hello"
print((s:receive()))`))
	fmt.Println(err)
	// Output:
	// hello
	// <nil>
}

// A named world is a network with names of its own. It embeds the other, so that it has to define only what is different.
type namedWorld struct {
	network.Network
	names map[string]netip.Addr
}

// Unwrap is where what this world doesn't define is found.
func (w *namedWorld) Unwrap() network.Network { return w.Network }

// LookupHost knows w's names, and no others.
func (w *namedWorld) LookupHost(_ context.Context, name string, _ network.Family) (network.Host, error) {
	fmt.Println("lookup of", name)
	a, ok := w.names[name]
	if !ok {
		return network.Host{}, decl.Refuse(decl.NotFound, fmt.Errorf("%s is none of our names", name))
	}
	return network.Host{Name: name, Addrs: []netip.Addr{a}}, nil
}

// Stream makes sockets that scripts connect or listen with.
func (w *namedWorld) Stream(ctx context.Context, family string, o *network.SockOpts) (network.Stream, error) {
	s, err := w.Network.Stream(ctx, family, o)
	if err != nil {
		return nil, err
	}
	return &loggedStream{s}, nil
}

// Packet refuses datagrams.
func (w *namedWorld) Packet(_ context.Context, family string, _ *network.SockOpts) (network.PacketConn, error) {
	return nil, decl.Refuse(decl.Denied, fmt.Errorf("no %s sockets here", family))
}

// A loggedStream tells where it connects to.
type loggedStream struct{ network.Stream }

func (s *loggedStream) Unwrap() network.Socket { return s.Stream }

func (s *loggedStream) Connect(ctx context.Context, addr string) (network.Conn, error) {
	c, err := s.Stream.Connect(ctx, addr)
	fmt.Println("connect to a host:", err == nil)
	return c, err
}

// A network of your own stands around another one: it logs, it refuses, it answers itself.
func ExampleOptions_network() {
	world := &namedWorld{network.Kernel(), map[string]netip.Addr{"printer.example": netip.MustParseAddr("127.0.0.1")}}
	h := host.New(host.Options{Network: world})
	err := h.Run(context.Background(), host.Code("print.lua", `
local socket, dgram = require "socket", require "dgram"
local server = assert(socket.bind("127.0.0.1", 0))
local _, port = server:getsockname()
local client = assert(socket.connect("printer.example", port))
client:send "a page\n"
print((server:accept():receive()))
print(socket.connect("elsewhere.example", port))
print(dgram.udp())`))
	fmt.Println(err)
	// Output:
	// lookup of printer.example
	// connect to a host: true
	// a page
	// lookup of elsewhere.example
	// nil	elsewhere.example is none of our names
	// nil	dgram.udp: no udp sockets here	denied
	// <nil>
}
