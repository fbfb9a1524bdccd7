package answer

import (
	"net/netip"

	"moonwire/host/packet"
)

// Reply makes the packet that answers q: addresses and ports change sides, a question becomes its answer. Of what is above
// TCP and UDP nothing is in it; an echo keeps its data. What q's sender can't tell, as the address of who answers a group,
// is left to the next sender.
func Reply(q *packet.Packet) (*packet.Packet, error) {
	var out *packet.Packet
	for c, ok := q.First(); ok; c, ok = c.Next() {
		turn := turns[c.Protocol().Name]
		if turn == nil {
			if carriers[c.Protocol().Name] {
				continue // extension headers and the like
			}
			break
		}
		values, last := turn(c)
		layer, err := packet.New(q.Registry(), c.Protocol(), values)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = layer
		} else {
			out = packet.Stack(out, layer)
		}
		if last {
			if b := c.Payload(); isEcho(c) && len(b) > 0 {
				out = packet.Stack(out, packet.RawOf(q.Registry(), string(b)))
			}
			break
		}
	}
	if out == nil {
		return nil, &Unanswerable{q}
	}
	return out, nil
}

// Unanswerable is the error for a packet to which there is no reply.
type Unanswerable struct{ Packet *packet.Packet }

func (e *Unanswerable) Error() string { return "nobody knows how to reply to " + e.Packet.String() }

// turns make the fields of a reply's layer from a request's. last says that what follows is for the script to say.
var turns = map[string]func(c packet.Context) (values packet.Record, last bool){
	"eth":    func(c packet.Context) (packet.Record, bool) { return swapped(c, "src", "dst"), false },
	"dot1q":  func(c packet.Context) (packet.Record, bool) { return kept(c, "prio", "vlan"), false },
	"dot1ad": func(c packet.Context) (packet.Record, bool) { return kept(c, "prio", "vlan"), false },
	"ip":     func(c packet.Context) (packet.Record, bool) { return swapped(c, "src", "dst"), false },
	"ipv6":   func(c packet.Context) (packet.Record, bool) { return swapped(c, "src", "dst"), false },
	"udp":    func(c packet.Context) (packet.Record, bool) { return swapped(c, "sport", "dport"), true },
	"sctp":   func(c packet.Context) (packet.Record, bool) { return swapped(c, "sport", "dport"), true },
	"arp":    turnARP,
	"icmp":   turnICMP,
	"icmp6":  turnICMP6,
	"tcp":    turnTCP,
}

// stored is a field's value by name, nil where there is none.
func stored(c packet.Context, name string) packet.Value {
	f, err := c.Field(name)
	if err != nil {
		return nil
	}
	return c.Stored(f)
}

// kept are fields as they are.
func kept(c packet.Context, names ...string) (values packet.Record) {
	for _, name := range names {
		if c.Has(name) {
			values = append(values, packet.Entry{Name: name, Value: stored(c, name)})
		}
	}
	return values
}

// swapped are two fields that change sides. The address of a group is nobody's source.
func swapped(c packet.Context, a, b string) packet.Record {
	values := packet.Record{{Name: b, Value: stored(c, a)}}
	switch v := stored(c, b).(type) {
	case packet.MAC:
		if v[0]&1 != 0 {
			return values
		}
	case netip.Addr:
		if isGroup(v) {
			return values
		}
	}
	return append(values, packet.Entry{Name: a, Value: stored(c, b)})
}

// turnARP answers the question; hwsrc, what was asked for, is the sender's to fill.
func turnARP(c packet.Context) (packet.Record, bool) {
	op := be16(c.Header(), 6)
	values := packet.Record{{Name: "op", Value: uint64(arpReply[op])}, {Name: "hwdst", Value: stored(c, "hwsrc")},
		{Name: "psrc", Value: stored(c, "pdst")}, {Name: "pdst", Value: stored(c, "psrc")}}
	return values, true
}

func turnICMP(c packet.Context) (packet.Record, bool) {
	return append(kept(c, "id", "seq"), packet.Entry{Name: "type", Value: uint64(icmpReply[c.Header()[0]])}), true
}

func turnICMP6(c packet.Context) (packet.Record, bool) {
	return append(kept(c, "id", "seq", "tgt"), packet.Entry{Name: "type", Value: uint64(c.Header()[0]) + 1}), true
}

// isEcho says whether what is behind the header comes back.
func isEcho(c packet.Context) bool {
	h := c.Header()
	return c.Protocol().Name == "icmp" && h[0] == 8 || c.Protocol().Name == "icmp6" && h[0] == echoRequest6
}

// turnTCP acknowledges all that came; a request for a connection is granted.
func turnTCP(c packet.Context) (packet.Record, bool) {
	values := swapped(c, "sport", "dport")
	h := c.Header()
	flags := "A"
	if h[13]&flagSYN != 0 {
		flags = "SA"
	}
	return append(values, packet.Entry{Name: "flags", Value: flags}, packet.Entry{Name: "seq", Value: uint64(be32(h, 8))},
		packet.Entry{Name: "ack", Value: uint64(be32(h, 4) + segment(c))}), true
}
