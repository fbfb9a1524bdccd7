package manager_test

import (
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A behaviour answers a message in an agent's place; false leaves it to the agent.
type behaviour = func(m *message.Message, from net.Addr) bool

// A fake is an agent on loopback that does as its test says.
type fake struct {
	t    *testing.T
	conn net.PacketConn
	mib  []message.Var // in order

	mu    sync.Mutex
	say   behaviour
	asked []*message.PDU
}

func newFake(t *testing.T, vars ...message.Var) *fake {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	f := &fake{t: t, conn: conn, mib: vars}
	go f.serve()
	return f
}

func (f *fake) addr() string { return f.conn.LocalAddr().String() }

func (f *fake) serve() {
	b := make([]byte, 65535)
	for {
		n, from, err := f.conn.ReadFrom(b)
		if err != nil {
			return
		}
		m, err := message.Decode(slices.Clone(b[:n]))
		if err != nil || m.PDU == nil {
			continue
		}
		f.mu.Lock()
		f.asked = append(f.asked, m.PDU)
		say := f.say
		f.mu.Unlock()
		if say == nil || !say(m, from) {
			f.send(f.answer(m), from)
		}
	}
}

// does gives the agent a behaviour.
func (f *fake) does(say behaviour) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.say = say
}

func (f *fake) send(m *message.Message, to net.Addr) {
	data, err := m.Encode()
	if err != nil {
		f.t.Error(err)
	}
	f.conn.WriteTo(data, to)
}

// questions are those that came so far.
func (f *fake) questions() []*message.PDU {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.asked)
}

// respond makes the answer to a question with these variables.
func respond(m *message.Message, vars ...message.Var) *message.Message {
	return &message.Message{Version: m.Version, Community: m.Community,
		PDU: &message.PDU{Type: message.Response, RequestID: m.PDU.RequestID, Vars: vars}}
}

// refuse makes an answer with an error status.
func refuse(m *message.Message, status message.ErrorStatus, index int32) *message.Message {
	r := respond(m, m.PDU.Vars...)
	r.PDU.ErrorStatus, r.PDU.ErrorIndex = status, index
	return r
}

// answer does what RFC 3416 section 4.2 says.
func (f *fake) answer(m *message.Message) *message.Message {
	p, out := m.PDU, []message.Var(nil)
	switch p.Type {
	case message.Get:
		for _, v := range p.Vars {
			out = append(out, f.get(v.Name))
		}
	case message.GetNext:
		for _, v := range p.Vars {
			out = append(out, f.next(v.Name))
		}
	case message.GetBulk:
		once := min(int(p.NonRepeaters()), len(p.Vars))
		for _, v := range p.Vars[:once] {
			out = append(out, f.next(v.Name))
		}
		more := slices.Clone(p.Vars[once:])
		for range p.MaxRepetitions() {
			for i, v := range more {
				more[i] = f.next(v.Name)
				out = append(out, more[i])
			}
		}
	default:
		out = p.Vars
	}
	if m.Version == message.V1 {
		for i, v := range out {
			if v.Value.Type.Exception() {
				return refuse(m, message.NoSuchName, int32(i+1))
			}
		}
	}
	return respond(m, out...)
}

func (f *fake) get(name oid.OID) message.Var {
	for _, v := range f.mib {
		if v.Name.Equal(name) {
			return v
		}
	}
	return message.Var{Name: name, Value: message.NoSuchInstance}
}

func (f *fake) next(name oid.OID) message.Var {
	for _, v := range f.mib {
		if oid.Compare(v.Name, name) > 0 {
			return v
		}
	}
	return message.Var{Name: name, Value: message.EndOfMibView}
}

// open makes a session with an agent on loopback.
func open(t *testing.T, addr string, change ...func(*manager.Options)) *manager.Session {
	t.Helper()
	o := manager.Options{Addr: addr, Version: message.V2c, Community: []byte("public"), Timeout: 5 * time.Second, Retries: 1}
	for _, c := range change {
		c(&o)
	}
	s, err := manager.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func v1(o *manager.Options) { o.Version = message.V1 }

// quick lets a question that nobody answers end soon.
func quick(o *manager.Options) { o.Timeout, o.Retries = 250*time.Millisecond, 1 }

var system = oid.MustParse("1.3.6.1.2.1.1")

// sample is a small MIB: six variables of system, a column of n rows, and one variable behind it.
func sample(n int) []message.Var {
	vars := []message.Var{
		{Name: system.Append(1, 0), Value: message.Text("a router")},
		{Name: system.Append(2, 0), Value: message.OIDValue(oid.MustParse("1.3.6.1.4.1.8072"))},
		{Name: system.Append(3, 0), Value: message.TimeTicks(4711)},
		{Name: system.Append(5, 0), Value: message.Text("R2")},
		{Name: system.Append(7, 0), Value: message.Integer(72)},
	}
	for i := range n {
		vars = append(vars, message.Var{Name: column.Append(uint32(i + 1)), Value: message.Counter32(uint32(i * 100))})
	}
	return append(vars, message.Var{Name: oid.MustParse("1.3.6.1.2.1.11.1.0"), Value: message.Counter64(1<<63 + 1)})
}

var column = oid.MustParse("1.3.6.1.2.1.2.2.1.10")
