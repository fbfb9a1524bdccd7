package main

import (
	"context"
	"net"
	"net/netip"
	"os"
	"os/exec"

	"moonwire/host/network"
	"moonwire/host/permit"
)

// permitTimes is how often one process decides or sends.
const permitTimes = 500000

// permitting measures what a policy's decision about a packet costs, in processor time: the check of a frame alone, and a
// datagram of a socket with and without, beside the sending that it goes with.
func permitting(string) ([]row, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	times := map[string][]float64{}
	for range 5 {
		for _, what := range []string{"frame", "free", "bound"} {
			u, _, err := spend(exec.Command(self, "permit", what))
			if err != nil {
				return nil, err
			}
			times[what] = append(times[what], float64(u.processor.Nanoseconds())/permitTimes)
		}
	}
	check, free, bound := median(times["frame"]), median(times["free"]), median(times["bound"])
	return []row{
		{"check of a frame / 200 ns", ns(check), "200 ns", check / 200, "<= 1"},
		{"check of a frame / an unchecked datagram", ns(check), ns(free), check / free, "<= 1"},
		{"datagram under a policy - one without / 200 ns", ns(bound), ns(free), (bound - free) / 200, "<= 1"},
	}, nil
}

// permitted is one process of permitting.
func permitted(args []string) error {
	var grants permit.Grants
	for _, text := range []string{"raw on eth0 to 192.168.0.0/16", "raw on eth0 to 10.0.0.0/24:53/udp", "net 127.0.0.1/udp"} {
		g, err := permit.Parse(text)
		if err != nil {
			return err
		}
		grants = append(grants, g)
	}
	p := &permit.Policy{Allow: grants}
	switch args[0] {
	case "frame":
		return checking(p)
	case "bound":
		return datagrams(p.Network(network.Kernel()))
	}
	return datagrams(network.Kernel())
}

// checking checks a lawful frame many times.
func checking(p *permit.Policy) error {
	eth0 := network.Interface{Name: "eth0", MAC: net.HardwareAddr{2, 0, 0, 0, 0, 1}, LinkType: "ethernet", Addrs: []netip.Prefix{netip.MustParsePrefix("10.0.0.1/24")}}
	f := p.Frames("eth0", func() []network.Interface { return []network.Interface{eth0} })
	frame := []byte("\x02\x00\x00\x00\x00\x02\x02\x00\x00\x00\x00\x01\x08\x00\x45\x00\x00\x20\x00\x01\x00\x00\x40\x11\x00\x00\x0a\x00\x00\x01\x0a\x00\x00\x02\x30\x39\x00\x35\x00\x0c\x00\x00mark")
	for range permitTimes {
		if err := f.Check(frame); err != nil {
			return err
		}
	}
	return nil
}

// datagrams sends many to a socket that nobody reads.
func datagrams(n network.Network) error {
	sink, err := network.Kernel().ListenPacket(context.Background(), "udp4", "127.0.0.1:0", nil)
	if err != nil {
		return err
	}
	defer sink.Close()
	s, err := n.ListenPacket(context.Background(), "udp4", "", nil)
	if err != nil {
		return err
	}
	defer s.Close()
	for range permitTimes {
		if _, err := s.WriteTo([]byte("x"), sink.LocalAddr()); err != nil {
			return err
		}
	}
	return nil
}
