package watch

import (
	"math"
	"math/big"
	"net/netip"
	"time"

	"moonwire/host/dhcp/lease"
)

// Options say what is normal.
type Options struct {
	Allow    Allow
	Window   time.Duration // of what follows
	Clients  int           // so many new clients are a starvation
	Seeks    int           // so many messages that look for servers are one, too
	Refusals int           // so many are a storm
	Pool     []lease.Range // what the servers lend; none: not known
	Full     float64       // share of it that is too much
}

// Usual are limits that a busy office stays below.
var Usual = Options{Window: 10 * time.Second, Clients: 25, Seeks: 100, Refusals: 10, Full: 0.9}

// inPool says whether an address is one of the pool's.
func (o *Options) inPool(a netip.Addr) bool {
	for _, r := range o.Pool {
		if r.First.Compare(a) <= 0 && a.Compare(r.Last) <= 0 {
			return true
		}
	}
	return false
}

// poolSize is how many addresses the pool has; 0 when it isn't known.
func (o *Options) poolSize() (n float64) {
	for _, r := range o.Pool {
		first, last := new(big.Int).SetBytes(r.First.AsSlice()), new(big.Int).SetBytes(r.Last.AsSlice())
		f, _ := last.Sub(last, first).Float64()
		n += math.Max(f, 0) + 1
	}
	return n
}
