package lab

import (
	"cmp"
	"context"
	"fmt"
	"net/netip"
	"sync"

	"moonwire/host/decl"
	"moonwire/host/lab/bridge"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/permit"
)

// A Bridge joins the lab to a device of the real world, until it or its lab is closed.
type Bridge struct {
	*bridge.Bridge
	place  string
	detach func()
	forget func()
	once   sync.Once
	err    error
}

// String names the bridge.
func (b *Bridge) String() string { return "lab{bridge} " + b.place + " to " + b.Interface() }

// Lasts says that a bridge goes on when the script keeps no hold of it.
func (*Bridge) Lasts() {}

// Close takes the device away.
func (b *Bridge) Close() error {
	b.once.Do(func() {
		b.forget()
		b.end()
	})
	return b.err
}

func (b *Bridge) end() {
	b.err = b.Bridge.Close()
	b.detach()
}

type bridgeArgs struct {
	Self      *Net                  `lua:"self"`
	Link      string                `lua:"opts.link" doc:"link to join: the device is on it beside the two ends"`
	Node      string                `lua:"opts.node" doc:"switch that gets one more port, or host whose first link is joined"`
	TAP       string                `lua:"opts.tap" doc:"name of the TAP device to make; else mw0, mw1 …"`
	Interface string                `lua:"opts.iface" doc:"interface that is there, to join instead of making a TAP device"`
	Namespace string                `lua:"opts.netns" doc:"network namespace where the device is made, or the interface is (ip-netns(8))"`
	MTU       int                   `lua:"opts.mtu" range:"68..65521" doc:"of the TAP device; else the link's"`
	Addresses []netip.Prefix        `lua:"opts.addresses" doc:"of the TAP device, as 10.0.1.9/24"`
	Routes    map[string]netip.Addr `lua:"opts.routes" doc:"by the TAP device: gateways by prefix"`
}

// bridgeTo is net:bridge{…}.
func bridgeTo(ctx context.Context, a bridgeArgs) (*Bridge, error) {
	place := a.Link
	switch {
	case (a.Link == "") == (a.Node == ""):
		return nil, decl.Misuse("expected one of link and node")
	case a.Link == "":
		place = a.Node
	case a.TAP != "" && a.Interface != "":
		return nil, decl.Misuse("expected one of tap and iface")
	}
	check, err := a.allowed(permit.From(ctx))
	if err != nil {
		return nil, fmt.Errorf("lab:bridge: %w", err)
	}
	port, detach, err := a.Self.Attach(place)
	if err != nil {
		return nil, decl.Misuse("%v", err)
	}
	b := &Bridge{place: place, detach: detach}
	if b.Bridge, err = a.open(port, check); err != nil {
		detach()
		return nil, fmt.Errorf("lab:bridge: %w", err)
	}
	b.forget = a.Self.OnClose(func() { b.once.Do(b.end) })
	return b, nil
}

// allowed asks the policy for the bridge, and is what decides about each frame that leaves the lab.
func (a *bridgeArgs) allowed(p *permit.Policy) (check func([]byte) error, err error) {
	if p.Free() {
		return nil, nil
	}
	there := network.Kernel()
	if a.Namespace != "" {
		if there, err = network.Namespace(a.Namespace); err != nil {
			return nil, err
		}
	}
	if a.Interface != "" {
		return p.Bridges(there, a.Interface)
	}
	name := cmp.Or(a.TAP, "mw*") // the system chooses the number
	if err := p.Configures(name); err != nil {
		return nil, err
	}
	return p.BridgesTAP(there, name)
}

// open makes the device, or opens the interface.
func (a *bridgeArgs) open(port *wire.Port, check func([]byte) error) (*bridge.Bridge, error) {
	clock := a.Self.Clock()
	if a.Interface != "" {
		return bridge.OpenRaw(port, bridge.Raw{Clock: clock, Check: check, Interface: a.Interface, Namespace: a.Namespace})
	}
	t := bridge.TAP{Clock: clock, Check: check, Name: a.TAP, Namespace: a.Namespace, MTU: a.MTU, Addrs: a.Addresses}
	for to, via := range a.Routes {
		dst, err := netip.ParsePrefix(to)
		if err != nil {
			return nil, decl.BadArg("routes", "prefix expected, got '%s'", to)
		}
		t.Routes = append(t.Routes, network.Route{Dst: dst, Gateway: via})
	}
	return bridge.OpenTAP(port, t)
}

type bridgeSelf struct {
	Self *Bridge `lua:"self"`
}

// bridgeStats is what crossed a bridge.
type bridgeStats struct {
	In       int            `lua:"frames_in" doc:"frames into the lab"`
	Out      int            `lua:"frames_out" doc:"frames out of it"`
	BytesIn  int            `lua:"bytes_in" doc:"bytes into the lab"`
	BytesOut int            `lua:"bytes_out" doc:"bytes out of it"`
	Cut      int            `lua:"cut" doc:"frames that the system had left to the card to cut into segments"`
	Drops    map[string]int `lua:"drops" doc:"frames lost, by reason"`
}

func statsOfBridge(_ context.Context, a bridgeSelf) (bridgeStats, error) {
	s := a.Self.Stats()
	drops := make(map[string]int, len(s.Drops))
	for reason, n := range s.Drops {
		drops[reason] = int(n)
	}
	return bridgeStats{int(s.FramesIn), int(s.FramesOut), int(s.BytesIn), int(s.BytesOut), int(s.Cut), drops}, nil
}

func bridgeInterface(_ context.Context, a bridgeSelf) (string, error) { return a.Self.Interface(), nil }

func closeBridge(_ context.Context, a bridgeSelf) (decl.Done, error) {
	return decl.Done{}, a.Self.Close()
}
