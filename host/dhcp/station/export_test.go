package station

import (
	"net/netip"

	"moonwire/host/network"
)

// Take feeds a link without an interface one frame.
func Take(b []byte) {
	clock := network.Kernel().Clock()
	l := &Link{world: network.Kernel(), stations: map[MAC]*Station{}, held: map[netip.Addr]*Station{}, questions: map[netip.Addr][]*question{}}
	s := &Station{link: l, mac: MAC{2, 0, 0, 0, 0, 9}, inbox: newInbox(clock), ports: []uint16{clientPort, clientPort6}, hears: true}
	l.stations[s.mac], l.order = s, []*Station{s}
	l.take(&network.Frame{Data: b, Len: len(b)})
	s.Drain()
}
