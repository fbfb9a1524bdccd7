package pcap

import "moonwire/host/pcap"

// A match chooses packets of a file; the zero value chooses all.
type match struct {
	selector *pcap.Selector
	linkType int // of all packets; negative: what the file says
}

// meta says whether a packet that was read ahead is chosen.
func (m match) meta(p *Meta) (bool, error) {
	if m.selector == nil {
		return true, nil
	}
	return m.selector.Match(&p.packet, m.of(p.iface))
}

// of is the link type that an interface's packets have.
func (m match) of(i *pcap.Interface) int {
	if m.linkType >= 0 {
		return m.linkType
	}
	return i.LinkType
}

// in is the match as host/pcap takes it, for a reader's packets.
func (m match) in(r *pcap.Reader) func(*pcap.Packet) (bool, error) {
	if m.selector == nil {
		return nil
	}
	return func(p *pcap.Packet) (bool, error) {
		return m.selector.Match(p, m.of(&r.Interfaces()[p.Interface]))
	}
}
