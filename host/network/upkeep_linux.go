package network

import (
	"net/netip"
	"slices"
	"sync"
	"time"
)

// An address that this process adds lives so long without it, and gets that again so often: two renewals may fail.
const (
	shortLife = time.Minute
	renewal   = shortLife / 3
)

// An upkeep renews what ends by itself when this process does.
type upkeep struct {
	mu    sync.Mutex
	kept  []edit // addresses and routes, oldest first
	timer *time.Timer
	last  time.Time // when all was well; the clock stands still while the machine sleeps, as that of the addresses does
}

// add begins to keep up an edit, if that is one that needs it.
func (u *upkeep) add(k *kernel, e edit) {
	switch e := e.(type) {
	case *addressEdit:
		if !e.Add {
			return
		}
	case *routeEdit:
		if !e.Add {
			return
		}
	default:
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.kept = append(u.kept, e)
	if u.timer == nil {
		u.last = time.Now()
		u.timer = time.AfterFunc(renewal, func() { u.renew(k) })
	}
}

// drop stops keeping up an edit.
func (u *upkeep) drop(e edit) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.kept = slices.DeleteFunc(u.kept, func(other edit) bool { return other == e })
	if len(u.kept) == 0 && u.timer != nil {
		u.timer.Stop()
		u.timer = nil
	}
}

// prolong sets how long an address stays from now on.
func (u *upkeep) prolong(iface string, p netip.Prefix, l Lifetime) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, e := range u.kept {
		if a, is := e.(*addressEdit); is && a.Iface == iface && a.Prefix == p {
			a.Life, a.asked, a.exact = l, time.Now(), false
			if err := a.do(); err != nil {
				return err
			}
		}
	}
	return nil
}

// renew does so for all, and once more later.
func (u *upkeep) renew(k *kernel) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.timer == nil {
		return
	}
	late := time.Since(u.last) >= shortLife
	err := k.inside(func() error {
		for _, e := range u.kept {
			renewEdit(e, late)
		}
		return nil
	})
	if err == nil {
		u.last = time.Now()
	}
	u.timer.Reset(renewal)
}

// renewEdit keeps up one edit. What fails now may do so for good reason: the interface is down, or gone.
func renewEdit(e edit, late bool) {
	switch e := e.(type) {
	case *addressEdit:
		e.renew(late)
	case *routeEdit:
		if late {
			e.do() // it went with its address
		}
	}
}
