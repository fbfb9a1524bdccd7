package option_test

import (
	"bytes"
	"errors"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/lab/node/option"
)

// TestForward looks at what a router makes of options (RFC 791 section 3.1): at noon, as 10.0.0.9.
func TestForward(t *testing.T) {
	t.Parallel()
	own := netip.MustParseAddr("10.0.0.9")
	noon := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	const fault = -1
	for _, tt := range []struct {
		name      string
		in, want  []byte
		malformed int // where in the header; 0: it isn't
	}{
		{"no operation, unknown, end", []byte{1, 99, 3, 7, 0, 5, 5, 5}, []byte{1, 99, 3, 7, 0, 5, 5, 5}, 0},
		{"router alert", []byte{148, 4, 0, 0}, []byte{148, 4, 0, 0}, 0},
		{"record route", []byte{7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0}, []byte{7, 11, 8, 10, 0, 0, 9, 0, 0, 0, 0, 0}, 0},
		{"record route, full", []byte{7, 7, 8, 1, 2, 3, 4, 0}, []byte{7, 7, 8, 1, 2, 3, 4, 0}, 0},
		{"record route, half a place left", []byte{7, 9, 8, 1, 2, 3, 4, 0, 0, 0, 0, 0}, nil, 22},
		{"record route, pointer into its head", []byte{7, 7, 3, 0, 0, 0, 0, 0}, nil, 22},
		{"record route without a pointer", []byte{7, 2, 0, 0}, nil, 21},
		{"time", []byte{68, 8, 5, 0, 0, 0, 0, 0}, []byte{68, 8, 9, 0, 0x02, 0x93, 0x2e, 0}, 0},
		{"address and time", []byte{68, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0}, []byte{68, 12, 13, 1, 10, 0, 0, 9, 0x02, 0x93, 0x2e, 0}, 0},
		{"time for us", []byte{68, 12, 5, 3, 10, 0, 0, 9, 0, 0, 0, 0}, []byte{68, 12, 13, 3, 10, 0, 0, 9, 0x02, 0x93, 0x2e, 0}, 0},
		{"time for another", []byte{68, 12, 5, 3, 10, 0, 0, 8, 0, 0, 0, 0}, []byte{68, 12, 5, 3, 10, 0, 0, 8, 0, 0, 0, 0}, 0},
		{"time, full", []byte{68, 8, 9, 0x20, 1, 2, 3, 4}, []byte{68, 8, 9, 0x30, 1, 2, 3, 4}, 0},
		{"time, full for the sixteenth", []byte{68, 8, 9, 0xf0, 1, 2, 3, 4}, nil, 23},
		{"time with an unknown flag", []byte{68, 8, 5, 2, 0, 0, 0, 0}, nil, 23},
		{"longer than the header", []byte{99, 9, 0, 0}, nil, 20},
		{"shorter than itself", []byte{1, 99, 1, 0}, nil, 21},
		{"no length", []byte{1, 1, 1, 7}, nil, 23},
		{"source route", []byte{131, 7, 4, 10, 0, 0, 1, 0}, nil, fault},
	} {
		packet := append(make([]byte, 20), tt.in...)
		packet[0] = 4<<4 | byte(len(packet)/4)
		err := option.Forward(packet, own, func(a netip.Addr) bool { return a == own }, noon)
		var bad *option.Malformed
		switch {
		case tt.malformed == fault:
			if !errors.Is(err, option.ErrSourceRoute) {
				t.Errorf("%s: got %v", tt.name, err)
			}
		case tt.malformed > 0:
			if !errors.As(err, &bad) || bad.At != tt.malformed {
				t.Errorf("%s: got %+v, want a fault at %d", tt.name, err, tt.malformed)
			}
		case err != nil || !bytes.Equal(packet[20:], tt.want):
			t.Errorf("%s: got % x, %v, want % x", tt.name, packet[20:], err, tt.want)
		}
	}
}
