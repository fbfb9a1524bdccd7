package foreign

import (
	"fmt"
	"strings"

	"github.com/google/gopacket"

	"moonwire/host/packet"
)

// Extend gives a registry every protocol of gopacket that it has no layer of that name for, and lets it go on with
// gopacket's tables of types and ports where its own bindings end.
func Extend(r *packet.Registry) error {
	types := map[*packet.Protocol]gopacket.LayerType{}
	for _, k := range known {
		if _, err := r.Lookup(k.name); err == nil {
			continue
		}
		pr := protocol(k)
		if err := r.Add(pr); err != nil {
			return err
		}
		types[pr] = k.layer.LayerType()
	}
	names := map[gopacket.LayerType]string{}
	for _, k := range known {
		names[k.layer.LayerType()] = k.name
	}
	for t, name := range tabled {
		names[t] = name
	}
	r.Fallback = func(c packet.Context, _ []byte) *packet.Protocol {
		t, ok := types[c.Protocol()]
		var found gopacket.LayerType
		if ok {
			found = after(t, seen(c))
		} else {
			found = above(c)
		}
		name, ok := names[found]
		if !ok {
			return nil
		}
		pr, _ := c.Packet().Registry().Lookup(name)
		return pr
	}
	return nil
}

// seen is the layer's bytes as its decoder saw them first: up to where the layer below ends, what it left out as padding
// among them.
func seen(c packet.Context) []byte {
	if below, ok := c.Lower(); ok {
		return below.Payload()
	}
	return c.Packet().Raw()
}

// after is the type of what follows a layer of gopacket's; zero when it says nothing.
func after(t gopacket.LayerType, whole []byte) gopacket.LayerType {
	s, err := decode(t, whole)
	if err != nil || s.next == nil || s.end <= s.header {
		return gopacket.LayerTypeZero
	}
	switch next := s.next.(type) {
	case gopacket.LayerType:
		return next
	case interface{ LayerType() gopacket.LayerType }: // a number of one of gopacket's tables
		return next.LayerType()
	}
	return kindOf(s.next, whole[s.header:s.end])
}

// kindOf is the type of the layer that a decoder which is only a function finds at the start of b; zero when it fails.
func kindOf(d gopacket.Decoder, b []byte) gopacket.LayerType {
	s, err := run(d, b)
	if err != nil {
		return gopacket.LayerTypeZero
	}
	return s.first.LayerType()
}

// protocol makes the table of one of gopacket's layers: names and types of its fields, and functions that read them.
func protocol(k kind) *packet.Protocol {
	t := k.layer.LayerType()
	return &packet.Protocol{
		Name: k.name, Title: k.title, Source: "gopacket's " + strings.TrimPrefix(fmt.Sprintf("%T", k.layer), "*"),
		Fields:     fieldsOf(k.layer),
		DecodeOnly: "gopacket reads it, no other library checks what would be built",
		Foreign: func(c packet.Context) packet.Record {
			s, err := decode(t, seen(c))
			if err != nil {
				return nil
			}
			return record(s.first)
		},
		Measure: func(h packet.Header) (int, error) {
			s, err := decode(t, h.Bytes())
			return s.header, err
		},
		End: func(c packet.Context) int {
			if s, err := decode(t, seen(c)); err == nil && s.end > s.header {
				return s.end
			}
			return -1
		},
	}
}
