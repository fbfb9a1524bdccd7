package mib2

import (
	"context"
	"net"
	"slices"
	"sync"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/oid"
)

// Options say what a host can't know of itself.
type Options struct {
	Description string // sysDescr; "": what the system says
	Name        string // sysName; "": the host's name
	Contact     string // sysContact
	Location    string // sysLocation
}

// A Host tells of itself.
type Host struct {
	net       network.Network
	inspector network.Inspector // nil: this world counts nothing
	clock     network.Clock
	began     time.Time
	system    network.System

	mu          sync.Mutex // guards what follows
	description string
	name        string // "": the host's
	contact     string
	location    string
	aliases     map[string]string    // of interfaces, that were set
	quiet       map[string]bool      // interfaces whose traps are switched off
	running     map[string]bool      // interfaces, as was heard last
	changed     map[string]time.Time // when they began to run or ceased to
	authTraps   bool
	heard       func(Event)
	stop        func()
}

// New makes the Host of ctx's network. It listens to its interfaces until Close.
func New(ctx context.Context, o Options) (*Host, error) {
	n := network.From(ctx)
	h := &Host{net: n, clock: n.Clock(), description: o.Description, name: o.Name, contact: o.Contact, location: o.Location,
		aliases: map[string]string{}, quiet: map[string]bool{}, running: map[string]bool{}, changed: map[string]time.Time{}}
	h.began = h.clock.Now()
	h.inspector, _ = network.As[network.Inspector](n)
	if h.inspector == nil {
		return h, nil
	}
	h.system = h.inspector.System()
	list, _ := n.Interfaces()
	for _, i := range list {
		h.running[i.Name] = i.Flags&net.FlagRunning != 0
	}
	stop, err := h.inspector.Watch(h.hear)
	if err != nil {
		return nil, err
	}
	h.stop = stop
	return h, nil
}

// Began is when sysUpTime was 0.
func (h *Host) Began() time.Time { return h.began }

// Uptime is sysUpTime.
func (h *Host) Uptime() uint32 { return h.ticks(h.clock.Now()) }

// Close ends the listening. It may be called twice.
func (h *Host) Close() {
	h.mu.Lock()
	stop := h.stop
	h.stop, h.heard = nil, nil
	h.mu.Unlock()
	if stop != nil {
		stop()
	}
}

// groups are all, in the order of their roots.
var groups = func() []*group {
	all := slices.Concat(systemGroups, interfaceGroups, ipGroups, routeGroups, icmpGroups, tcpGroups, udpGroups, snmpGroups)
	slices.SortFunc(all, func(a, b *group) int { return oid.Compare(a.root, b.root) })
	return all
}()

// Roots are the subtrees in which a Host answers.
func Roots() []oid.OID {
	return []oid.OID{at(1), at(2), at(4), at(5), at(6), at(7), at(11, 30), at(25, 1), at(31)}
}

// Name is sysName.
func (h *Host) Name() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sysName()
}
