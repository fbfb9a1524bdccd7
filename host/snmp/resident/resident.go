package resident

import (
	"context"

	"moonwire/host/network"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/mib2"
	"moonwire/host/snmp/notify"
	"moonwire/host/snmp/usm"
)

// A Resident is what makes an agent that of its host.
type Resident struct {
	host    *mib2.Host
	senders []*sender
}

// New makes an agent's tree tell of ctx's host.
func New(ctx context.Context, tree *agent.Tree, o mib2.Options, targets []Target) (*Resident, error) {
	host, err := mib2.New(ctx, o)
	if err != nil {
		return nil, err
	}
	r := &Resident{host: host}
	for _, t := range targets {
		r.senders = append(r.senders, newSender(ctx, t))
	}
	tree.Mount(host.Mounts()...)
	return r, nil
}

// Start tells the targets that the agent began (coldStart), and goes on to tell them what happens.
func (r *Resident) Start(a *agent.Agent) {
	r.host.Notify(r.notify)
	for _, s := range r.senders {
		s.start(a)
	}
	r.notify(r.host.Started())
}

// EngineOf is the id of the engine of a lab's host, by its first MAC address (RFC 3411, SnmpEngineID). On a real machine
// there may be other engines: nil.
func EngineOf(n network.Network) usm.EngineID {
	if !n.Caps().Lab {
		return nil
	}
	const byMAC = 3
	list, _ := n.Interfaces()
	for _, i := range list {
		if len(i.MAC) == 6 {
			return append(usm.EngineID{0x80, 0, 0x7e, 0xd9, byMAC}, i.MAC...) // enterprise 32473, which RFC 5612 keeps for examples
		}
	}
	return nil
}

// Happened tells the targets of messages that were not authentic.
func (r *Resident) Happened(e agent.Event) {
	if !e.Bad {
		return
	}
	if n, allowed := r.host.Refused(); allowed {
		r.notify(n)
	}
}

// notify tells the targets.
func (r *Resident) notify(e mib2.Event) {
	for _, s := range r.senders {
		s.put(notify.Notification{Trap: e.Trap, Uptime: e.Uptime, Vars: e.Vars})
	}
}

// Targets are what became of the notifications, in the order of the targets.
func (r *Resident) Targets() []Progress {
	var all []Progress
	for _, s := range r.senders {
		all = append(all, s.progress())
	}
	return all
}

// Close ends it. What was not sent is not sent any more. It may be called twice.
func (r *Resident) Close() {
	r.host.Close()
	for _, s := range r.senders {
		s.close()
	}
}
