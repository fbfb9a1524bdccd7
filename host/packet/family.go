package packet

import (
	"fmt"
	"math"
	"math/bits"
)

// A Family is packets that are alike but for some fields: one for each combination of those fields' values.
type Family struct {
	base *Packet
	axes []Axis
}

// An Axis is a field that takes several values.
type Axis struct {
	Layer  int
	Field  *Field
	Values Values
}

// FamilyOf is the packets that are like p but on the axes. Every value is tried in its field; the first that does not
// fit is the error. Of more than a few thousand values only those are tried.
func FamilyOf(p *Packet, axes []Axis) (*Family, error) {
	q := p.Copy()
	for _, a := range axes {
		for i := range min(a.Values.Len(), 4096) {
			if err := q.Layer(a.Layer).SetField(a.Field, a.Values.At(i)); err != nil {
				return nil, err
			}
		}
		if n := a.Values.Len(); n > 0 {
			if err := q.Layer(a.Layer).SetField(a.Field, a.Values.At(n-1)); err != nil {
				return nil, err
			}
		}
	}
	return &Family{p, axes}, nil
}

// Base is the packet that all are like.
func (s *Family) Base() *Packet { return s.base }

// Len counts the packets, up to 2^64-1.
func (s *Family) Len() uint64 {
	n := uint64(1)
	for _, a := range s.axes {
		hi, lo := bits.Mul64(n, a.Values.Len())
		if n = lo; hi != 0 {
			return math.MaxUint64
		}
	}
	return n
}

// At makes the ith packet, from 0; the last field changes fastest.
func (s *Family) At(i uint64) (*Packet, error) {
	p := s.base.Copy()
	for k := len(s.axes) - 1; k >= 0; k-- {
		a := s.axes[k]
		n := a.Values.Len()
		if err := p.Layer(a.Layer).SetField(a.Field, a.Values.At(i%n)); err != nil {
			return nil, err
		}
		i /= n
	}
	return p, nil
}

// StackFamily is every packet of a with every one of b behind it. Either may be a family of one.
func StackFamily(a, b *Family) *Family {
	s := &Family{base: Stack(a.base, b.base), axes: append([]Axis(nil), a.axes...)}
	for _, x := range b.axes {
		x.Layer += a.base.Len()
		s.axes = append(s.axes, x)
	}
	return s
}

// One is a family of one packet.
func One(p *Packet) *Family { return &Family{base: p} }

// String says how many packets there are and what the first is like.
func (s *Family) String() string { return fmt.Sprintf("%d packets: %s", s.Len(), s.base) }
