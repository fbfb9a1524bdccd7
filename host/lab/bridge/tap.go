package bridge

import (
	"cmp"
	"fmt"
	"net"
	"net/netip"
	"strings"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// TAP says what device to make.
type TAP struct {
	Clock     network.Clock // the lab's
	Name      string        // of the device; "" lets the system choose mw0, mw1 …
	Namespace string        // where it is made (ip-netns(8), or a path); "": this process's
	MTU       int           // 0: that of the port
	MAC       net.HardwareAddr
	Addrs     []netip.Prefix
	Routes    []network.Route // by the device; their Interface doesn't count

	Check func(frame []byte) error // decides about each frame that leaves the lab; nil: all may
}

// maxTAP is the longest MTU that a TAP device can have.
const maxTAP = 65521

// OpenTAP makes a TAP device, which is up, and joins port to it: programs of this machine, or of the namespace, use it as
// a network card whose cable leads into the lab. The device vanishes with the bridge, and with this process. Its making
// needs CAP_NET_ADMIN.
func OpenTAP(port *wire.Port, t TAP) (*Bridge, error) {
	who := strings.TrimSpace("TAP device " + t.Name)
	t.Name = cmp.Or(t.Name, "mw%d")
	t.MTU = cmp.Or(t.MTU, min(port.MTU(), maxTAP))
	err := realTime(t.Clock)
	if err == nil {
		var d device
		if d, err = openTAP(t); err == nil {
			return join(port, d, t.Check), nil
		}
	}
	return nil, fmt.Errorf("%s: %w", who, err)
}
