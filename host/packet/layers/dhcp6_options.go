package layers

import (
	"strings"
	"sync"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/packet"
)

// dhcp6Tables are the fields of each option's data: those of package dhcp6's table, under Scapy's names where it has some, and
// with Scapy's values where a script gives none.
var dhcp6Tables = sync.OnceValue(func() map[uint64][]part {
	tables := map[uint64][]part{}
	for _, r := range dhcp6.Rows() {
		var parts []part
		for _, f := range r.Fields {
			parts = append(parts, dhcp6PartsOf(r, f)...)
		}
		tables[uint64(r.Code)] = parts
	}
	return tables
})

// dhcp6Fresh is what Scapy writes where it is told nothing, other than zero.
var dhcp6Fresh = map[string]uint64{"prefval": 255, "proto": 3, "alg": 1, "msgtype": 11, "reftime": 86400, "lltype": 1, "type": 255}

// dhcp6PartsOf are the parts that a field is: Scapy has two for a prefix.
func dhcp6PartsOf(r dhcp6.Row, f dhcp6.Field) []part {
	name := f.Scapy
	if name == "" {
		name = f.Name
	}
	switch {
	case r.Code == dhcp6.RelayMessage:
		return []part{messagePart(name)}
	case f.Kind == dhcp6.Kind(dhcp6.Prefix{}):
		return []part{uintPart("plen", 1, 48, nil), kindPart(name, 16, packet.IPv6, "2001:db8::")}
	}
	return []part{dhcp6PartOf(name, f.Kind)}
}

// dhcp6PartOf is a field as Scapy shows it: numbers where package dhcp6 has words, and domain names with their last dot.
func dhcp6PartOf(name string, kind dhcp6.Kind) part {
	switch k := kind.(type) {
	case dhcp6.Uint:
		if k.Size > 6 { // more than numbers of Lua hold
			return bytesPart(name, k.Size)
		}
		return uintPart(name, k.Size, dhcp6Fresh[name], dhcp6Names(k.Names))
	case dhcp6.Seconds:
		return uintPart(name, 4, dhcp6Fresh[name], lifetimes)
	case dhcp6.Fraction:
		return uintPart(name, k.Size, 0, nil)
	case dhcp6.Flags:
		return uintPart(name, 1, 0, nil)
	case dhcp6.Bytes, dhcp6.Text:
		return restPart(name)
	case dhcp6.Fixed:
		return bytesPart(name, k.Size)
	case dhcp6.Counted:
		return countedPart(name, k.Size)
	case dhcp6.Domain:
		return namePart(name)
	case dhcp6.IPv6:
		return ip6Part(name)
	case dhcp6.IPv4:
		return kindPart(name, 4, packet.IPv4, "0.0.0.0")
	case dhcp6.Hardware:
		return hardwarePart(name)
	case dhcp6.Identifier:
		return duidPart(name)
	case dhcp6.Code:
		return kindPart(name, 2, dhcp6OptionCode{}, nil)
	case dhcp6.Sub:
		return optionsPart(name, nil)
	case dhcp6.Nested:
		return nestedPart(name)
	case dhcp6.List:
		list := listPart(dhcp6PartOf(name, k.Of))
		if name == "reqopts" {
			list.fresh = []packet.Value{uint64(23), uint64(24)} // name servers and domains
		}
		return list
	}
	return part{name, nil,
		func(in cut) (packet.Value, int, error) {
			v, n, err := kind.Read(in.rest())
			return v, in.at + n, err
		},
		kind.Append,
	}
}

// dhcp6Names are the words for a number, where there are any.
func dhcp6Names(n *dhcp6.Names) *packet.Enum {
	if n == nil {
		return nil
	}
	if n == dhcp6.Types {
		return dhcp6Types
	}
	return packet.Named(n.Map())
}

// ip6Part is an IPv6 address.
func ip6Part(name string) part { return kindPart(name, 16, packet.IPv6, "::") }

// lifetimes names the lifetime that never ends.
var lifetimes = packet.Named(map[uint64]string{dhcp6.Infinity: "infinity"})

// dhcp6Types names kinds of messages as Scapy does: SOLICIT, INFORMATION-REQUEST, RELAY-FORW.
var dhcp6Types = packet.Named(func() map[uint64]string {
	names := map[uint64]string{}
	for n, name := range dhcp6.Types.Map() {
		names[n] = strings.ReplaceAll(strings.ToUpper(name), "_", "-")
	}
	names[uint64(dhcp6.RelayForward)], names[uint64(dhcp6.RelayReply)] = "RELAY-FORW", "RELAY-REPL"
	return names
}())
