package link

import (
	"context"
	"net"
	"net/netip"

	"moonwire/host/network"
)

// A neighborRecord is what the system knows of a host on a link, as Lua sees it.
type neighborRecord struct {
	Address   netip.Addr       `lua:"address" doc:"IP address"`
	MAC       net.HardwareAddr `lua:"mac?" doc:"MAC address; nil while nobody has told it"`
	Interface string           `lua:"interface" doc:"name of the interface it is behind"`
	State     string           `lua:"state" doc:"how sure that is, as ip neighbour says: reachable, stale, delay, probe, permanent, incomplete or failed"`
}

// neighbors is link.neighbors().
func neighbors(ctx context.Context, _ noArgs) ([]neighborRecord, error) {
	list, err := network.From(ctx).Neighbors()
	if err != nil {
		return nil, err
	}
	all := make([]neighborRecord, len(list))
	for i, n := range list {
		all[i] = neighborRecord{n.Addr, n.MAC, n.Interface, n.State}
	}
	return all, nil
}
