package link

import (
	"context"
	"net"
	"net/netip"

	"moonwire/host/network"
)

// An interfaceRecord is an interface as Lua sees it.
type interfaceRecord struct {
	Name      string           `lua:"name" doc:"as link.open takes it"`
	Index     int              `lua:"index" doc:"its number"`
	MTU       int              `lua:"mtu" doc:"longest IP packet in bytes"`
	MAC       net.HardwareAddr `lua:"mac?" doc:"hardware address"`
	Addresses []netip.Prefix   `lua:"addresses" doc:"its own, as ip/length"`
	Up        bool             `lua:"up" doc:"does it carry packets?"`
	Loopback  bool             `lua:"loopback" doc:"does it lead back to this host?"`
	LinkType  string           `lua:"linktype" doc:"how its frames begin: ethernet, ip (no header below IP) or linux_sll2"`
}

type noArgs struct{}

// interfaces is link.interfaces().
func interfaces(ctx context.Context, _ noArgs) ([]interfaceRecord, error) {
	list, err := network.From(ctx).Interfaces()
	if err != nil {
		return nil, err
	}
	all := make([]interfaceRecord, len(list))
	for i, f := range list {
		all[i] = recordOf(f)
	}
	return all, nil
}

func recordOf(f network.Interface) interfaceRecord {
	return interfaceRecord{Name: f.Name, Index: f.Index, MTU: f.MTU, MAC: f.MAC, Addresses: f.Addrs, Up: f.Flags&net.FlagUp != 0,
		Loopback: f.Flags&net.FlagLoopback != 0, LinkType: f.LinkType}
}

// linkInterface is link:interface().
func linkInterface(_ context.Context, a selfArgs) (interfaceRecord, error) {
	return recordOf(a.Self.iface), nil
}
