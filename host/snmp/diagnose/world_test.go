package diagnose_test

import (
	"net"
	"slices"
	"testing"
	"time"

	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// A fake is an agent on loopback with users of version 3.
type fake struct {
	t      *testing.T
	users  *usm.Users
	engine *usm.Engine
	salts  *usm.Salts

	quiet  []usm.Statistic // what it does not report
	demand usm.Level       // it authorizes no less
	mute   usm.Level       // it does not answer what has this level
	hidden bool            // it shows nothing
	old    bool            // it speaks version 2c only
	conn   net.PacketConn
}

func newFake(t *testing.T, change func(*fake), users ...*usm.User) *fake {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	f := &fake{t: t, engine: usm.NewEngine(usm.NewEngineID("fake"), 3, time.Now()), salts: usm.NewSalts(1), conn: conn}
	if f.users, err = usm.NewUsers(users...); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(f)
	}
	go f.serve()
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
	k, err := f.engine.Receive(m, f.users, time.Now())
	if r, ok := err.(*usm.Refusal); ok {
		if slices.Contains(f.quiet, r.Statistic) {
			return nil, nil
		}
		return f.engine.Report(m, k, err, time.Now())
	}
	if level, _ := usm.LevelOf(m.V3.Flags); f.mute > 0 && level >= f.mute {
		return nil, nil
	}
	boots, seconds := f.engine.Now(time.Now())
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
func (f *fake) now() time.Time { return time.Now() }

// options are those to ask the agent as u.
func (f *fake) options(u *usm.User) manager.Options {
	return manager.Options{Addr: f.conn.LocalAddr().String(), Version: message.V3, User: u, Timeout: 300 * time.Millisecond}
}
