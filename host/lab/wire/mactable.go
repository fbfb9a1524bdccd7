package wire

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// address is a MAC address.
type address [6]byte

func mac(b []byte) address { return address(b[:6]) }

// group says whether an address is of many: multicast or broadcast.
func (a address) group() bool { return a[0]&1 != 0 }

// reserved says whether an address is one of those that a bridge never forwards (IEEE 802.1Q table 8-1).
func reserved(a address) bool {
	return a[0] == 1 && a[1] == 0x80 && a[2] == 0xc2 && a[3] == 0 && a[4] == 0 && a[5] < 0x10
}

// How long an address is known after its last frame (IEEE 802.1Q section 8.8.3), and how many are.
const (
	usualAging = 300 * time.Second
	usualTable = 8192
)

// macTable says behind which port an address is.
type macTable struct {
	rows   map[key]station
	aging  time.Duration
	most   int
	purged time.Time // when old rows were looked for, to make room
}

// key is an address in a VLAN: VLANs learn independently.
type key struct {
	vlan uint16
	addr address
}

type station struct {
	at   *member
	seen time.Time
}

func newTable() macTable {
	return macTable{rows: map[key]station{}, aging: usualAging, most: usualTable}
}

// learn notes where an address is. A full table learns no new ones.
func (t *macTable) learn(k key, at *member, now time.Time) {
	if k.addr.group() || k.addr == (address{}) {
		return
	}
	if _, known := t.rows[k]; !known && len(t.rows) >= t.most {
		if t.purge(now); len(t.rows) >= t.most {
			return
		}
	}
	t.rows[k] = station{at, now}
}

// purge drops old rows, once a second at most.
func (t *macTable) purge(now time.Time) {
	if now.Sub(t.purged) < time.Second {
		return
	}
	t.purged = now
	maps.DeleteFunc(t.rows, func(_ key, row station) bool { return now.Sub(row.seen) >= t.aging })
}

// find is the port that an address is behind, nil if that isn't known.
func (t *macTable) find(k key, now time.Time) *member {
	if s, known := t.rows[k]; known && now.Sub(s.seen) < t.aging {
		return s.at
	}
	return nil
}

// forget drops what was learned from a port; nil means from all.
func (s *Switch) forget(at *member) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.table.rows, func(_ key, row station) bool { return at == nil || row.at == at })
}

// Forget empties the table of addresses.
func (s *Switch) Forget() { s.forget(nil) }

// SetTable says how many addresses the switch learns, and how long it knows one after its last frame. A full table learns
// no more: frames to others are flooded.
func (s *Switch) SetTable(most int, aging time.Duration) error {
	if most < 0 || aging <= 0 {
		return fmt.Errorf("%s: a table of %d addresses for %v each", s.name, most, aging)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.table.most, s.table.aging = most, aging
	return nil
}

// Station is a row of the table of addresses.
type Station struct {
	Addr [6]byte
	VLAN int // 0: the switch knows of none
	Port *Port
	Seen time.Time
}

// Stations are the addresses that the switch knows, in order of VLAN and address.
func (s *Switch) Stations() []Station {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.engine.Now()
	var list []Station
	for k, row := range s.table.rows {
		if now.Sub(row.seen) < s.table.aging {
			list = append(list, Station{Addr: k.addr, VLAN: int(k.vlan), Port: row.at.Port, Seen: row.seen})
		}
	}
	slices.SortFunc(list, func(a, b Station) int {
		return cmp.Or(cmp.Compare(a.VLAN, b.VLAN), bytes.Compare(a.Addr[:], b.Addr[:]))
	})
	return list
}
