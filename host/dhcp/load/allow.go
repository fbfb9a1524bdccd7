package load

import (
	"context"
	"fmt"
	"net/netip"
	"strings"

	"moonwire/host/network"
	"moonwire/host/permit"
)

// A NotAllowed says that a load was neither in a lab nor for networks that the script declares.
type NotAllowed struct {
	Iface string
	Nets  []permit.Net // that it is for
}

func (e *NotAllowed) Error() string {
	var nets []string
	for _, n := range e.Nets {
		nets = append(nets, n.String())
	}
	return fmt.Sprintf("%s: load is sent in a lab, and elsewhere to declared networks only: write \"-- needs: net %s\" at the script's top, or run it with --allow-net %s",
		e.Iface, strings.Join(nets, "; net "), strings.Join(nets, " --allow-net "))
}

// Kind is the kind of refusal.
func (e *NotAllowed) Kind() string { return "denied" }

// allowed refuses load that ctx's task may not send.
func allowed(ctx context.Context, o *Options) error {
	n := network.From(ctx)
	if n.Caps().Lab {
		return nil
	}
	nets, err := targets(n, o)
	if err != nil {
		return err
	}
	e := &NotAllowed{Iface: o.Iface}
	for _, part := range nets {
		if !permit.Allows(ctx, part) {
			e.Nets = append(e.Nets, part)
		}
	}
	if len(e.Nets) > 0 {
		return e
	}
	return nil
}

// targets are the networks that a load is for: the server behind a relay agent; else those of the interface, since who
// hears a broadcast is there.
func targets(n network.Network, o *Options) ([]permit.Net, error) {
	to := func(p netip.Prefix) permit.Net {
		return permit.Net{Prefix: p.Masked(), Port: serverPort, Protocol: "udp"}
	}
	if o.Relay != nil {
		return []permit.Net{to(netip.PrefixFrom(o.Server, 32))}, nil
	}
	list, err := n.Interfaces()
	if err != nil {
		return nil, err
	}
	var nets []permit.Net
	for _, i := range list {
		for _, p := range i.Addrs {
			if i.Name == o.Iface && p.Addr().Is4() {
				nets = append(nets, to(p))
			}
		}
	}
	if len(nets) == 0 {
		nets = append(nets, to(netip.PrefixFrom(limited, 32)))
	}
	return nets, nil
}
