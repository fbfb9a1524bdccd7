package option

import (
	"fmt"
	"math"

	"moonwire/host/packet"
)

// Location is a place on the earth (RFC 6225 section 2): {latitude=52.5, longitude=13.4, altitude=34}, degrees and, by
// altitude_type 1, metres or, by 2, floors. The resolutions are how many bits count of those before; with version 1 they are
// uncertainties. Datum 1 is WGS 84.
var Location Kind = location{}

type location struct{}

// A bitField is one part of a location: bits of the wire, as a number with a binary fraction of so many bits.
type bitField struct {
	name           string
	bits, fraction int
	most           float64 // of its size, for those with a sign; 0 for those without
	usual          float64
}

var locationFields = []bitField{
	{"latitude_resolution", 6, 0, 0, 34},
	{"latitude", 34, 25, 90, math.NaN()},
	{"longitude_resolution", 6, 0, 0, 34},
	{"longitude", 34, 25, 180, math.NaN()},
	{"altitude_type", 4, 0, 0, 1},
	{"altitude_resolution", 6, 0, 0, 30},
	{"altitude", 30, 8, 1 << 21, 0},
	{"version", 2, 0, 0, 0},
	{"reserved", 3, 0, 0, 0},
	{"datum", 3, 0, 0, 1},
}

func (location) Type() string {
	fields := make([]Field, len(locationFields))
	for i, f := range locationFields {
		fields[i] = Field{Name: f.name, Kind: Uint8}
		if f.fraction > 0 {
			fields[i].Kind = degrees{}
		}
	}
	return record{fields}.Type()
}

// degrees stands for a number with a fraction in the type.
type degrees struct{ blob }

func (degrees) Type() string { return "number" }

func (location) Size() int { return 16 }

func (location) Read(b []byte) (_ packet.Value, _ int, err error) {
	if len(b) < 16 {
		return nil, 0, tooShort("a location", 16, len(b))
	}
	rec, at := packet.Record{}, 0
	for _, f := range locationFields {
		n := f.get(b, at)
		at += f.bits
		if f.fraction == 0 {
			rec = append(rec, packet.Entry{Name: f.name, Value: n})
			continue
		}
		signed := int64(n<<(64-f.bits)) >> (64 - f.bits)
		x := float64(signed) / float64(int(1)<<f.fraction)
		if err == nil && math.Abs(x) > f.most {
			err = fmt.Errorf("%s: %g is not in -%.0f to %.0f", f.name, x, f.most, f.most)
		}
		rec = append(rec, packet.Entry{Name: f.name, Value: x})
	}
	return rec, 16, err
}

// get is the field's bits, which begin at bit at.
func (f bitField) get(b []byte, at int) (n uint64) {
	for i := at; i < at+f.bits; i++ {
		n = n<<1 | uint64(b[i/8]>>(7-i%8)&1)
	}
	return n
}

// put sets the field's bits, which are zeros.
func (f bitField) put(b []byte, at int, n uint64) {
	for i := range f.bits {
		at := at + i
		b[at/8] |= byte(n>>(f.bits-1-i)&1) << (7 - at%8)
	}
}

func (location) Append(dst []byte, v packet.Value) ([]byte, error) {
	rec, ok := v.(packet.Record)
	if !ok {
		return dst, unexpected("table as {latitude=52.5, longitude=13.4, altitude=34}", v)
	}
	if err := onlyLocation(rec); err != nil {
		return dst, err
	}
	var b [16]byte
	at := 0
	for _, f := range locationFields {
		n, err := f.number(rec.Get(f.name))
		if err != nil {
			return dst, fmt.Errorf("%s: %w", f.name, err)
		}
		f.put(b[:], at, n)
		at += f.bits
	}
	return append(dst, b[:]...), nil
}

// onlyLocation finds names that are no field's.
func onlyLocation(rec packet.Record) error {
	fields := make([]Field, len(locationFields))
	for i, f := range locationFields {
		fields[i].Name = f.name
	}
	return record{fields}.only(rec)
}

// number is a value as the field's bits.
func (f bitField) number(v packet.Value) (uint64, error) {
	x := f.usual
	if v != nil {
		var ok bool
		if x, ok = asFloat(v); !ok {
			x = math.NaN()
		}
	}
	if f.fraction == 0 {
		if most := float64(int(1)<<f.bits - 1); !(x >= 0 && x <= most && x == math.Trunc(x)) {
			return 0, unexpected(fmt.Sprintf("integer of 0 to %.0f", most), v)
		}
		return uint64(x), nil
	}
	if !(math.Abs(x) <= f.most) {
		return 0, unexpected(fmt.Sprintf("number of -%.0f to %.0f", f.most, f.most), v)
	}
	return uint64(int64(math.Round(x * float64(int(1)<<f.fraction)))), nil
}

// asFloat is v as a number that may be negative and have a fraction.
func asFloat(v packet.Value) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	}
	n, ok := asUint(v)
	return float64(n), ok
}
