//go:build unix && !linux

package network

import (
	"context"
	"net/netip"
)

const (
	oobSize   = 0
	recvFlags = 0
)

// watchAll knows no metadata and no error queue here.
func (d *descriptor) watchAll(metadata, errs bool) error {
	switch {
	case metadata:
		return unsupported("metadata of datagrams")
	case errs:
		return unsupported("the error queue")
	}
	return nil
}

func (d *descriptor) setDF(DF) error { return unsupported("a DF policy") }

func (m *Meta) parse([]byte) {}

// control refuses what would need a control message.
func (m *Meta) control(int) ([]byte, error) {
	if m.TTL != 0 || m.TOS != 0 || m.Local.IsValid() || m.Interface != 0 {
		return nil, unsupported("TTL, TOS and source of one datagram")
	}
	return nil, nil
}

// ReadError needs Linux's error queue.
func (p *packetConn) ReadError(context.Context) (PacketError, error) {
	return PacketError{}, p.fail("read", unsupported("the error queue"))
}

// PathMTU needs Linux's IP_MTU.
func (p *packetConn) PathMTU(netip.Addr) (int, error) {
	return 0, p.fail("mtu", unsupported("the path MTU"))
}

func privilege(_ string, err error) error { return err }
