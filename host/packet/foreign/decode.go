package foreign

import (
	"errors"
	"fmt"

	"github.com/google/gopacket"
)

// limit is the most bytes that gopacket is shown of one packet: it counts some of them in 16 bits.
const limit = 0xffff

// a step is one layer that gopacket decoded.
type step struct {
	first, last gopacket.Layer   // a decoder may add several for one header
	next        gopacket.Decoder // of what follows
	header, end int              // bytes of the header, and where its payload ends
}

// decode reads one layer of a type.
func decode(t gopacket.LayerType, b []byte) (step, error) {
	if check, ok := checks[t]; ok {
		if err := check(b); err != nil {
			return step{}, err
		}
	}
	if f, ok := prepare[t]; ok {
		s, err := run(decoderOf(t), f(b))
		s.header, s.end = min(s.header, len(b)), min(s.end, len(b))
		return s, err
	}
	return run(decoderOf(t), b)
}

// run has a decoder read one layer at the start of b, a copy of it, and measures what it took.
func run(d gopacket.Decoder, b []byte) (s step, err error) {
	if len(b) > limit {
		b = b[:limit]
	}
	own := make([]byte, len(b))
	copy(own, b)
	taken := &builder{}
	defer func() {
		if r := recover(); r != nil {
			s, err = step{}, fmt.Errorf("gopacket: %v", r)
		}
	}()
	if err := d.Decode(own, taken); err != nil && taken.first == nil {
		return step{}, err
	}
	if taken.first == nil {
		return step{}, errors.New("gopacket found no layer")
	}
	s = taken.step
	s.measure(own)
	if s.header == 0 {
		return step{}, errors.New("gopacket found an empty layer")
	}
	return s, nil
}

// measure finds where the layer's header and its payload end in own. What follows is told by the payload; a layer
// without one reaches as far as its contents.
func (s *step) measure(own []byte) {
	if from, to, ok := within(own, s.last.LayerPayload()); ok {
		s.header, s.end = from, to
		return
	}
	s.header, s.end = len(own), len(own)
	if _, to, ok := within(own, s.first.LayerContents()); ok {
		s.header = to
	}
}

// within is where part lies in whole, when it is a piece of it that isn't empty.
func within(whole, part []byte) (from, to int, ok bool) {
	from = cap(whole) - cap(part)
	if len(part) == 0 || from < 0 || from+len(part) > len(whole) || &whole[from] != &part[0] {
		return 0, 0, false
	}
	return from, from + len(part), true
}

// a builder takes what one decoder adds and says, and runs no other.
type builder struct{ step }

func (b *builder) AddLayer(l gopacket.Layer) {
	if b.first == nil {
		b.first = l
	}
	b.last = l
}

func (b *builder) NextDecoder(d gopacket.Decoder) error {
	b.next = d
	return nil
}

func (b *builder) SetTruncated()                                 {}
func (b *builder) SetLinkLayer(gopacket.LinkLayer)               {}
func (b *builder) SetNetworkLayer(gopacket.NetworkLayer)         {}
func (b *builder) SetTransportLayer(gopacket.TransportLayer)     {}
func (b *builder) SetApplicationLayer(gopacket.ApplicationLayer) {}
func (b *builder) SetErrorLayer(gopacket.ErrorLayer)             {}
func (b *builder) DumpPacketData()                               {}
func (b *builder) DecodeOptions() *gopacket.DecodeOptions        { return &gopacket.DecodeOptions{} }
