// Package capture reads the DHCP in capture files for a watch.Watcher.
package capture

import (
	"bytes"
	"context"
	"io"
	"time"

	"moonwire/host/dhcp/watch"
	"moonwire/host/filter"
	"moonwire/host/packet"
	"moonwire/host/packet/layers"
	"moonwire/host/pcap"
)

// pollEvery is how many packets are read between two looks whether to go on.
const pollEvery = 4096

// Read gives a watcher what a pcap or pcapng file has for it, and hands on the events that follow. It returns the time of the
// last packet.
func Read(ctx context.Context, src io.Reader, w *watch.Watcher, tell func([]watch.Event)) (last time.Time, err error) {
	r, err := pcap.NewReader(src)
	if err != nil {
		return last, err
	}
	wanted := pcap.NewSelector(func(linkType int) (func([]byte, int) bool, error) {
		p, err := filter.Compile(watch.Filter, filter.Options{LinkType: uint32(linkType), BigEndian: r.BigEndian()})
		if err != nil { // a link type without ARP, for example
			return func([]byte, int) bool { return true }, nil
		}
		return p.Match, nil
	})
	var p pcap.Packet
	for n := 1; ; n++ {
		if err := r.Next(&p); err == io.EOF {
			return last, nil
		} else if err != nil {
			return last, err
		}
		if n%pollEvery == 0 && ctx.Err() != nil {
			return last, ctx.Err()
		}
		last = time.Unix(p.Sec, int64(p.Nsec))
		linkType := r.Interfaces()[p.Interface].LinkType
		if ok, err := wanted.Match(&p, linkType); !ok || err != nil {
			continue
		}
		tell(w.Hear(decode(linkType, bytes.Clone(p.Data)), last))
	}
}

// decode is a frame as a packet.
func decode(linkType int, frame []byte) *packet.Packet {
	reg := layers.Registry()
	first, _ := reg.Lookup(pcap.FirstLayer(linkType, frame)) // it is built in
	return packet.Decode(reg, frame, first)
}
