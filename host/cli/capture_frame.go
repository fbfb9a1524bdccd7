package cli

import "moonwire/host/network"

// vlanTag is how long a tag is that the system took out.
const vlanTag = 4

// whole is a frame with its VLAN tag back in place.
func whole(f *network.Frame) []byte {
	const addresses = 12
	if f.VLAN.TPID == 0 || len(f.Data) < addresses {
		return f.Data
	}
	b := make([]byte, 0, len(f.Data)+vlanTag)
	b = append(b, f.Data[:addresses]...)
	b = append(b, byte(f.VLAN.TPID>>8), byte(f.VLAN.TPID), byte(f.VLAN.TCI>>8), byte(f.VLAN.TCI))
	return append(b, f.Data[addresses:]...)
}
