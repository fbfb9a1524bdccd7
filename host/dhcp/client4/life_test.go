package client4_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/station"
	"net"
)

// lives runs a lease to its end, and notes each event with its time since the lease began, in whole minutes.
func lives(w *world, l *client4.Lease) string {
	w.t.Helper()
	var list []string
	life, start := l.Life(), w.clock.Now()
	for range 20 {
		e, err := life.Next(w.ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		if e == nil {
			break
		}
		list = append(list, fmt.Sprintf("%s %.0f", e.Name, e.Time.Sub(start).Minutes()))
	}
	return strings.Join(list, ", ")
}

// TestLife lets a server be silent from a moment on: T1 is after 5, T2 after 8.75, the end after 10 minutes.
func TestLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.fake("R1", nil)
	c := w.client(client4.Config{})
	l, err := c.Acquire(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	w.after(6*time.Minute, func() { s.react = func(*dhcp4.Message) []*dhcp4.Message { return nil } })
	if got := lives(w, l); got != "bound 0, renewing 5, renewed 5, renewing 10, rebinding 14, expired 15" {
		t.Error(got)
	}
	if c.Station().Holds(address) || c.State() != client4.Init || l.Terms().State != "expired" {
		t.Error("the address is still held")
	}
	if got := strings.Join(s.types(), " "); got != "discover request request request request request request request" {
		t.Error(got)
	}
}

// TestLifeRebinds moves to another server's acknowledgement after T2.
func TestLifeRebinds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := 0
	w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
		if !m.CIAddr.IsUnspecified() {
			if n++; n == 1 || n == 2 || n == 3 {
				return nil
			}
			if n > 4 {
				return []*dhcp4.Message{reply(m, dhcp4.Nak)}
			}
		}
		return good(m)
	})
	l, err := w.client(client4.Config{}).Acquire(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got := lives(w, l); got != "bound 0, renewing 5, rebinding 9, rebound 9, renewing 14, nak 14" {
		t.Error(got)
	}
}

// TestLifeReleased ends a life from elsewhere: while it waits, and while it asks.
func TestLifeReleased(t *testing.T) {
	t.Parallel()
	for after, want := range map[time.Duration]string{2 * time.Minute: "bound 0, released 2", 6 * time.Minute: "bound 0, renewing 5, released 6"} {
		w := newWorld(t)
		w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
			if !m.CIAddr.IsUnspecified() {
				return nil
			}
			return good(m)
		})
		l, err := w.client(client4.Config{}).Acquire(w.ctx)
		if err != nil {
			t.Fatal(err)
		}
		w.after(after, func() { l.Release(w.ctx, "") })
		if got := lives(w, l); got != want {
			t.Error(got)
		}
	}
}

// TestLifeLost ends with the interface.
func TestLifeLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fake("R1", nil)
	l, err := w.client(client4.Config{}).Acquire(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	h1, _ := w.Network("h1")
	w.after(2*time.Minute, func() { h1.Config().SetUp("eth0", false) })
	if got := lives(w, l); got != "bound 0, lost 2" {
		t.Error(got)
	}
}

// TestLifeConflict ends with another host that won't give up the address.
func TestLifeConflict(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.fake("R1", nil)
	l, err := w.client(client4.Config{}).Acquire(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	link, err := station.Open(w.ctx, "eth0")
	if err != nil {
		t.Fatal(err)
	}
	defer link.Close()
	thief, err := link.Station(net.HardwareAddr{2, 0, 0, 0, 0, 66})
	if err != nil {
		t.Fatal(err)
	}
	w.after(time.Minute, func() {
		thief.Hold(address)
		thief.Announce(w.ctx, address)
	})
	if got := lives(w, l); got != "bound 0, conflict 1" {
		t.Error(got)
	}
	w.clock.Sleep(w.ctx, time.Second)
	if got := strings.Join(s.types(), " "); got != "discover request decline" {
		t.Error(got)
	}
}
