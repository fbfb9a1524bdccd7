package network

import (
	"net/netip"
	"testing"
)

// TestParseSNMP reads what Linux 6.1 prints.
func TestParseSNMP(t *testing.T) {
	t.Parallel()
	groups := parseSNMP([]byte(`Ip: Forwarding DefaultTTL InReceives
Ip: 2 64 61728
IcmpMsg: InType3 OutType3
IcmpMsg: 16 16
Tcp: RtoAlgorithm RtoMin RtoMax MaxConn CurrEstab
Tcp: 1 200 120000 -1 7
Udp: InDatagrams
`))
	for _, tt := range []struct {
		group, name string
		want        uint64
	}{
		{"Ip", "Forwarding", 2}, {"Ip", "InReceives", 61728}, {"IcmpMsg", "OutType3", 16}, {"Tcp", "MaxConn", 1<<64 - 1}, {"Tcp", "CurrEstab", 7},
	} {
		if got, ok := groups[tt.group][tt.name]; !ok || got != tt.want {
			t.Errorf("%s %s is %d, %v, want %d", tt.group, tt.name, got, ok, tt.want)
		}
	}
	if len(groups["Udp"]) != 0 {
		t.Errorf("a group without numbers has %v", groups["Udp"])
	}
}

// TestParseSocket reads lines of proc_net_tcp, whose words are in the machine's order.
func TestParseSocket(t *testing.T) {
	t.Parallel()
	if number([]byte{1, 0, 0, 0}) != 1 {
		t.Skip("the lines are those of a little-endian machine")
	}
	at := netip.MustParseAddrPort
	for _, tt := range []struct {
		line string
		want SocketInfo
	}{
		{"   0: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000", SocketInfo{Local: at("127.0.0.1:3306"), State: TCPListen}},
		{"   1: 0200000A:B0C4 0100000A:0016 01 00000000", SocketInfo{Local: at("10.0.0.2:45252"), Remote: at("10.0.0.1:22"), State: TCPEstablished}},
		{"   2: 000000FD000000000000000002000000:00A1 00000000000000000000000000000000:0000 07 00", SocketInfo{Local: at("[fd00::2]:161"), State: TCPClosed}},
	} {
		if got, ok := parseSocket(tt.line); !ok || got != tt.want {
			t.Errorf("%s: %+v %v, want %+v", tt.line, got, ok, tt.want)
		}
	}
	for _, line := range []string{"", "  sl  local_address rem_address   st", "0: 0100007F 0:0 0A", "0: 0100:1 0100:1 01", "0: zz:1 zz:1 01"} {
		if got, ok := parseSocket(line); ok {
			t.Errorf("%q: %+v", line, got)
		}
	}
}
