package lab

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"moonwire/host/decl"
	"moonwire/host/lab/bridge"
	"moonwire/host/network"
	"moonwire/host/permit"
)

// A Forward is a port that leads into the lab or out of it, until it or the lab is closed.
type Forward struct {
	*bridge.Forwarder
	to     string
	forget func()
	once   sync.Once
	err    error
}

// String names the forward.
func (f *Forward) String() string { return "lab{forward} " + f.Addr().String() + " to " + f.to }

// Lasts says that a forward goes on when the script keeps no hold of it.
func (*Forward) Lasts() {}

// Close stops listening and ends all connections.
func (f *Forward) Close() error {
	f.once.Do(func() {
		f.forget()
		f.err = f.Forwarder.Close()
	})
	return f.err
}

type forwardArgs struct {
	Self     *Net          `lua:"self"`
	Listen   string        `lua:"listen" doc:"where to listen: host:port, an address of this machine or a node of the lab, all of whose addresses it takes; port 0 takes a free one"`
	Target   string        `lua:"target" doc:"where that leads: host:port, a node of the lab or a host of the real world"`
	Protocol string        `lua:"opts.protocol" choices:"tcp|udp" doc:"which of the two"`
	Via      string        `lua:"opts.via" doc:"node of the lab that calls the target; else the target itself, so that links that are down don't matter"`
	Limit    int           `lua:"opts.limit" range:"1..65535" doc:"connections at a time, of udp clients; further ones are refused"`
	Idle     time.Duration `lua:"opts.idle" doc:"seconds after which a silent udp client is forgotten"`
}

// forward is net:forward(listen, target).
func forward(ctx context.Context, a forwardArgs) (*Forward, error) {
	from, listen, inside, err := a.end(ctx, "listen", a.Listen)
	if err != nil {
		return nil, err
	}
	to, target, there, err := a.end(ctx, "target", a.Target)
	if err != nil {
		return nil, err
	}
	if inside == there {
		return nil, decl.Misuse("one of '%s' and '%s' is a node of the lab, the other one isn't", a.Listen, a.Target)
	}
	if a.Via != "" {
		if to, err = a.Self.Network(a.Via); err != nil {
			return nil, decl.BadArg("via", "%v", err)
		}
	}
	w, err := bridge.OpenForward(ctx, bridge.Forward{Protocol: a.Protocol, From: from, Listen: listen, To: to, Target: target,
		Limit: a.Limit, Idle: a.Idle})
	if err != nil {
		return nil, fmt.Errorf("lab:forward: %w", err)
	}
	f := &Forward{Forwarder: w, to: a.Target}
	f.forget = a.Self.OnClose(func() { f.Close() })
	return f, nil
}

// end is one end of a forward: its network and its address there, and whether that is in the lab.
func (a *forwardArgs) end(ctx context.Context, param, text string) (n network.Network, at netip.AddrPort, inside bool, err error) {
	name, digits, err := net.SplitHostPort(text)
	port, bad := strconv.ParseUint(digits, 10, 16)
	if err != nil || bad != nil {
		return nil, at, false, decl.BadArg(param, "host:port expected, got '%s'", text)
	}
	n = permit.Outside(ctx)
	if node, e := a.Self.Host(name); e == nil {
		n, inside = node.Network(), true
	}
	if inside && param == "listen" {
		return n, netip.AddrPortFrom(netip.IPv6Unspecified(), uint16(port)), inside, nil // IPv4 too
	}
	ip, err := netip.ParseAddr(name)
	if err != nil {
		host, err := n.LookupHost(ctx, name, network.AFUnspec)
		if err != nil {
			return nil, at, inside, fmt.Errorf("lab:forward: %w", err)
		}
		ip = host.Addrs[0]
	}
	return n, netip.AddrPortFrom(ip, uint16(port)), inside, nil
}

type forwardSelf struct {
	Self *Forward `lua:"self"`
}

// forwardStats is what a port carried.
type forwardStats struct {
	Clients     int    `lua:"clients" doc:"connections made; of udp, clients seen"`
	Active      int    `lua:"active" doc:"those of now"`
	Refused     int    `lua:"refused" doc:"clients over the limit"`
	Failed      int    `lua:"failed" doc:"clients that the target had no answer for"`
	LastError   string `lua:"error?" doc:"why the last of them failed"`
	BytesIn     int    `lua:"bytes_in" doc:"bytes towards the target"`
	BytesOut    int    `lua:"bytes_out" doc:"bytes from it"`
	MessagesIn  int    `lua:"datagrams_in" doc:"datagrams towards the target"`
	MessagesOut int    `lua:"datagrams_out" doc:"datagrams from it"`
}

func statsOfForward(_ context.Context, a forwardSelf) (forwardStats, error) {
	s := a.Self.Stats()
	return forwardStats{int(s.Clients), s.Active, int(s.Refused), int(s.Failed), s.LastError, int(s.BytesIn), int(s.BytesOut),
		int(s.MessagesIn), int(s.MessagesOut)}, nil
}

func forwardAddress(_ context.Context, a forwardSelf) (string, error) {
	return a.Self.Addr().String(), nil
}

func closeForward(_ context.Context, a forwardSelf) (decl.Done, error) {
	return decl.Done{}, a.Self.Close()
}
