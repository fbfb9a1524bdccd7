package network

import (
	"context"
	"net/netip"
	"strconv"
	"strings"
)

// An NIFlag changes what GetNameInfo does.
type NIFlag int

// The flags of RFC 3493 section 6.2, with glibc's numbers.
const (
	NINumericHost NIFlag = 1 << iota // the address as digits
	NINumericServ                    // the port as digits
	NINoFQDN                         // the node's name only, for hosts of this domain
	NINameReqd                       // a host without a name is an error
	NIDgram                          // the service's name with datagrams
)

const allNIFlags = NINumericHost | NINumericServ | NINoFQDN | NINameReqd | NIDgram

// GetNameInfo translates an address to a host and a service name as RFC 3493 section 6.2 says and glibc does: digits
// where there is no name. It fails with a *GAIError, or with ctx's error.
func GetNameInfo(ctx context.Context, addr netip.AddrPort, flags NIFlag) (host, service string, err error) {
	if flags&^allNIFlags != 0 {
		return "", "", &GAIError{Code: EAIBadFlags}
	}
	if !addr.Addr().IsValid() {
		return "", "", &GAIError{Code: EAIFamily}
	}
	if host, err = hostName(ctx, addr.Addr(), flags); err != nil {
		return "", "", err
	}
	return host, portName(addr.Port(), flags), nil
}

func hostName(ctx context.Context, a netip.Addr, flags NIFlag) (string, error) {
	n := From(ctx)
	if flags&NINumericHost == 0 {
		names, err := n.LookupAddr(ctx, a)
		if err == nil {
			return localName(n, names[0], flags), nil
		}
		if ctx.Err() != nil || isAgain(err) {
			return "", err
		}
	}
	if flags&NINameReqd != 0 {
		return "", &GAIError{Code: EAINoName, Name: a.String()}
	}
	return a.String(), nil
}

// isAgain reports a failure that isn't the name's fault.
func isAgain(err error) bool {
	e, ok := err.(*GAIError)
	return ok && (e.Code == EAIAgain || e.Code == EAISystem)
}

// localName cuts this machine's own domain off with NINoFQDN.
func localName(n Network, name string, flags NIFlag) string {
	if flags&NINoFQDN == 0 {
		return name
	}
	self, err := n.Hostname()
	if err != nil {
		return name
	}
	if _, domain, ok := strings.Cut(self, "."); ok {
		if short, ok := strings.CutSuffix(name, "."+domain); ok {
			return short
		}
	}
	return name
}

func portName(port uint16, flags NIFlag) string {
	if flags&NINumericServ == 0 {
		proto := "tcp"
		if flags&NIDgram != 0 {
			proto = "udp"
		}
		if name := serviceName(port, proto); name != "" {
			return name
		}
	}
	return strconv.Itoa(int(port))
}
