package message_test

import (
	"bytes"
	"fmt"
	"math"
	"net/netip"
	"strings"
	"testing"

	"github.com/gosnmp/gosnmp"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// judged are values of all types, as gosnmp takes them and gives them.
var judged = []struct {
	value       message.Value
	kind        gosnmp.Asn1BER
	gives       any
	onlyReading bool // gosnmp can't write it
}{
	{message.Integer(0), gosnmp.Integer, 0, false},
	{message.Integer(127), gosnmp.Integer, 127, false},
	{message.Integer(128), gosnmp.Integer, 128, false},
	{message.Integer(-1), gosnmp.Integer, -1, false},
	{message.Integer(-129), gosnmp.Integer, -129, false},
	{message.Integer(math.MaxInt32), gosnmp.Integer, math.MaxInt32, false},
	{message.Integer(math.MinInt32), gosnmp.Integer, math.MinInt32, false},
	{message.Text(""), gosnmp.OctetString, []byte{}, false},
	{message.Text("R2"), gosnmp.OctetString, []byte("R2"), false},
	{message.Text(strings.Repeat("x", 127)), gosnmp.OctetString, bytes.Repeat([]byte("x"), 127), false},
	{message.Text(strings.Repeat("x", 128)), gosnmp.OctetString, bytes.Repeat([]byte("x"), 128), false},
	{message.Text(strings.Repeat("x", 70000)), gosnmp.OctetString, bytes.Repeat([]byte("x"), 70000), false},
	{message.Null, gosnmp.Null, nil, false},
	{message.OIDValue(oid.OID{1, 3, 6, 1, 4, 1, 9, 128, 16384, math.MaxUint32}), gosnmp.ObjectIdentifier, ".1.3.6.1.4.1.9.128.16384.4294967295", false},
	{message.OIDValue(oid.OID{0, 0}), gosnmp.ObjectIdentifier, ".0.0", false},
	{message.OIDValue(oid.OID{2, 39, 1}), gosnmp.ObjectIdentifier, ".2.39.1", false},
	{message.IPAddress(netip.MustParseAddr("10.255.0.1")), gosnmp.IPAddress, "10.255.0.1", false},
	{message.Counter32(0), gosnmp.Counter32, uint(0), false},
	{message.Counter32(128), gosnmp.Counter32, uint(128), false},
	{message.Counter32(math.MaxUint32), gosnmp.Counter32, uint(math.MaxUint32), false},
	{message.Gauge32(1 << 31), gosnmp.Gauge32, uint(1 << 31), false},
	{message.TimeTicks(123456), gosnmp.TimeTicks, uint32(123456), false},
	{message.Counter64(255), gosnmp.Counter64, uint64(255), false},
	{message.Counter64(1 << 63), gosnmp.Counter64, uint64(1 << 63), false},
	{message.Counter64(math.MaxUint64), gosnmp.Counter64, uint64(math.MaxUint64), false},
	{message.Float(-1.5), gosnmp.OpaqueFloat, float32(-1.5), false},
	{message.Double(1e300), gosnmp.OpaqueDouble, 1e300, false},
	{message.Opaque([]byte{4, 1, 'a'}), gosnmp.Opaque, []byte{4, 1, 'a'}, false},
	{message.NoSuchObject, gosnmp.NoSuchObject, nil, false},
	{message.NoSuchInstance, gosnmp.NoSuchInstance, nil, false},
	{message.EndOfMibView, gosnmp.EndOfMibView, nil, true},
}

// TestGosnmpReads has gosnmp read values that we write.
func TestGosnmpReads(t *testing.T) {
	t.Parallel()
	for i, tt := range judged {
		name := oid.OID{1, 3, 6, 1, 4, 1, uint32(i) << 20}
		m := &message.Message{Version: message.V2c, Community: []byte("public"), PDU: &message.PDU{Type: message.Response, RequestID: 7,
			Vars: []message.Var{{Name: name, Value: tt.value}}}}
		p := byGosnmp(t, m)
		if p.RequestID != 7 || len(p.Variables) != 1 {
			t.Errorf("%v: %+v", tt.value, p)
			continue
		}
		v := p.Variables[0]
		if v.Name != "."+name.String() || v.Type != tt.kind || fmt.Sprint(v.Value) != fmt.Sprint(tt.gives) {
			t.Errorf("%s %s: gosnmp reads %s = %v %v", tt.value.Type, tt.value, v.Name, v.Type, v.Value)
		}
	}
}

// byGosnmp is what gosnmp reads of a message.
func byGosnmp(t *testing.T, m *message.Message) *gosnmp.SnmpPacket {
	t.Helper()
	b, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	var p *gosnmp.SnmpPacket
	if m.PDU.Type == message.Response {
		p, err = new(gosnmp.GoSNMP).SnmpDecodePacket(b)
	} else { // of requests, it knows those that a receiver of traps gets
		x := &gosnmp.GoSNMP{Version: gosnmp.SnmpVersion(m.Version)}
		p, err = x.UnmarshalTrap(b, false)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestReadsGosnmp reads values that gosnmp writes, and writes them as gosnmp does.
func TestReadsGosnmp(t *testing.T) {
	t.Parallel()
	for _, tt := range judged {
		if tt.onlyReading {
			continue
		}
		p := gosnmp.SnmpPacket{Version: gosnmp.Version2c, Community: "public", PDUType: gosnmp.GetResponse, RequestID: math.MaxInt32,
			Variables: []gosnmp.SnmpPDU{{Name: ".1.3.6.1.4.1.8072", Type: tt.kind, Value: tt.gives}}}
		b, err := p.MarshalMsg()
		if err != nil {
			t.Errorf("%s %s: %v", tt.value.Type, tt.value, err)
			continue
		}
		m, err := message.Decode(b)
		if err != nil || len(m.Problems) > 0 {
			t.Errorf("%s %s: %v, %v", tt.value.Type, tt.value, err, m.Problems)
			continue
		}
		if v := m.PDU.Vars[0]; m.PDU.RequestID != math.MaxInt32 || v.Name.String() != "1.3.6.1.4.1.8072" || !v.Value.Equal(tt.value) {
			t.Errorf("%s %s: read %+v", tt.value.Type, tt.value, v)
		}
		if m.Whole = nil; !bytes.Equal(mustEncode(t, m), b) {
			t.Errorf("%s %s: we write %x, gosnmp %x", tt.value.Type, tt.value, mustEncode(t, m), b)
		}
	}
}

func mustEncode(t *testing.T, m *message.Message) []byte {
	t.Helper()
	b, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestGosnmpTraps exchanges traps of version 1 with gosnmp.
func TestGosnmpTraps(t *testing.T) {
	t.Parallel()
	m := &message.Message{Version: message.V1, Community: []byte("public"), PDU: &message.PDU{Type: message.TrapV1,
		Trap: &message.Trap{Enterprise: oid.OID{1, 3, 6, 1, 4, 1, 9}, Agent: netip.MustParseAddr("10.0.0.9"), Generic: 6, Specific: 300, Time: 1 << 31},
		Vars: []message.Var{{Name: oid.OID{1, 3, 6, 1, 2, 1, 2, 2, 1, 1, 2}, Value: message.Integer(2)}}}}
	p := byGosnmp(t, m)
	if p.Enterprise != ".1.3.6.1.4.1.9" || p.AgentAddress != "10.0.0.9" || p.GenericTrap != 6 || p.SpecificTrap != 300 || p.Timestamp != 1<<31 {
		t.Errorf("%+v", p.SnmpTrap)
	}
	p = &gosnmp.SnmpPacket{Version: gosnmp.Version1, Community: "public", PDUType: gosnmp.Trap, Variables: p.Variables, SnmpTrap: p.SnmpTrap}
	p.Variables[0].Value = 2
	b, err := p.MarshalMsg()
	if err != nil {
		t.Fatal(err)
	}
	if ours := mustEncode(t, m); !bytes.Equal(b, ours) {
		t.Errorf("gosnmp writes %x, we %x", b, ours)
	}
}

// TestGosnmpBulk reads what gosnmp asks for in bulk.
func TestGosnmpBulk(t *testing.T) {
	t.Parallel()
	p := gosnmp.SnmpPacket{Version: gosnmp.Version2c, PDUType: gosnmp.GetBulkRequest, RequestID: 1, NonRepeaters: 200, MaxRepetitions: 70000,
		Variables: []gosnmp.SnmpPDU{{Name: ".1.3.6.1.2.1", Type: gosnmp.Null}}}
	b, err := p.MarshalMsg()
	if err != nil {
		t.Fatal(err)
	}
	m, err := message.Decode(b)
	if err != nil || m.PDU.Type != message.GetBulk || m.PDU.NonRepeaters() != 200 || m.PDU.MaxRepetitions() != 70000 {
		t.Errorf("%v, %+v", err, m.PDU)
	}
	if m.Whole = nil; !bytes.Equal(mustEncode(t, m), b) {
		t.Errorf("gosnmp writes %x, we %x", b, mustEncode(t, m))
	}
}

// TestOverGosnmp has what gosnmp can't say: communities over 127 bytes, whose length it writes in one byte, and an error
// index, statuses and non-repeaters over 255, which it keeps in one.
func TestOverGosnmp(t *testing.T) {
	t.Parallel()
	for _, size := range []int{127, 128, 255, 256, 65536} {
		m := &message.Message{Version: message.V2c, Community: bytes.Repeat([]byte("c"), size), PDU: &message.PDU{Type: message.Response,
			ErrorStatus: 300, ErrorIndex: 1000}}
		back, err := message.Decode(mustEncode(t, m))
		if err != nil || len(back.Problems) > 0 || len(back.Community) != size || back.PDU.ErrorStatus != 300 || back.PDU.ErrorIndex != 1000 {
			t.Errorf("%d: %v, %+v", size, err, back)
		}
		if p := byGosnmp(t, m); len(p.Community) != size {
			t.Errorf("gosnmp reads a community of %d bytes as one of %d", size, len(p.Community))
		}
	}
	p := gosnmp.SnmpPacket{Version: gosnmp.Version2c, Community: strings.Repeat("c", 128), PDUType: gosnmp.GetRequest}
	b, err := p.MarshalMsg()
	if err != nil {
		t.Fatal(err)
	}
	if m, err := message.Decode(b); err == nil && m.Err() == nil {
		t.Error("gosnmp writes long communities: compare with it")
	}
}

func BenchmarkDecodeGosnmp(b *testing.B) {
	data, err := table().Encode()
	if err != nil {
		b.Fatal(err)
	}
	var x gosnmp.GoSNMP
	b.ReportAllocs()
	for b.Loop() {
		if _, err := x.SnmpDecodePacket(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeGetGosnmp(b *testing.B) {
	p := gosnmp.SnmpPacket{Version: gosnmp.Version2c, Community: "public", PDUType: gosnmp.GetRequest,
		Variables: []gosnmp.SnmpPDU{{Name: ".1.3.6.1.2.1.1.5.0", Type: gosnmp.Null}}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.MarshalMsg(); err != nil {
			b.Fatal(err)
		}
	}
}
