package agent

import (
	"encoding/binary"
	"math"
	"slices"

	"moonwire/host/snmp/oid"
)

// A key is a name whose bytes order as names do: four for each number.

// appendKey appends the key of a name.
func appendKey(b []byte, name oid.OID) []byte {
	for _, n := range name {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

func keyOf(name oid.OID) string { return string(appendKey(make([]byte, 0, 4*len(name)), name)) }

// nameOf is the name of a key.
func nameOf[K string | []byte](key K) oid.OID {
	name := make(oid.OID, len(key)/4)
	for i := range name {
		name[i] = uint32(key[4*i])<<24 | uint32(key[4*i+1])<<16 | uint32(key[4*i+2])<<8 | uint32(key[4*i+3])
	}
	return name
}

// behind is the key of the first name that isn't below root; none where root has no end.
func behind(root oid.OID) string {
	end := slices.Clone(root)
	for len(end) > 0 && end[len(end)-1] == math.MaxUint32 {
		end = end[:len(end)-1]
	}
	if len(end) == 0 {
		return "\xff\xff\xff\xff\xff" // behind all
	}
	end[len(end)-1]++
	return keyOf(end)
}
