package option

import (
	"errors"
	"fmt"

	"moonwire/host/packet"
)

// SIPServersList is SIP servers (RFC 3361), by their names or by their addresses: the first byte tells which.
var SIPServersList Kind = sip{}

const (
	sipNames     = 0
	sipAddresses = 1
)

type sip struct{}

func (sip) Type() string { return "string[]" }
func (sip) Size() int    { return 0 }

func (sip) Read(b []byte) (packet.Value, int, error) {
	if len(b) == 0 {
		return nil, 0, errors.New("no encoding")
	}
	kind, err := sipKind(b[0])
	if err != nil {
		return nil, 0, err
	}
	v, n, err := kind.Read(b[1:])
	return v, n + 1, err
}

func sipKind(encoding byte) (Kind, error) {
	switch encoding {
	case sipNames:
		return Domains, nil
	case sipAddresses:
		return List(IPv4), nil
	}
	return nil, fmt.Errorf("encoding is %d, neither names (0) nor addresses (1)", encoding)
}

func (sip) Append(dst []byte, v packet.Value) ([]byte, error) {
	first := v
	if l, ok := v.([]packet.Value); ok && len(l) > 0 {
		first = l[0]
	}
	encoding := byte(sipNames)
	if _, ok := asAddr(first); ok {
		encoding = sipAddresses
	}
	kind, err := sipKind(encoding)
	if err != nil {
		return dst, err
	}
	return kind.Append(append(dst, encoding), v)
}

// PCPServers are servers of the Port Control Protocol, a list of addresses for each (RFC 7291).
var PCPServers = List(Counted(1, List(IPv4)))
