//go:build unix

package network

import "net/netip"

func (p *packetConn) PathMTU(netip.Addr) (int, error) {
	return 0, p.fail("getsockopt", unsupported("the path MTU"))
}
