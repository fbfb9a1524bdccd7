// Package option does with the options of an IPv4 header what a router on the way has to do (RFC 791 section 3.1, RFC 1812
// section 5.3.13).
package option

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"time"
)

// The options a router has to do with.
const (
	end         = 0
	noOperation = 1
	recordRoute = 7
	timestamp   = 68
	looseSource = 131
	strictRoute = 137
)

// The flags of a timestamp option.
const (
	timesOnly       = 0
	withAddresses   = 1
	givenAddresses  = 3
	addressLength   = 4
	timeLength      = 4
	lastOverflowing = 15
)

// ErrSourceRoute is said of a packet that wants to choose its way. Routers refuse it (RFC 7126 section 4.3).
var ErrSourceRoute = errors.New("source route")

// Malformed is an option that makes no sense: At is where in the header, in bytes.
type Malformed struct{ At int }

func (m *Malformed) Error() string { return "malformed option" }

// optionsAt is where the options begin.
const optionsAt = 20

// Forward changes a header in place, which begins at packet[0]: routes are recorded and times stamped with the address by
// which the packet leaves. Options it doesn't know stay as they are.
func Forward(packet []byte, own netip.Addr, isOwn func(netip.Addr) bool, now time.Time) error {
	n := int(packet[0]&15) * 4
	for i := optionsAt; i < n; {
		switch packet[i] {
		case end:
			return nil
		case noOperation:
			i++
			continue
		}
		if i+1 >= n || packet[i+1] < 2 || i+int(packet[i+1]) > n {
			return &Malformed{i}
		}
		o := packet[i : i+int(packet[i+1])]
		at, err := -1, error(nil)
		switch o[0] {
		case looseSource, strictRoute:
			return ErrSourceRoute
		case recordRoute:
			at = record(o, own)
		case timestamp:
			at = stamp(o, own, isOwn, now)
		}
		if at >= 0 {
			err = &Malformed{i + at}
		}
		if err != nil {
			return err
		}
		i += len(o)
	}
	return nil
}

// record puts our address into the next place of a record route option. It returns the place of a fault, or -1.
func record(o []byte, own netip.Addr) int {
	if len(o) < 3 {
		return 1
	}
	if o[2] < 4 {
		return 2
	}
	at := int(o[2]) - 1
	if at >= len(o) {
		return -1 // full
	}
	if at+addressLength > len(o) {
		return 2
	}
	a := own.As4()
	copy(o[at:], a[:])
	o[2] += addressLength
	return -1
}

// stamp puts the time of day into the next place of a timestamp option. It returns the place of a fault, or -1.
func stamp(o []byte, own netip.Addr, isOwn func(netip.Addr) bool, now time.Time) int {
	if len(o) < 4 {
		return 1
	}
	if o[2] < 5 {
		return 2
	}
	at, flags := int(o[2])-1, o[3]&15
	need := timeLength
	if flags != timesOnly {
		need += addressLength
	}
	switch {
	case flags != timesOnly && flags != withAddresses && flags != givenAddresses:
		return 3
	case at >= len(o):
		if o[3]>>4 == lastOverflowing {
			return 3
		}
		o[3] += 1 << 4
		return -1
	case at+need > len(o):
		return 2
	}
	switch flags {
	case withAddresses:
		a := own.As4()
		at += copy(o[at:], a[:])
	case givenAddresses:
		if !isOwn(netip.AddrFrom4([4]byte(o[at : at+4]))) {
			return -1
		}
		at += addressLength
	}
	midnight := now.UTC().Truncate(24 * time.Hour)
	binary.BigEndian.PutUint32(o[at:], uint32(now.Sub(midnight).Milliseconds()))
	o[2] += byte(need)
	return -1
}
