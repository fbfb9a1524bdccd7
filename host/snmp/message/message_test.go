package message_test

import (
	"bytes"
	"encoding/hex"
	"math"
	"net/netip"
	"testing"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// sysName is a get of sysName.0 as net-snmp's snmpget sends it.
const sysName = "302902010104067075626c6963a01c02041b2c3d4e020100020100300e300c06082b060102010105000500"

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestGet(t *testing.T) {
	t.Parallel()
	m, err := message.Decode(unhex(t, sysName))
	if err != nil || m.Err() != nil || len(m.Problems) > 0 {
		t.Fatal(err, m.Problems)
	}
	if m.Version != message.V2c || string(m.Community) != "public" || m.PDU.Type != message.Get || m.PDU.RequestID != 0x1b2c3d4e {
		t.Errorf("%+v %+v", m, m.PDU)
	}
	if len(m.PDU.Vars) != 1 || m.PDU.Vars[0].String() != "1.3.6.1.2.1.1.5.0 = NULL" {
		t.Errorf("%v", m.PDU.Vars)
	}
	made := message.Message{Version: message.V2c, Community: []byte("public"),
		PDU: &message.PDU{Type: message.Get, RequestID: 0x1b2c3d4e, Vars: message.Ask(oid.MustParse(".1.3.6.1.2.1.1.5.0"))}}
	b, err := made.Encode()
	if err != nil || hex.EncodeToString(b) != sysName {
		t.Errorf("%x, %v", b, err)
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value message.Value
		hex   string
		text  string
	}{
		{message.Integer(0), "020100", "0"},
		{message.Integer(127), "02017f", "127"},
		{message.Integer(128), "02020080", "128"},
		{message.Integer(-128), "020180", "-128"},
		{message.Integer(-129), "0202ff7f", "-129"},
		{message.Integer(math.MinInt32), "020480000000", "-2147483648"},
		{message.Integer(math.MaxInt32), "02047fffffff", "2147483647"},
		{message.Text(""), "0400", ""},
		{message.Text("R2"), "04025232", "R2"},
		{message.String([]byte{0x80, 0, 0x1f}), "040380001f", "80 00 1F"},
		{message.Null, "0500", "NULL"},
		{message.OIDValue(oid.OID{1, 3, 6, 1, 4, 1, 9, 1 << 31, math.MaxUint32}), "06102b06010401098880808000" + "8fffffff7f", "1.3.6.1.4.1.9.2147483648.4294967295"},
		{message.OIDValue(oid.OID{0, 0}), "060100", "0.0"},
		{message.OIDValue(oid.OID{2, 999, 3}), "0603883703", "2.999.3"},
		{message.OIDValue(oid.OID{2, math.MaxUint32}), "0605908080804f", "2.4294967295"},
		{message.IPAddress(netip.MustParseAddr("10.1.2.3")), "40040a010203", "10.1.2.3"},
		{message.Counter32(math.MaxUint32), "410500ffffffff", "4294967295"},
		{message.Gauge32(128), "42020080", "128"},
		{message.TimeTicks(8640000 + 123456), "43040085b840", "(8763456) 1 day, 0:20:34.56"},
		{message.Opaque([]byte{1}), "440101", "01"},
		{message.Counter64(math.MaxUint64), "460900ffffffffffffffff", "18446744073709551615"},
		{message.Counter64(1 << 63), "4609008000000000000000", "9223372036854775808"},
		{message.NoSuchObject, "8000", "noSuchObject"},
		{message.NoSuchInstance, "8100", "noSuchInstance"},
		{message.EndOfMibView, "8200", "endOfMibView"},
		{message.Float(1.5), "44079f78043fc00000", "1.500000"},
		{message.Double(-2), "440b9f7908c000000000000000", "-2.000000"},
		{message.Number(message.TypeOpaqueCounter64, 200), "44059f760200c8", "200"},
		{message.Number(message.TypeOpaqueInteger64, math.MaxUint64), "44049f7a01ff", "-1"},
		{message.Number(message.TypeOpaqueUnsigned64, 5), "44049f7b0105", "5"},
	} {
		m := message.Message{Version: message.V2c, PDU: &message.PDU{Type: message.Response, Vars: []message.Var{{oid.OID{1, 3}, tt.value}}}}
		b, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if tt.hex != "" && !bytes.HasSuffix(b, unhex(t, "06012b"+tt.hex)) {
			t.Errorf("%s is %x, want %s", tt.text, b, tt.hex)
		}
		back, err := message.Decode(b)
		if err != nil || len(back.Problems) > 0 || len(back.PDU.Vars) != 1 {
			t.Fatal(tt.hex, err, back.Problems)
		}
		if got := back.PDU.Vars[0].Value; !got.Equal(tt.value) || tt.text != "" && got.String() != tt.text {
			t.Errorf("%s is read as %v, a %s", tt.hex, got, got.Type)
		}
	}
}
