package pcap

import "math"

// head writes the head of a pcap file.
func (w *Writer) head() error {
	magic := uint32(magicMicro)
	if w.o.Nano {
		magic = magicNano
	}
	snap := w.o.Snap
	if snap == 0 {
		snap = int(maxCaptured(w.o.LinkType))
	}
	order := orderOf(w.big)
	b := order.AppendUint32(w.out.buf, magic)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 4)
	b = order.AppendUint64(b, 0) // zone and accuracy, which nobody sets
	b = order.AppendUint32(b, uint32(snap))
	w.out.buf = order.AppendUint32(b, uint32(w.o.LinkType))
	return w.out.ended(0)
}

// record puts one packet into the output.
func (w *Writer) record(p *Packet, data []byte) error {
	if p.Sec < 0 || p.Sec > math.MaxUint32 {
		return unsupported("a time of %d seconds since 1970: a pcap file has 32 bits for it", p.Sec)
	}
	fraction := uint32(p.Nsec)
	if !w.o.Nano {
		fraction /= 1000
	}
	order := orderOf(w.big)
	b := order.AppendUint32(w.out.buf, uint32(p.Sec))
	b = order.AppendUint32(b, fraction)
	b = order.AppendUint32(b, uint32(len(data)))
	b = order.AppendUint32(b, p.length())
	w.out.buf = append(b, data...)
	return nil
}
