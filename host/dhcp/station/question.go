package station

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"syscall"
	"time"

	"moonwire/host/network"
)

// A question waits for the MAC address behind an IP address. It is guarded by the link.
type question struct {
	station *Station
	addr    netip.Addr
	waiter  network.Waiter
	probe   bool // whoever else probes for the address counts too
	answer  *MAC
	err     error
}

// ask registers a question.
func (s *Station) ask(a netip.Addr, probe bool) *question {
	l := s.link
	q := &question{station: s, addr: a, waiter: network.NewWaiter(l.world.Clock()), probe: probe}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.questions[a] = append(l.questions[a], q)
	s.questions = append(s.questions, q)
	return q
}

// drop is ask's end.
func (q *question) drop() {
	l, isIt := q.station.link, func(o *question) bool { return o == q }
	l.mu.Lock()
	defer l.mu.Unlock()
	q.station.questions = slices.DeleteFunc(q.station.questions, isIt)
	if l.questions[q.addr] = slices.DeleteFunc(l.questions[q.addr], isIt); len(l.questions[q.addr]) == 0 {
		delete(l.questions, q.addr)
	}
}

// hear takes an answer, unless it is the station's own; probing says that its sender asks, too.
func (q *question) hear(from MAC, probing bool) {
	if from == q.station.mac || probing && !q.probe || q.answer != nil {
		return
	}
	q.answer = &from
	q.waiter.Wake()
}

// fail ends the wait.
func (q *question) fail(err error) {
	q.err = err
	q.waiter.Wake()
}

// wait waits for an answer until a moment. It has none and no error when the moment came.
func (q *question) wait(ctx context.Context, until time.Time) (net.HardwareAddr, error) {
	for {
		q.station.link.mu.Lock()
		answer, err := q.answer, q.err
		q.station.link.mu.Unlock()
		switch {
		case answer != nil:
			return hardware(*answer), nil
		case err != nil:
			return nil, err
		}
		err = q.waiter.WaitUntil(ctx, until)
		switch {
		case err == nil:
		case errors.Is(err, os.ErrDeadlineExceeded):
			return nil, nil
		default:
			return nil, err
		}
	}
}

// How often and how far apart a neighbour is asked, as Linux does (arp(7), ucast_solicit and mcast_solicit).
const (
	resolveTries = 3
	resolvePause = time.Second
)

// Resolve asks for the MAC address of a neighbour, from an address that the station holds if there is one. A station of
// the same link is found too.
func (s *Station) Resolve(ctx context.Context, a netip.Addr) (net.HardwareAddr, error) {
	if !a.Is4() {
		return s.resolve6(ctx, a)
	}
	q := s.ask(a, false)
	defer q.drop()
	from := s.source()
	for range resolveTries {
		if err := s.link.send(ctx, arp{op: arpRequest, sha: s.mac, spa: from, tpa: a}.frame(broadcast)); err != nil {
			return nil, err
		}
		if mac, err := q.wait(ctx, s.link.world.Clock().Now().Add(resolvePause)); mac != nil || err != nil {
			return mac, err
		}
	}
	return nil, fmt.Errorf("%s on %s doesn't tell its MAC address: %w", a, s.link.iface.Name, syscall.EHOSTUNREACH)
}

// source is an IPv4 address that the station holds, or none.
func (s *Station) source() netip.Addr {
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	if i := slices.IndexFunc(s.held, netip.Addr.Is4); i >= 0 {
		return s.held[i]
	}
	return netip.IPv4Unspecified()
}
