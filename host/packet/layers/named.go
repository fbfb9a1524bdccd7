package layers

import (
	"slices"

	"moonwire/host/packet"
)

// named is a list or a record with names in the place of numbers, at any depth. nameOf is the name of a number in an
// entry, "" for none.
func named(v packet.Value, nameOf func(entry string, n uint64) string) packet.Value {
	switch v := v.(type) {
	case []packet.Value:
		list := slices.Clone(v)
		for i, e := range list {
			list[i] = named(e, nameOf)
		}
		return list
	case packet.Record:
		rec := slices.Clone(v)
		for i, e := range rec {
			rec[i].Value = named(e.Value, nameOf)
			if n, ok := e.Value.(uint64); ok {
				if name := nameOf(e.Name, n); name != "" {
					rec[i].Value = name
				}
			}
		}
		return rec
	}
	return v
}
