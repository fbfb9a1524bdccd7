package packet

import (
	"context"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/packet"
	"moonwire/host/packet/fragment"
)

type fragmentArgs struct {
	Self      *packet.Packet `lua:"self"`
	MTU       int            `lua:"opts.mtu!" range:"28..65535" doc:"longest IP datagram in bytes, its header included"`
	Order     string         `lua:"opts.order" choices:"forward|reverse|random|last_first" doc:"in which the fragments come"`
	Seed      uint64         `lua:"opts.seed" doc:"of the random order; the same seed gives the same order"`
	Tiny      int            `lua:"opts.tiny" range:"0..65528" doc:"bytes of payload in the first fragment, a multiple of 8; 0: as many as fit"`
	Overlap   int            `lua:"opts.overlap" range:"0..65528" doc:"bytes, a multiple of 8, that every fragment but the first has in common with the one before"`
	Fill      string         `lua:"opts.fill" doc:"what stands in the overlapping part of the later fragment, repeated; \"\": the same as in the earlier one"`
	Gap       int            `lua:"opts.gap" doc:"the fragment that is missing, from 1, or from -1 at the end; 0: none"`
	Duplicate int            `lua:"opts.duplicate" doc:"the fragment that comes twice, counted likewise; 0: none"`
	Twice     bool           `lua:"opts.twice" doc:"every fragment comes twice"`
	Force     bool           `lua:"opts.force" doc:"cut a datagram that says don't fragment, too"`
	ID        *uint32        `lua:"opts.id" doc:"identification of IPv6 fragments; by chance otherwise. IPv4 has its own in ip.id"`
}

// fragmentMethod declares p:fragment(opts).
func fragmentMethod() decl.Function {
	return decl.Fn[fragmentArgs, []*packet.Packet]{
		Name: "fragment", Default: fragmentArgs{Order: string(fragment.Forward)},
		Doc: "Cut the packet's first IP datagram into fragments that are no longer than the MTU: offsets in units of 8 bytes, in later fragments only the options " +
			"whose type has the copied bit, of IPv6 the headers that routers read in each. Checksums are computed over the whole before it is cut. Link headers " +
			"stay in front of each fragment. What fits comes back alone. The options other than mtu make fragments that a receiver should not see. " +
			"It raises when ip.flags says don't fragment and the datagram is longer than the MTU.",
		Source: "RFC 791 section 3.2, RFC 8200 section 4.5",
		Example: `local ip, icmp = packet.ip, packet.icmp
local p = ip{src="10.0.0.1", dst="10.0.0.2", id=7} / icmp{id=1, seq=1} / ("x"):rep(3800)
local f = p:fragment{mtu=1300}
#f, f[2].ip.frag * 8, f[2].ip.len, f[2].ip.flags, f[3].ip.flags == "" --> 3, 1280, 1300, MF, true`,
		Run: func(ctx context.Context, a fragmentArgs) ([]*packet.Packet, error) {
			o := fragment.Options{MTU: a.MTU, Force: a.Force, Order: fragment.Order(a.Order), Seed: a.Seed, Tiny: a.Tiny, Overlap: a.Overlap,
				Fill: a.Fill, Gap: a.Gap, Duplicate: a.Duplicate, Twice: a.Twice}
			if o.Seed == 0 {
				o.Seed = network.Rand(ctx).Uint64()
			}
			if a.ID != nil {
				o.ID, o.HasID = *a.ID, true
			}
			o.NewID = network.Rand(ctx).Uint32()
			pieces, err := fragment.Split(a.Self, o)
			if err != nil {
				return nil, decl.Misuse("packet:fragment: %s", err)
			}
			return pieces, nil
		},
	}
}
