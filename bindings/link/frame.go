package link

import (
	"moonwire/host/network"
	"moonwire/host/packet"
)

// A frame is what a link received, in memory of its own.
type frame struct {
	data []byte
	meta *Meta
}

// The frames of a batch lie together, so that few allocations serve many; a script that keeps one keeps its neighbours.
const togetherFrames, togetherBytes = 32, 32 << 10

// keep copies frames out of a connection's memory.
func (l *Link) keep(frames []network.Frame) []frame {
	all := make([]frame, len(frames))
	var room []byte
	var metas []Meta
	for i := range frames {
		f := &frames[i]
		if need := len(f.Data) + tagLength; need > cap(room)-len(room) {
			room = make([]byte, 0, max(roomFor(frames[i:]), need))
		}
		if len(metas) == 0 {
			metas = make([]Meta, min(togetherFrames, len(frames)-i))
		}
		at := len(room)
		room = withTag(room, f)
		m := &metas[0]
		metas = metas[1:]
		m.from(l, f)
		m.caplen = int32(len(room) - at)
		all[i] = frame{room[at:len(room):len(room)], m}
	}
	return all
}

// roomFor is the bytes of the next frames that lie together.
func roomFor(frames []network.Frame) (n int) {
	for i := range frames[:min(togetherFrames, len(frames))] {
		n += len(frames[i].Data) + tagLength
	}
	return min(n, togetherBytes)
}

// tagLength is the bytes of a VLAN tag, macLength those of the addresses before it.
const tagLength, macLength = 4, 12

// withTag appends a frame as it was on the wire: the tag that the system took out is in its place again.
func withTag(b []byte, f *network.Frame) []byte {
	if f.VLAN.TPID == 0 || len(f.Data) < macLength {
		return append(b, f.Data...)
	}
	b = append(b, f.Data[:macLength]...)
	b = append(b, byte(f.VLAN.TPID>>8), byte(f.VLAN.TPID), byte(f.VLAN.TCI>>8), byte(f.VLAN.TCI))
	return append(b, f.Data[macLength:]...)
}

// first is the outermost layer of a frame on the link.
func (l *Link) first(reg *packet.Registry, data []byte) *packet.Protocol {
	name := "eth"
	switch l.iface.LinkType {
	case "ip":
		name = "ip"
		if len(data) > 0 && data[0]>>4 == 6 {
			name = "ipv6"
		}
	case "linux_sll2":
		name = "sll2"
	}
	pr, err := reg.Lookup(name)
	if err != nil {
		pr, _ = reg.Lookup("raw")
	}
	return pr
}

// decode is a frame as a packet.
func (l *Link) decode(reg *packet.Registry, data []byte) *packet.Packet {
	return packet.Decode(reg, data, l.first(reg, data))
}
