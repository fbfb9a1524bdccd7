package permit

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"testing"

	"moonwire/host/network"
)

// telling is a network with a resolver that knows some names, and fails for others.
type telling struct {
	network.Network
	knows map[string][]netip.Addr
	asked int
}

func (n *telling) LookupHost(_ context.Context, name string, _ network.Family) (network.Host, error) {
	n.asked++
	if addrs, ok := n.knows[name]; ok {
		return network.Host{Name: name, Addrs: addrs}, nil
	}
	if strings.HasPrefix(name, "no.") {
		return network.Host{}, &network.GAIError{Code: network.EAINoName, Name: name}
	}
	return network.Host{}, &network.GAIError{Code: network.EAIAgain, Name: name}
}

func (*telling) Stream(context.Context, string, *network.SockOpts) (network.Stream, error) {
	return &dialled{}, nil
}

// TestDeniedNames reaches for names that are denied by their numbers, by sockets and by frames.
func TestDeniedNames(t *testing.T) {
	world := func() *telling {
		return &telling{Network: network.Kernel(), knows: map[string][]netip.Addr{
			"evil.example": {netip.MustParseAddr("11.0.0.9"), netip.MustParseAddr("::ffff:10.0.0.2"), netip.MustParseAddr("2001:db8::9")}}}
	}
	frame := func(dst string) []byte { return unhex(t, eth4+ip4UDP+dst+dns) }
	for _, tt := range []struct {
		deny, dial, refused string
		frame               string // "": none
	}{
		{"net evil.example", "11.0.0.9:80", "--deny-net=evil.example forbids it", to9},
		{"net evil.example", "10.0.0.2:80", "--deny-net=evil.example forbids it", to2},
		{"net evil.example", "[2001:db8::9]:80", "--deny-net=evil.example forbids it", ""},
		{"net evil.example", "[64:ff9b::b00:9]:80", "--deny-net=evil.example forbids it", ""},
		{"net evil.example", "10.0.0.3:80", "", "0a000003 "},
		{"net evil.example:53/udp", "11.0.0.9:80", "", ""},
		{"net evil.example:53/udp", "", "--deny-net=evil.example:53/udp forbids it", to9},
		{"net evil.example:54/udp", "11.0.0.9:80", "", to9},
		{"net no.example", "11.0.0.9:80", "", to9},
		{"net offline.example", "11.0.0.9:80", "its addresses aren't known: ", to9},
		{"net offline.example", "127.0.0.1:80", "", ""},
		{"net *.evil.example", "11.0.0.9:80", "", ""},
		{"net *.evil.example", "", "nobody knows the addresses of all its names", to9},
		{"net localhost", "127.0.0.1:80", "--deny-net=localhost forbids it", "7f000001 "},
		{"net localhost", "[::1]:80", "--deny-net=localhost forbids it", ""},
	} {
		p, w := &Policy{All: true, Deny: grants(t, tt.deny)}, world()
		n := p.Network(w)
		says := func(what string, err error) {
			t.Helper()
			if (err == nil || errors.Is(err, errDialled)) != (tt.refused == "") || tt.refused != "" && !strings.Contains(err.Error(), tt.refused) {
				t.Errorf("--deny %s: %s: %v", tt.deny, what, err)
			}
		}
		if tt.dial != "" {
			_, err := n.Dial(soon(t), "tcp", tt.dial, nil)
			says(tt.dial, err)
		}
		if tt.frame != "" {
			says("a frame to "+tt.frame, p.Frames("eth0", table).Check(frame(tt.frame)))
		}
		p.Network(w)
		if w.asked > 1 {
			t.Errorf("--deny %s: %d questions", tt.deny, w.asked)
		}
	}
}
