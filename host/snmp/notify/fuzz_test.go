package notify

import (
	"bytes"
	"context"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/snmp/inlet"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

// deaf is a listener without sockets, for users of all levels.
func deaf(t testing.TB) *Listener {
	l, err := newListener(context.Background(), Config{AnyCommunity: true, Refused: true, Repeated: true,
		Engine: usm.NewEngine(usm.NewEngineID("receiver"), 3, time.Now()), Users: []User{{User: &usm.User{Name: "open"}},
			{User: &usm.User{Name: "ann", Auth: usm.SHA, AuthPassword: "authpass12", Priv: usm.AES, PrivPassword: "privpass12"}, Least: usm.AuthNoPriv}}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// arrival is a message that came; what is sent back goes to reply.
func arrival(b []byte, reply func([]byte) error) *inlet.Message {
	return &inlet.Message{Bytes: b, Source: netip.MustParseAddrPort("192.0.2.1:1234"), Local: netip.MustParseAddrPort("192.0.2.2:162"), Time: time.Now(),
		Reply: reply}
}

// samples are notifications of all versions, as bytes.
func samples(t testing.TB, l *Listener) (all [][]byte) {
	n := Notification{Trap: oid.MustParse("1.3.6.1.6.3.1.1.5.3"), Vars: []message.Var{{Name: oid.MustParse("1.3.6.1.2.1.2.2.1.1.2"), Value: message.Integer(2)}}}
	add := func(b []byte, err error) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	for _, to := range []Target{{Version: message.V1, Agent: netip.MustParseAddr("192.0.2.1")}, {Version: message.V2c},
		{Version: message.V3, User: l.config.Users[0].User}, {Version: message.V3, User: l.config.Users[1].User}} {
		to.Engine = usm.NewEngine(usm.NewEngineID("sender"), 3, time.Now())
		m, err := to.message(context.Background(), n)
		if err != nil {
			t.Fatal(err)
		}
		if m.V3 != nil {
			add(to.seal(context.Background(), m))
			continue
		}
		add(m.Encode())
		if m.PDU.Type == message.TrapV2 {
			m.PDU.Type = message.Inform
			add(m.Encode())
		}
	}
	question := &message.Message{Version: message.V3, V3: &message.Secure{ID: 1, MaxSize: 65507, Flags: message.Reportable, Model: message.ModelUSM},
		PDU: &message.PDU{Type: message.Get}}
	add(question.Encode())
	return all
}

// FuzzHear hears any bytes: each message is counted once, an event or an answer comes of it, and what is told can be explained.
func FuzzHear(f *testing.F) {
	l := deaf(f)
	for _, b := range samples(f, l) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l := deaf(t)
		answers := 0
		l.hear(arrival(b, func(b []byte) error {
			answers++
			if _, err := message.Decode(b); err != nil {
				t.Errorf("the answer can't be read: %v", err)
			}
			return nil
		}))
		e := l.queue.pop()
		c := l.tally.counts()
		if c.Received != 1 || answers > 1 || (e == nil) != (c.Discoveries == 1) {
			t.Fatalf("%d answers, event %v, %+v", answers, e, c)
		}
		if e == nil {
			return
		}
		if e.Inform && e.Refused == nil && answers != 1 {
			t.Error("an inform was not answered")
		}
		e.Explain(plain{})
		e.Agent()
		e.Enterprise()
		if e.Refused == nil && e.Trap != nil {
			e.ToV1(netip.Addr{}, nil)
		}
		if !bytes.Equal(e.Bytes, b) || len(l.Exchange()) != 1+answers {
			t.Error("the message was not noted")
		}
	})
}

func BenchmarkHear(b *testing.B) {
	l := deaf(b)
	for i, name := range []string{"v1", "v2c", "inform", "v3 open", "v3 sealed"} {
		m := samples(b, l)[i]
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.hear(arrival(m, func([]byte) error { return nil }))
				l.queue.pop()
			}
		})
	}
}
