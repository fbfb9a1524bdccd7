package network

import (
	"encoding/binary"
	"encoding/hex"
	"net/netip"
	"strconv"
	"strings"
)

// procStates are the states of proc_net_tcp, from 1.
var procStates = [...]TCPState{0, TCPEstablished, TCPSynSent, TCPSynReceived, TCPFinWait1, TCPFinWait2, TCPTimeWait, TCPClosed,
	TCPCloseWait, TCPLastAck, TCPListen, TCPClosing, TCPSynReceived}

// Sockets are those of TCP and UDP.
func (k *kernel) Sockets() (all []SocketInfo, err error) {
	for _, name := range []string{"tcp", "tcp6", "udp", "udp6"} {
		text, err := k.procNet(name)
		if err != nil && !strings.HasSuffix(name, "6") {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			if s, ok := parseSocket(line); ok {
				s.Protocol = strings.TrimSuffix(name, "6")
				if s.Protocol == "udp" {
					s.State = 0
				}
				all = append(all, s)
			}
		}
	}
	return all, nil
}

// parseSocket reads a line of /proc/net/tcp, as "0: 0100007F:0050 00000000:0000 0A …".
func parseSocket(line string) (s SocketInfo, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 4 || !strings.HasSuffix(fields[0], ":") {
		return s, false
	}
	state, err := strconv.ParseUint(fields[3], 16, 8)
	if s.Local, ok = parseProcAddr(fields[1]); !ok || err != nil {
		return s, false
	}
	if far, ok := parseProcAddr(fields[2]); ok && (far.Port() != 0 || !far.Addr().IsUnspecified()) {
		s.Remote = far
	}
	if int(state) < len(procStates) {
		s.State = procStates[state]
	}
	return s, true
}

// parseProcAddr reads an address in words of the machine's byte order, and a port.
func parseProcAddr(text string) (netip.AddrPort, bool) {
	words, digits, _ := strings.Cut(text, ":")
	b, err := hex.DecodeString(words)
	port, bad := strconv.ParseUint(digits, 16, 16)
	if err != nil || bad != nil || len(b) != 4 && len(b) != 16 {
		return netip.AddrPort{}, false
	}
	for i := 0; i < len(b); i += 4 {
		binary.BigEndian.PutUint32(b[i:], binary.NativeEndian.Uint32(b[i:]))
	}
	a, _ := netip.AddrFromSlice(b)
	return netip.AddrPortFrom(a, uint16(port)), true
}
