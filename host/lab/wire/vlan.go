package wire

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"slices"
)

// VLAN is how a port of a switch takes part in VLANs (IEEE 802.1Q). An access port has one that is untagged, a trunk has
// others beside it, or instead of it.
type VLAN struct {
	Untagged int   // the VLAN of frames without a tag, a trunk's native one; 0: such frames are dropped
	Tagged   []int // VLANs whose frames have a tag
	Trunk    bool  // all VLANs that aren't Untagged are tagged
}

// The VLAN of ports that nobody gave one, and the last that there is: 0xfff is reserved.
const (
	usualVLAN = 1
	lastVLAN  = 4094
)

// SetVLAN says how a port takes part in VLANs. The first call makes the switch know of VLANs: ports that nobody said
// anything about are access ports of VLAN 1 then.
func (s *Switch) SetVLAN(p *Port, v VLAN) error {
	for i, id := range append([]int{v.Untagged}, v.Tagged...) {
		if none := i == 0 && id == 0; !none && (id < 1 || id > lastVLAN) {
			return fmt.Errorf("%s: VLAN %d (expected 1 to %d)", p.name, id, lastVLAN)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.member(p)
	if m == nil {
		return fmt.Errorf("%s isn't a port of switch %s", p.name, s.name)
	}
	v.Tagged = slices.Clone(v.Tagged)
	m.vlan, s.aware = v, true
	clear(s.table.rows)
	return nil
}

// VLANs are the switch's ports and how they take part in VLANs; nil: the switch knows of none.
func (s *Switch) VLANs() map[*Port]VLAN {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.aware {
		return nil
	}
	list := map[*Port]VLAN{}
	for _, m := range s.ports {
		list[m.Port] = VLAN{m.vlan.Untagged, slices.Clone(m.vlan.Tagged), m.vlan.Trunk}
	}
	return list
}

// carries says whether frames of a VLAN pass the port.
func (v *VLAN) carries(vlan uint16) bool {
	return vlan != 0 && (int(vlan) == v.Untagged || v.Trunk || slices.Contains(v.Tagged, int(vlan)))
}

// tags says whether frames of a VLAN leave the port with a tag.
func (v *VLAN) tags(vlan uint16) bool { return int(vlan) != v.Untagged }

// packet is a frame in a VLAN, in the forms that ports want.
type packet struct {
	frame    []byte // as it came
	vlan     uint16 // 0: the switch knows of none
	priority uint16 // the upper bits of the tag: priority and drop eligible
	tagged   bool   // frame has a tag
	other    []byte // the frame with the tag that it came without, or without that it came with
}

// The parts of a tag's control information.
const (
	vlanMask     = 0x0fff
	priorityMask = 0xf000
)

// classify finds the VLAN of a frame (IEEE 802.1Q section 6.9), and says whether the port carries it.
func (s *Switch) classify(from *member, frame []byte) (p packet, ok bool) {
	p.frame = frame
	if !s.aware {
		return p, true
	}
	p.vlan = uint16(from.vlan.Untagged)
	if len(frame) >= headerLen+tagLen && binary.BigEndian.Uint16(frame[12:]) == typeVLAN {
		tci := binary.BigEndian.Uint16(frame[14:])
		p.tagged, p.priority = true, tci&priorityMask
		if id := tci & vlanMask; id != 0 { // 0: the tag has a priority only
			p.vlan = id
		} else {
			p.frame, p.tagged = untag(frame), false
		}
	}
	return p, p.vlan <= lastVLAN && from.vlan.carries(p.vlan)
}

// as is the packet with a tag or without.
func (p *packet) as(tagged bool) []byte {
	if tagged == p.tagged {
		return p.frame
	}
	if p.other == nil {
		if tagged {
			p.other = tag(p.frame, p.priority|p.vlan)
		} else {
			p.other = untag(p.frame)
		}
	}
	return p.other
}

func tag(frame []byte, tci uint16) []byte {
	out := make([]byte, 0, len(frame)+tagLen)
	out = append(out, frame[:12]...)
	out = binary.BigEndian.AppendUint16(out, typeVLAN)
	out = binary.BigEndian.AppendUint16(out, tci)
	return append(out, frame[12:]...)
}

func untag(frame []byte) []byte {
	out := make([]byte, 0, len(frame)-tagLen)
	out = append(out, frame[:12]...)
	return append(out, frame[12+tagLen:]...)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sum tells frames apart, whether they have their tag or not.
func (p *packet) sum() uint32 {
	rest := p.frame[12:]
	if p.tagged {
		rest = rest[tagLen:]
	}
	sum := crc32.Checksum(p.frame[:12], castagnoli)
	return crc32.Update(sum^uint32(p.vlan), castagnoli, rest)
}
