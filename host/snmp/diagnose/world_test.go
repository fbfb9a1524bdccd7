package diagnose_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// A fake is an agent with users of version 3, on host h2 of a lab in simulated time: silence is silence there, however
// busy the machine is.
type fake struct {
	t      *testing.T
	asking context.Context // host h1
	clock  network.Clock
	users  *usm.Users
	engine *usm.Engine
	salts  *usm.Salts

	quiet  []usm.Statistic // what it does not report
	demand usm.Level       // it authorizes no less
	mute   usm.Level       // it does not answer what has this level
	hidden bool            // it shows nothing
	old    bool            // it speaks version 2c only
	conn   network.PacketConn
	addr   string
}

func newFake(t *testing.T, change func(*fake), users ...*usm.User) *fake {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1 -- h2"}})
	if err != nil {
		t.Fatal(err)
	}
	clock := simtime.New(time.Time{})
	t.Cleanup(clock.Close)
	world, err := lab.New(plan, lab.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { world.Close() })
	h1, _ := world.Network("h1")
	h2, _ := world.Network("h2")
	f := &fake{t: t, clock: clock, salts: usm.NewSalts(1), engine: usm.NewEngine(usm.NewEngineID("fake"), 3, clock.Now())}
	f.asking = network.WithRand(network.With(t.Context(), h1), 1)
	node, _ := plan.Node("h2")
	if f.conn, err = h2.ListenPacket(t.Context(), "udp4", node.Addr().String()+":161", nil); err != nil {
		t.Fatal(err)
	}
	f.addr = f.conn.LocalAddr().String()
	t.Cleanup(func() { f.conn.Close() })
	if f.users, err = usm.NewUsers(users...); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(f)
	}
	network.GoBy(clock, f.serve)
	return f
}

func (f *fake) serve() {
	room := make([]byte, 65535)
	for {
		n, from, err := f.conn.ReadFrom(room)
		if err != nil {
			return
		}
		m, err := message.Decode(slices.Clone(room[:n]))
		if err != nil {
			f.t.Error(err)
			return
		}
		var b []byte
		switch {
		case m.Version == message.V3 && !f.old:
			b, err = f.secure(m)
		case m.Version == message.V2c && string(m.Community) == "public":
			b, err = (&message.Message{Version: m.Version, Community: m.Community, PDU: f.answer(m, usm.AuthPriv)}).Encode()
		}
		if err != nil {
			f.t.Error(err)
		}
		if b != nil {
			f.conn.WriteTo(b, from)
		}
	}
}

func (f *fake) secure(m *message.Message) ([]byte, error) {
	k, err := f.engine.Receive(m, f.users, f.clock.Now())
	if r, ok := err.(*usm.Refusal); ok {
		if slices.Contains(f.quiet, r.Statistic) {
			return nil, nil
		}
		return f.engine.Report(m, k, err, f.clock.Now())
	}
	if level, _ := usm.LevelOf(m.V3.Flags); f.mute > 0 && level >= f.mute {
		return nil, nil
	}
	boots, seconds := f.engine.Now(f.clock.Now())
	level, _ := usm.LevelOf(m.V3.Flags)
	return usm.Seal(&message.Message{Version: message.V3, PDU: f.answer(m, level), V3: &message.Secure{
		ID: m.V3.ID, MaxSize: 65507, Flags: m.V3.Flags &^ message.Reportable, Model: message.ModelUSM, ContextEngine: f.engine.ID(),
		Security: message.Security{EngineID: f.engine.ID(), Boots: boots, Time: seconds, User: m.V3.Security.User}}}, k, f.salts.Next())
}

func (f *fake) answer(m *message.Message, level usm.Level) *message.PDU {
	p := &message.PDU{Type: message.Response, RequestID: m.PDU.RequestID, Vars: slices.Clone(m.PDU.Vars)}
	switch {
	case level < f.demand:
		p.ErrorStatus = message.AuthorizationError
	case f.hidden:
		p.Vars[0].Value = message.NoSuchObject
	default:
		p.Vars[0].Value = message.TimeTicks(4711)
	}
	return p
}

// now is when the agent lives.
func (f *fake) now() time.Time { return f.clock.Now() }

// options are those to ask the agent as u.
func (f *fake) options(u *usm.User) manager.Options {
	return manager.Options{Addr: f.addr, Version: message.V3, User: u, Timeout: 300 * time.Millisecond}
}
