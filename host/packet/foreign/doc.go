// Package foreign reads the layers that have no table of fields in package layers but that gopacket can decode. They can
// be decoded and shown, not built. This is the only package that imports gopacket.
//
// gopacket v1.1.19 panics on many malformed packets, so each of its decoders runs on a copy of the bytes, under recovery
// and one layer at a time: a fault makes the rest a raw layer, with the reason.
package foreign

import (
	"sync"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// Registry is the set of the built-in protocols and of those that only gopacket reads. It is shared: Clone it before
// adding to it.
var Registry = sync.OnceValue(func() *packet.Registry {
	r := layers.Registry().Clone()
	if err := Extend(r); err != nil {
		panic(err) // a fault in a table: the tests of this package make the registry
	}
	return r
})
