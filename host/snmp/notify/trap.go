package notify

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/transport"
	"moonwire/host/snmp/usm"
)

// A Target is whom to send traps to, and how.
type Target struct {
	To        netip.AddrPort
	Network   string // udp or tcp
	Version   message.Version
	Community []byte // of versions 1 and 2c

	// Of version 3, where the sender's engine is the authority on a trap.
	User    *usm.User
	Engine  *usm.Engine
	Context string

	// Of version 1.
	Agent      netip.Addr // that the trap is about; none: the one that it is sent from
	Enterprise oid.OID    // what the agent is, for generic traps
}

// patience is how long a TCP connection may take.
const patience = 5 * time.Second

// Send sends a trap: once, to be heard or not. What was sent comes back.
func Send(ctx context.Context, t Target, n Notification) ([]byte, error) {
	m, err := t.message(ctx, n)
	if err != nil {
		return nil, err
	}
	var b []byte
	if m.V3 == nil {
		b, err = m.Encode()
	} else {
		b, err = t.seal(ctx, m)
	}
	if err != nil {
		return nil, err
	}
	line, err := t.line(ctx)
	if err != nil {
		return nil, err
	}
	defer line.Close()
	if err := line.Send(ctx, b, t.To, network.ClockFrom(ctx).Now().Add(patience)); err != nil {
		return nil, fmt.Errorf("%s %s: %w", t.Network, t.To, err)
	}
	return b, nil
}

// line is the way to the target.
func (t *Target) line(ctx context.Context) (transport.Line, error) {
	n := network.From(ctx)
	if strings.HasPrefix(t.Network, "tcp") {
		return transport.NewStream(n), nil
	}
	family := "udp6"
	if t.To.Addr().Is4() {
		family = "udp4"
	}
	return transport.OpenDatagrams(ctx, n, family, t.To)
}

// message is the trap, in version 3 still in clear.
func (t *Target) message(ctx context.Context, n Notification) (*message.Message, error) {
	m := &message.Message{Version: t.Version, Community: t.Community}
	chance := network.Rand(ctx)
	if t.Version == message.V1 {
		var err error
		m.PDU, err = n.ToV1(t.agent(ctx), t.Enterprise)
		return m, err
	}
	if err := t.fill(&n); err != nil {
		return nil, err
	}
	m.PDU = &message.PDU{Type: message.TrapV2, RequestID: chance.Int32(), Vars: n.Bindings()}
	if t.Version == message.V3 {
		m.Community = nil
		m.V3 = &message.Secure{ID: chance.Int32(), MaxSize: longestAnswer, Flags: t.User.Level().Flags(), Model: message.ModelUSM,
			ContextEngine: t.Engine.ID(), Context: t.Context}
	}
	return m, nil
}

// fill makes variables of what only version 1 has a place for, when it was given.
func (t *Target) fill(n *Notification) error {
	for _, more := range t.more() {
		if _, has := n.Var(more.Name); !has {
			n.Vars = append(n.Vars[:len(n.Vars):len(n.Vars)], more)
		}
	}
	if t.Agent.IsValid() && !t.Agent.Unmap().Is4() {
		return unsayable("the agent's address %s is not of IPv4: snmpTrapAddress.0 has room for no other", t.Agent)
	}
	return nil
}

func (t *Target) more() (vars []message.Var) {
	if t.Agent.IsValid() {
		vars = append(vars, message.Var{Name: TrapAddress, Value: message.IPAddress(t.Agent)})
	}
	if t.Enterprise != nil {
		vars = append(vars, message.Var{Name: TrapEnterprise, Value: message.OIDValue(t.Enterprise)})
	}
	return vars
}

// agent is the address that a trap of version 1 is about; 0.0.0.0 where there is none of IPv4.
func (t *Target) agent(ctx context.Context) netip.Addr {
	if t.Agent.IsValid() {
		return t.Agent
	}
	hop, err := network.From(ctx).NextHop(ctx, t.To.Addr(), "")
	if err != nil || !hop.Src.Unmap().Is4() {
		return netip.IPv4Unspecified()
	}
	return hop.Src.Unmap()
}

// seal signs and encrypts the trap with the keys that the user has for the own engine.
func (t *Target) seal(ctx context.Context, m *message.Message) ([]byte, error) {
	k, err := t.User.Localize(t.Engine.ID())
	if err != nil {
		return nil, err
	}
	s := &m.V3.Security
	s.EngineID, s.User = t.Engine.ID(), t.User.Name
	s.Boots, s.Time = t.Engine.Now(network.ClockFrom(ctx).Now())
	return usm.Seal(m, k, network.Rand(ctx).Uint64())
}
