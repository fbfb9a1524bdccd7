package mib2

import (
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// The notifications of a host (RFC 3418).
var (
	ColdStart             = snmpTrap(1)
	WarmStart             = snmpTrap(2)
	LinkDown              = snmpTrap(3)
	LinkUp                = snmpTrap(4)
	AuthenticationFailure = snmpTrap(5)
)

func snmpTrap(n uint32) oid.OID { return oid.OID{1, 3, 6, 1, 6, 3, 1, 1, 5, n} }

// An Event is something to notify of.
type Event struct {
	Trap   oid.OID
	Uptime uint32 // sysUpTime then
	Vars   []message.Var
}

// Notify makes f hear of interfaces that come and go. F must not wait, nor ask the host.
func (h *Host) Notify(f func(Event)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.heard = f
}

// hear notes that an interface came or went.
func (h *Host) hear(c network.Change) {
	now := h.clock.Now()
	h.mu.Lock()
	if h.running[c.Interface] == c.Running { // it was heard of, or seen, before
		h.mu.Unlock()
		return
	}
	h.running[c.Interface], h.changed[c.Interface] = c.Running, now
	f, quiet := h.heard, h.quiet[c.Interface]
	h.mu.Unlock()
	if f == nil || quiet {
		return
	}
	trap := LinkDown
	if c.Running {
		trap = LinkUp
	}
	f(h.event(trap, now, h.linkVars(c)))
}

func (h *Host) event(trap oid.OID, now time.Time, vars []message.Var) Event {
	return Event{Trap: trap, Uptime: h.ticks(now), Vars: vars}
}

// linkVars are the variables of linkDown and linkUp (RFC 2863).
func (h *Host) linkVars(c network.Change) []message.Var {
	list, _ := h.net.Interfaces()
	for _, i := range list {
		if i.Name == c.Interface {
			index := uint32(i.Index)
			return []message.Var{
				{Name: ifEntry.Append(ifIndex, index), Value: number(i.Index)},
				{Name: ifEntry.Append(ifAdminStatus, index), Value: number(status(c.Up))},
				{Name: ifEntry.Append(ifOperStatus, index), Value: number(status(c.Running))},
			}
		}
	}
	return nil
}

// Started is the notification of the host's start.
func (h *Host) Started() Event { return h.event(ColdStart, h.clock.Now(), nil) }

// Refused is the notification that somebody asked who wasn't allowed; false when snmpEnableAuthenTraps forbids it.
func (h *Host) Refused() (Event, bool) {
	h.mu.Lock()
	allowed := h.authTraps
	h.mu.Unlock()
	return h.event(AuthenticationFailure, h.clock.Now(), nil), allowed
}
