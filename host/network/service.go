package network

import (
	"slices"
	"strconv"
	"strings"
)

// The IP protocols that getaddrinfo knows by name.
const (
	protoTCP     = 6
	protoUDP     = 17
	protoDCCP    = 33
	protoSCTP    = 132
	protoUDPLite = 136
)

// socketKind is a socket type with its protocol.
type socketKind struct {
	typ      SockType
	proto    int
	name     string // in /etc/services
	standard bool   // returned when nothing was asked for
}

// socketKinds are those that have ports, and raw sockets, which take any protocol and no service.
var socketKinds = []socketKind{
	{SockStream, protoTCP, "tcp", true},
	{SockDgram, protoUDP, "udp", true},
	{SockDCCP, protoDCCP, "dccp", false},
	{SockDgram, protoUDPLite, "udplite", false},
	{SockStream, protoSCTP, "sctp", false},
	{SockSeqPacket, protoSCTP, "sctp", false},
	{SockRaw, 0, "", true},
}

// asked reports whether hints leave room for k.
func (k socketKind) asked(h Hints) bool {
	return (h.SockType == 0 || h.SockType == k.typ) && (h.Protocol == 0 || k.typ == SockRaw || h.Protocol == k.proto)
}

// servicePort is where a service is found with one kind of socket.
type servicePort struct {
	typ   SockType
	proto int
	port  uint16
}

// servicePorts finds the ports of a service for the kinds of socket that hints ask for: the first kind that fits when
// they ask for a type or a protocol, else all standard ones, and for a named service all that have it.
func servicePorts(service string, h Hints) ([]servicePort, GAICode) {
	given := service != "*" && service != ""
	port, numeric := uint16(0), true
	if given {
		var digits bool
		if port, numeric, digits = parsePort(service); !digits && h.Flags&AINumericServ != 0 {
			return nil, EAINoName
		}
	}
	if h.SockType != 0 || h.Protocol != 0 {
		return firstPort(service, given, port, numeric, h)
	}
	var out []servicePort
	for _, k := range socketKinds {
		if numeric {
			if k.standard {
				out = append(out, servicePort{k.typ, k.proto, port})
			}
		} else if found, ok := lookupService(service, k.name); ok {
			out = append(out, servicePort{k.typ, k.proto, found})
		}
	}
	if len(out) == 0 {
		return nil, EAIService
	}
	return out, 0
}

// firstPort is servicePorts when hints ask for a type or a protocol.
func firstPort(service string, given bool, port uint16, numeric bool, h Hints) ([]servicePort, GAICode) {
	i := slices.IndexFunc(socketKinds, func(k socketKind) bool { return k.asked(h) })
	switch {
	case i < 0 && h.SockType != 0:
		return nil, EAISockType
	case i < 0:
		return nil, EAIService
	}
	k := socketKinds[i]
	if k.typ == SockRaw {
		k.proto = h.Protocol
		if given {
			return nil, EAIService
		}
	}
	if !numeric {
		found, ok := lookupService(service, k.name)
		if !ok {
			return nil, EAIService
		}
		port = found
	}
	return []servicePort{{k.typ, k.proto, port}}, 0
}

// parsePort reads a port number as strtoul(3) does: spaces and a sign may come first. Digits that make no port are like
// the name of an unknown service.
func parsePort(service string) (port uint16, ok, digits bool) {
	s := strings.TrimLeft(service, " \t\n\v\f\r")
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false, false
	}
	n, err := strconv.ParseUint(s, 10, 16)
	return uint16(n), err == nil && (n == 0 || !negative), true
}
