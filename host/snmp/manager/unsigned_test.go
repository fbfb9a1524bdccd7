package manager_test

import (
	"net"
	"strings"
	"testing"
	"time"

	"moonwire/host/decl"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// An engine makes a fake speak version 3, at boots 1.
func engine(t *testing.T, f *fake) *usm.Engine {
	t.Helper()
	users, err := usm.NewUsers(&signed)
	if err != nil {
		t.Fatal(err)
	}
	e := usm.NewEngine(usm.NewEngineID("fake"), 1, time.Now())
	f.does(func(m *message.Message, from net.Addr) bool {
		now := time.Now()
		keys, err := e.Receive(m, users, now)
		var data []byte
		if err != nil {
			data, err = e.Report(m, keys, err, now)
		} else {
			data, err = seal(f, e, keys, m, now)
		}
		if err != nil {
			t.Error(err)
		}
		f.conn.WriteTo(data, from)
		return true
	})
	return e
}

func seal(f *fake, e *usm.Engine, keys *usm.Keys, m *message.Message, now time.Time) ([]byte, error) {
	boots, seconds := e.Now(now)
	answer := f.answer(m)
	answer.V3 = &message.Secure{ID: m.V3.ID, MaxSize: 65507, Flags: message.Auth, Model: message.ModelUSM, ContextEngine: e.ID(),
		Security: message.Security{EngineID: e.ID(), Boots: boots, Time: seconds, User: signed.Name}}
	return usm.Seal(answer, keys, 0)
}

// late is a report, in clear, that a message is outside the time window: of an engine that has booted nine times.
func late(m *message.Message) *message.Message {
	return &message.Message{Version: message.V3, V3: &message.Secure{ID: m.V3.ID, MaxSize: 65507, Model: message.ModelUSM,
		Security: message.Security{EngineID: m.V3.Security.EngineID, Boots: 9, Time: 99999, User: m.V3.Security.User}},
		PDU: &message.PDU{Type: message.Report, RequestID: m.PDU.RequestID, Vars: []message.Var{{Name: usm.NotInTimeWindows.OID(), Value: message.Counter32(1)}}}}
}

// asSigned opens a session at a fake that speaks version 3.
func asSigned(t *testing.T, f *fake, change ...func(*manager.Options)) *manager.Session {
	return open(t, f.addr(), append(change, func(o *manager.Options) { o.Version, o.User = message.V3, &signed })...)
}

// TestForgedTime has somebody report that messages are late before the agent answers: the answer counts, and the session's
// time stays.
func TestForgedTime(t *testing.T) {
	t.Parallel()
	f := newFake(t, sample(1)...)
	e := engine(t, f)
	honest := f.say
	s := asSigned(t, f)
	if _, err := s.Get(t.Context(), sysName); err != nil {
		t.Fatal(err)
	}
	f.does(func(m *message.Message, from net.Addr) bool {
		f.send(late(m), from)
		return honest(m, from)
	})
	if vars, err := s.Get(t.Context(), sysName); err != nil || vars[0].Value.String() != "R2" {
		t.Errorf("%v, %v", vars, err)
	}
	if known, _ := s.Engine(); known.Boots != 1 {
		t.Errorf("boots are %d", known.Boots)
	}
	if n := s.Stats(); n.Rejected != 1 {
		t.Errorf("%+v", n)
	}
	e.Boot(time.Now())
	if _, err := s.Get(t.Context(), sysName); err != nil { // the engine's own report is signed
		t.Error(err)
	}
	if known, _ := s.Engine(); known.Boots != 2 {
		t.Errorf("after a boot, boots are %d", known.Boots)
	}
}

// TestUnsignedTime has an agent that reports nothing but that, without a signature.
func TestUnsignedTime(t *testing.T) {
	t.Parallel()
	f := newFake(t, sample(1)...)
	engine(t, f)
	honest := f.say
	f.does(func(m *message.Message, from net.Addr) bool {
		if m.V3.Flags&message.Auth == 0 { // discovery
			return honest(m, from)
		}
		f.send(late(m), from)
		return true
	})
	s := asSigned(t, f, quick)
	_, err := s.Get(t.Context(), sysName)
	if decl.KindOf(err) != decl.NotInWindow {
		t.Fatalf("%s: %v", decl.KindOf(err), err)
	}
	for _, part := range []string{"no answer within 500ms (2 sendings)", "usmStatsNotInTimeWindows", "is not signed", "a new session asks"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in %q", part, err)
		}
	}
	if known, _ := s.Engine(); known.Boots != 1 {
		t.Errorf("boots are %d", known.Boots)
	}
}
