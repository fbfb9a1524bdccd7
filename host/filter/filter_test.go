package filter

import "testing"

// A TCP segment from 10.0.0.1 port 4660 to 10.0.0.2 port 80 in an Ethernet frame.
var segment = []byte{
	2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0,
	0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
	0x12, 0x34, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, 2, 0, 0, 0, 0, 0, 0,
}

func TestMatch(t *testing.T) {
	for _, row := range []struct {
		expression string
		matches    bool
	}{
		{"", true},
		{"ip", true},
		{"ip6", false},
		{"tcp port 80", true},
		{"port http or 443", true},
		{"udp port 80", false},
		{"src port 80", false},
		{"host 10.0.0.2 and not arp", true},
		{"src net 10", true},
		{"net 10.0.0.0/30", true},
		{"dst host 10.0.0.1", false},
		{"tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn", true},
		{"ether src 2:0:0:0:0:1", true},
		{"ip[6:2] & 0x1fff = 0 and len = 54", true},
		{"ether[100] = 0 or ip", false}, // what reads beyond the frame's end refuses it
	} {
		p, err := Compile(row.expression, Options{LinkType: 1})
		if err != nil {
			t.Errorf("%s: %v", row.expression, err)
		} else if p.Match(segment, len(segment)) != row.matches {
			t.Errorf("%s: not %v", row.expression, row.matches)
		}
	}
}
