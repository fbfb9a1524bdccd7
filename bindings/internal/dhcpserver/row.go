package dhcpserver

import (
	"fmt"
	"time"

	"moonwire/host/dhcp/lease"
)

// Left is how long a lease lasts; nil when it has no end.
func Left(b lease.Binding, now time.Time) *time.Duration {
	if b.Until.IsZero() {
		return nil
	}
	left := b.Left(now)
	return &left
}

// ByName are counts by the names of what was counted.
func ByName[T interface {
	comparable
	fmt.Stringer
}](m map[T]uint64) map[string]uint64 {
	named := map[string]uint64{}
	for t, n := range m {
		named[t.String()] = n
	}
	return named
}

// A Recovery is what was found in a lease file.
type Recovery struct {
	Lines    int      `lua:"lines" doc:"that were whole"`
	Torn     int      `lua:"torn" doc:"bytes of an unfinished line at the end, which were cut off"`
	Problems []string `lua:"problems" doc:"lines that could not be read, and were left out"`
}
