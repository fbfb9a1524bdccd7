package script

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"time"

	"moonwire/host/network"
	"moonwire/host/permit"
)

// Grants are what the script needs with these arguments. A need whose argument wasn't given isn't there; one whose argument
// is a list (10.0.0.1,10.0.0.2) is there for each. An address with a port of its own keeps that.
func (h *Header) Grants(v Values) (permit.Grants, error) {
	return h.grants(expansion{values: v})
}

// GrantsIn is Grants for a run in a network and on an interface, "" where none was chosen. Names that stand in arguments are
// looked up there: who typed a name meant the addresses that it has, be they those of the machines around.
func (h *Header) GrantsIn(ctx context.Context, n network.Network, iface string, v Values) (permit.Grants, error) {
	e := expansion{values: Values{}, lookUp: func(name string) []netip.Addr {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		found, _ := n.LookupHost(ctx, name, network.AFUnspec)
		return found.Addrs
	}}
	for name, value := range v {
		e.values[name] = value
	}
	if iface != "" {
		e.values[theLink] = iface
	}
	e.values[theLocal] = strings.Join(local(n, iface), ",")
	return h.grants(e)
}

// patience is how long a look-up of a name in an argument may take before the script begins; it asks again itself.
const patience = 3 * time.Second

// local are the networks of an interface, or of the first one that is up and no loopback.
func local(n network.Network, iface string) []string {
	all, _ := n.Interfaces()
	for _, i := range all {
		if i.Name != iface && (iface != "" || i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0) {
			continue
		}
		var networks []string
		for _, p := range i.Addrs {
			networks = append(networks, netip.PrefixFrom(p.Addr().WithZone(""), p.Bits()).Masked().String())
		}
		return networks
	}
	return nil
}

func (h *Header) grants(e expansion) (permit.Grants, error) {
	var grants permit.Grants
	for _, n := range h.Needs {
		if n.If != "" && !e.given(n.If) {
			continue
		}
		more, err := h.expand(n, e)
		if err != nil && len(h.placeholders(n)) == 0 {
			return nil, err
		}
		grants = append(grants, more...) // a value that is no address, say, grants nothing
	}
	return grants, nil
}
