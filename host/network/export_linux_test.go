package network

import "time"

// Renew renews what n keeps up now; late: as after a stop that was longer than addresses live.
func Renew(n Network, late bool) {
	k := n.(*kernel)
	if late {
		k.upkeep.mu.Lock()
		k.upkeep.last = time.Now().Add(-2 * shortLife)
		k.upkeep.mu.Unlock()
	}
	k.upkeep.renew(k)
}
