package resident

import (
	"context"
	"net/netip"
	"time"

	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/notify"
	"moonwire/host/snmp/usm"
)

// A Target is who is notified, and how.
type Target struct {
	To        string // host:port; the name is looked up for each notification
	Network   string // "udp" or "tcp"
	Version   message.Version
	Community []byte
	User      *usm.User // of version 3
	Context   string    // likewise
	Inform    bool      // with confirmation
	Timeout   time.Duration
	Retries   int // of informs after the first sending; -1: none
}

// Progress is what became of a target's notifications.
type Progress struct {
	Target    Target
	Sent      int // notifications; of informs, those that were confirmed
	Failed    int
	Waiting   int
	LastError error
}

// send sends a notification.
func (s *sender) send(ctx context.Context, n notify.Notification) error {
	if s.target.Inform {
		return s.inform(ctx, n)
	}
	to, err := manager.Resolve(ctx, s.target.Network, s.target.To)
	if err != nil {
		return err
	}
	_, err = notify.Send(ctx, s.trap(to), n)
	return err
}

// trap is the target of traps, of which this engine is the authority.
func (s *sender) trap(to netip.AddrPort) notify.Target {
	t := &s.target
	return notify.Target{To: to, Network: t.Network, Version: t.Version, Community: t.Community, User: t.User, Engine: s.agent.Engine(),
		Context: t.Context}
}

// inform sends one that is to be confirmed.
func (s *sender) inform(ctx context.Context, n notify.Notification) error {
	t := &s.target
	session, err := manager.Open(ctx, manager.Options{Addr: t.To, Network: t.Network, Version: t.Version, Community: t.Community, User: t.User,
		Context: t.Context, Timeout: t.Timeout, Retries: t.Retries})
	if err != nil {
		return err
	}
	defer session.Close()
	_, err = notify.Inform(ctx, session, n)
	return err
}
