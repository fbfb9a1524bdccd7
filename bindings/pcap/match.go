package pcap

import (
	"context"
	"errors"
	"net/netip"

	"moonwire/host/decl"
	"moonwire/host/filter"
	"moonwire/host/network"
	"moonwire/host/pcap"
)

// A match chooses packets of a file; the zero value chooses all.
type match struct {
	selector *pcap.Selector
	linkType int // of all packets; negative: what the file says
}

// matching compiles an expression for the packets of a file, "" for all of them. What stands before the next packet is
// read for that, so that a wrong expression is found now.
func (f *Reader) matching(ctx context.Context, r *pcap.Reader, expression string) (match, error) {
	if expression == "" {
		return match{}, nil
	}
	m := match{pcap.NewSelector(func(linkType int) (func([]byte, int) bool, error) {
		p, err := filter.Compile(expression, filter.Options{LinkType: uint32(linkType), BigEndian: r.BigEndian(), Names: lookups(ctx)})
		return p.Match, err
	}), f.linkType}
	if err := r.Preface(); err != nil {
		return m, err
	}
	for i := range r.Interfaces() {
		if err := m.selector.Prepare(m.of(&r.Interfaces()[i])); err != nil {
			return m, badFilter(err)
		}
	}
	return m, nil
}

// lookups looks up hosts in the world of ctx.
func lookups(ctx context.Context) filter.Names {
	return filter.Names{Host: func(name string) ([]netip.Addr, error) {
		host, err := network.From(ctx).LookupHost(ctx, name, network.AFUnspec)
		return host.Addrs, err
	}}
}

// badFilter is err, as misuse when an expression is at fault.
func badFilter(err error) error {
	var bad *filter.Error
	if errors.As(err, &bad) {
		return decl.BadArg("filter", "%s at column %d of '%s'", bad.Reason, bad.Column, bad.Expression)
	}
	return err
}

// meta says whether a packet that was read ahead is chosen.
func (m match) meta(p *Meta) (bool, error) {
	if m.selector == nil {
		return true, nil
	}
	return m.selector.Match(&p.packet, m.of(p.iface))
}

// of is the link type that an interface's packets have.
func (m match) of(i *pcap.Interface) int {
	if m.linkType >= 0 {
		return m.linkType
	}
	return i.LinkType
}

// in is the match as host/pcap takes it, for a reader's packets.
func (m match) in(r *pcap.Reader) func(*pcap.Packet) (bool, error) {
	if m.selector == nil {
		return nil
	}
	return func(p *pcap.Packet) (bool, error) {
		return m.selector.Match(p, m.of(&r.Interfaces()[p.Interface]))
	}
}

// and chooses what both choose.
func and(a, b func(*pcap.Packet) (bool, error)) func(*pcap.Packet) (bool, error) {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return func(p *pcap.Packet) (bool, error) {
		if ok, err := a(p); !ok || err != nil {
			return false, err
		}
		return b(p)
	}
}
