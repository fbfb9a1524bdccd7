package wire

import "time"

// address is a MAC address.
type address [6]byte

func mac(b []byte) address { return address(b[:6]) }

// group says whether an address is of many: multicast or broadcast.
func (a address) group() bool { return a[0]&1 != 0 }

// reserved says whether an address is one of those that a bridge never forwards (IEEE 802.1Q table 8-1).
func reserved(a address) bool {
	return a[0] == 1 && a[1] == 0x80 && a[2] == 0xc2 && a[3] == 0 && a[4] == 0 && a[5] < 0x10
}

// aging is how long an address is known after its last frame (IEEE 802.1Q section 8.8.3).
const aging = 300 * time.Second

// macTable says behind which port an address is.
type macTable map[address]station

type station struct {
	at   *member
	seen time.Time
}

func (t macTable) learn(a address, at *member, now time.Time) {
	if !a.group() && a != (address{}) {
		t[a] = station{at, now}
	}
}

// find is the port that an address is behind, nil if that isn't known.
func (t macTable) find(a address, now time.Time) *member {
	if s, known := t[a]; known && now.Sub(s.seen) < aging {
		return s.at
	}
	return nil
}

func (t macTable) forget(at *member) {
	for a, s := range t {
		if s.at == at {
			delete(t, a)
		}
	}
}
