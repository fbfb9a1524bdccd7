package bridge

import (
	"fmt"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// Raw says which interface to join.
type Raw struct {
	Clock     network.Clock // the lab's
	Interface string
	Namespace string // where the interface is (ip-netns(8), or a path); "": this process's

	Check func(frame []byte) error // decides about each frame that leaves the lab; nil: all may
}

// OpenRaw joins port to an interface of this machine: lab hosts are then machines on its network. All frames that the
// interface receives go into the lab (promiscuous mode), and the lab's go out by it. What this machine itself sends by
// the interface doesn't go into the lab, nor does it receive what the lab sends: programs here reach lab hosts by a TAP
// device or a forwarded port, those in a namespace by a veth pair whose other end is there. Needs CAP_NET_RAW.
func OpenRaw(port *wire.Port, r Raw) (*Bridge, error) {
	err := realTime(r.Clock)
	if err == nil {
		var d device
		if d, err = openRaw(r); err == nil {
			return join(port, d, r.Check), nil
		}
	}
	return nil, fmt.Errorf("raw link %s: %w", r.Interface, err)
}
