package pcap

import "moonwire/host/network"

// vlanTag is how long a tag is that the system took out.
const vlanTag = 4

// OfFrame is a frame that a link has received, as a packet: its VLAN tag is back in place.
func OfFrame(f *network.Frame) Packet {
	p := Packet{Data: f.Data, Len: f.Len}
	p.SetTime(f.Time)
	const addresses = 12
	if f.VLAN.TPID == 0 {
		return p
	}
	p.Len += vlanTag
	if len(f.Data) >= addresses {
		b := make([]byte, 0, len(f.Data)+vlanTag)
		b = append(b, f.Data[:addresses]...)
		b = append(b, byte(f.VLAN.TPID>>8), byte(f.VLAN.TPID), byte(f.VLAN.TCI>>8), byte(f.VLAN.TCI))
		p.Data = append(b, f.Data[addresses:]...)
	}
	return p
}
