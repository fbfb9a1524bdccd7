package manager

import (
	"bytes"
	"context"
	"encoding/binary"
	"net/netip"
	"os"
	"testing"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/transport"
	"moonwire/host/snmp/usm"
)

// scripted is a Line on which each question is answered with the same bytes, in which the question's id stands where theirs has
// placeholder.
type scripted struct {
	answer []byte
	queue  [][]byte
}

var placeholder = []byte{0x51, 0x52, 0x53, 0x54}

var agentAddr = netip.MustParseAddrPort("192.0.2.1:161")

func (l *scripted) Send(_ context.Context, b []byte, _ netip.AddrPort, _ time.Time) error {
	m, err := message.Decode(b)
	if err != nil {
		return err
	}
	id, _ := idOf(m)
	l.queue = append(l.queue, bytes.ReplaceAll(l.answer, placeholder, binary.BigEndian.AppendUint32(nil, uint32(id))))
	return nil
}

func (l *scripted) Receive(_ context.Context, until time.Time) (transport.Arrival, error) {
	if len(l.queue) == 0 {
		time.Sleep(time.Until(until))
		return transport.Arrival{}, os.ErrDeadlineExceeded
	}
	b := l.queue[0]
	l.queue = l.queue[1:]
	return transport.Arrival{Data: b, From: agentAddr, Time: time.Now()}, nil
}

func (l *scripted) Resends() bool         { return true }
func (l *scripted) Local() netip.AddrPort { return netip.AddrPort{} }
func (l *scripted) Close() error          { return nil }

// FuzzAnswer has an agent answer all questions of a get, a walk and a discovery with any bytes: each ends, with what was asked
// for or with an error.
func FuzzAnswer(f *testing.F) {
	name := oid.MustParse("1.3.6.1.2.1.1.5.0")
	seed := func(m *message.Message) {
		b, err := m.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	id := int32(binary.BigEndian.Uint32(placeholder))
	for _, vars := range [][]message.Var{nil, {{Name: name, Value: message.Text("R2")}}, {{Name: name, Value: message.EndOfMibView}}} {
		for _, status := range []message.ErrorStatus{message.NoError, message.TooBig, message.NoSuchName, 99} {
			pdu := &message.PDU{Type: message.Response, RequestID: id, ErrorStatus: status, ErrorIndex: 1, Vars: vars}
			seed(&message.Message{Version: message.V1, PDU: pdu})
			seed(&message.Message{Version: message.V2c, PDU: pdu})
		}
	}
	for _, s := range usm.Statistics {
		seed(&message.Message{Version: message.V3, V3: &message.Secure{ID: id, MaxSize: 65507, Model: message.ModelUSM, Security: message.Security{EngineID: []byte("engine")}},
			PDU: &message.PDU{Type: message.Report, RequestID: id, Vars: []message.Var{{Name: s.OID(), Value: message.Counter32(1)}}}})
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		for _, version := range []message.Version{message.V1, message.V2c, message.V3} {
			s, err := Open(t.Context(), Options{Addr: agentAddr.String(), Version: version, User: &usm.User{Name: "u"}, Timeout: time.Microsecond, Retries: -1})
			if err != nil {
				t.Fatal(err)
			}
			s.desk = newDesk(&scripted{answer: answer}, network.Kernel().Clock(), s.stats, s.journal)
			if vars, err := s.Get(t.Context(), name); err == nil && (len(vars) != 1 || !vars[0].Name.Equal(name)) {
				t.Errorf("get: %v", vars)
			}
			last := oid.OID(nil)
			root := oid.MustParse("1.3.6")
			s.Walk(t.Context(), root, WalkOptions{}, func(v message.Var) bool {
				if !v.Name.HasPrefix(root) || oid.Compare(v.Name, last) <= 0 {
					t.Errorf("walk: %s after %s", v.Name, last)
				}
				last = v.Name
				return true
			})
			for _, d := range s.Exchange() {
				s.Read(d.Data)
			}
		}
	})
}
