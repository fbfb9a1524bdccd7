package message_test

import (
	"testing"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// table is a response with fifty variables, as a GetBulk of the interface table brings it.
func table() *message.Message {
	p := &message.PDU{Type: message.Response, RequestID: 1 << 30}
	for i := range uint32(10) {
		row := func(column uint32) oid.OID { return oid.OID{1, 3, 6, 1, 2, 1, 2, 2, 1, column, 1000 + i} }
		p.Vars = append(p.Vars, message.Var{Name: row(2), Value: message.Text("GigabitEthernet0/1")}, message.Var{Name: row(3), Value: message.Integer(6)},
			message.Var{Name: row(10), Value: message.Counter32(3456789012)}, message.Var{Name: row(9), Value: message.TimeTicks(99)},
			message.Var{Name: row(22), Value: message.OIDValue(oid.OID{0, 0})})
	}
	return &message.Message{Version: message.V2c, Community: []byte("public"), PDU: p}
}

func BenchmarkDecode(b *testing.B) {
	data, err := table().Encode()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := message.Decode(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	m := table()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Encode(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeGet(b *testing.B) {
	m := &message.Message{Version: message.V2c, Community: []byte("public"), PDU: &message.PDU{Vars: message.Ask(oid.MustParse("1.3.6.1.2.1.1.5.0"))}}
	room := make([]byte, 0, 512)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := m.Append(room); err != nil {
			b.Fatal(err)
		}
	}
}
