package ber_test

import (
	"bytes"
	"encoding/hex"
	"math"
	"slices"
	"testing"

	"moonwire/host/snmp/ber"
)

// TestNumbers checks contents in both directions against X.690 section 8.3's rule of the shortest form.
func TestNumbers(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "020100", 127: "02017f", 128: "02020080", 255: "020200ff", 256: "02020100", 32767: "02027fff", 32768: "0203008000",
		-1: "0201ff", -128: "020180", -129: "0202ff7f", -32768: "02028000", -32769: "0203ff7fff", math.MaxInt64: "02087fffffffffffffff", math.MinInt64: "02088000000000000000"} {
		var w ber.Writer
		w.Int(ber.Integer, n)
		if got := hex.EncodeToString(w.Bytes()); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
		r := ber.NewReader(w.Bytes(), nil)
		if got := r.Int("number"); got != n || r.More() || r.Broken() {
			t.Errorf("%s is read %d", want, got)
		}
	}
	for n, want := range map[uint64]string{0: "410100", 127: "41017f", 128: "41020080", math.MaxUint32: "410500ffffffff", 1 << 63: "4109008000000000000000",
		math.MaxUint64: "410900ffffffffffffffff", 1<<56 - 1: "410800ffffffffffffff", 1<<55 - 1: "41077fffffffffffff"} {
		var w ber.Writer
		w.Uint(0x41, n)
		if got := hex.EncodeToString(w.Bytes()); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
		if got, note, ok := ber.Uint(w.Bytes()[2:], 64); got != n || note != "" || !ok {
			t.Errorf("%s is read %d, %s", want, got, note)
		}
	}
}

func TestOIDs(t *testing.T) {
	t.Parallel()
	for hexed, arcs := range map[string][]uint32{"2b060102": {1, 3, 6, 1, 2}, "00": {0, 0}, "27": {0, 39}, "28": {1, 0}, "4f": {1, 39}, "50": {2, 0},
		"883703": {2, 999, 3}, "908080804f": {2, math.MaxUint32}, "2b8fffffff7f": {1, 3, math.MaxUint32}, "2b8100": {1, 3, 128}, "2b7f": {1, 3, 127}} {
		b, _ := hex.DecodeString(hexed)
		got, note, ok := ber.AppendOID(nil, b)
		if !ok || note != "" || !slices.Equal(got, arcs) {
			t.Errorf("%s is read %v, %s", hexed, got, note)
		}
		var w ber.Writer
		if w.Arcs(arcs); !bytes.Equal(w.Bytes(), b) {
			t.Errorf("%v is written %x, want %s", arcs, w.Bytes(), hexed)
		}
	}
	for hexed, want := range map[string]string{"2b86": "is cut short in its last number", "2b9080808000": "has a number of more than 32 bits",
		"9080808050": "has a number of more than 32 bits", "2bffffffffffffffffffffff7f": "has a number of more than 32 bits"} {
		b, _ := hex.DecodeString(hexed)
		if got, note, ok := ber.AppendOID([]uint32{7}, b); ok || note != want || len(got) != 1 {
			t.Errorf("%s is read %v, %q, want %q", hexed, got, note, want)
		}
	}
}

// TestEmptyOID reads an identifier without contents, as SNMP4J and others write 0.0; net-snmp reads it so.
func TestEmptyOID(t *testing.T) {
	t.Parallel()
	if got, note, ok := ber.AppendOID([]uint32{7}, nil); !ok || note != "has no bytes" || !slices.Equal(got, []uint32{7, 0, 0}) {
		t.Errorf("read %v, %q, %v", got, note, ok)
	}
}

// TestLengths writes contents of all sizes of lengths and reads them back.
func TestLengths(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1, 127, 128, 255, 256, 65535, 65536, 1 << 24} {
		var w ber.Writer
		w.Element(ber.OctetString, make([]byte, size))
		r := ber.NewReader(w.Bytes(), nil)
		if got := r.Bytes(ber.OctetString, "string"); len(got) != size || r.More() || r.Broken() {
			t.Errorf("%d bytes are read as %d", size, len(got))
		}
	}
}

// TestBounded reads heads that promise much: nothing is kept for what isn't there, and problems are counted, not piled up.
func TestBounded(t *testing.T) {
	t.Parallel()
	var log ber.Log
	data := bytes.Repeat([]byte{0x02, 0x02, 0x00, 0x00}, 100_000)
	r := ber.NewReader(data, &log)
	for r.More() {
		r.Int("number")
	}
	if r.Broken() || len(log) != 100 {
		t.Errorf("%d problems are kept", len(log))
	}
	r = ber.NewReader([]byte{0x04, 0x84, 0x7f, 0xff, 0xff, 0xff}, &log)
	if r.Bytes(ber.OctetString, "string") != nil || !r.Broken() || log.Broken() == nil {
		t.Error("two gigabytes were read from six bytes")
	}
	if n := ber.Count(bytes.Repeat([]byte{0x30, 0x80}, 1<<20)); n != 0 {
		t.Errorf("%d elements without an end", n)
	}
}
