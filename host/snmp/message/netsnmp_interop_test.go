//go:build interop && unix

package message_test

import (
	"bytes"
	"math"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/snmptest"
)

// base is the name below which our agent holds values.
var base = oid.MustParse("1.3.6.1.4.1.8072.9999.9999")

// agent answers on loopback with what answer makes of each request, until the test ends.
func agent(t *testing.T, answer func(request *message.Message) *message.Message) (addr string) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		room := make([]byte, 65536)
		for {
			n, from, err := conn.ReadFrom(room)
			if err != nil {
				return
			}
			m, err := message.Decode(bytes.Clone(room[:n]))
			if err != nil {
				t.Errorf("%x: %v", room[:n], err)
				return
			}
			reply, err := answer(m).Encode()
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := conn.WriteTo(reply, from); err != nil {
				return
			}
		}
	}()
	return conn.LocalAddr().String()
}

// TestNetSNMPPrints has net-snmp read values of all types and compares its text with ours.
func TestNetSNMPPrints(t *testing.T) {
	t.Parallel()
	values := []message.Value{message.Integer(-129), message.Integer(math.MaxInt32), message.Text("R2"), message.Text(""), message.Text("a\tb\r\nc"),
		message.Text(`a "b" \c`), message.Text("z\u00fcrich"), message.Text("nul\x00"), message.Text("\x7f"), message.Text("\x1b"), message.Text(strings.Repeat("x", 300)),
		message.String([]byte{0x80, 0, 0x1f, 0x88}), message.OIDValue(oid.OID{0, 0}), message.OIDValue(oid.OID{1, 3, 6, 1, 4, 1, 9, math.MaxUint32}),
		message.OIDValue(oid.OID{2, 100, 3}), message.IPAddress(netip.MustParseAddr("10.1.2.3")), message.Counter32(math.MaxUint32), message.Gauge32(1 << 31),
		message.TimeTicks(0), message.TimeTicks(123456), message.TimeTicks(8763456), message.TimeTicks(math.MaxUint32), message.Counter64(math.MaxUint64), message.Counter64(1 << 63),
		message.Float(1.5), message.Double(-2.25), message.Number(message.TypeOpaqueCounter64, math.MaxUint64), message.Number(message.TypeOpaqueInteger64, math.MaxUint64-4),
		message.Number(message.TypeOpaqueUnsigned64, 5), message.NoSuchObject, message.NoSuchInstance, message.EndOfMibView}
	addr := agent(t, func(m *message.Message) *message.Message {
		last := m.PDU.Vars[0].Name[len(m.PDU.Vars[0].Name)-1]
		m.PDU.Type, m.PDU.Vars[0].Value = message.Response, values[last]
		return m
	})
	for i, v := range values {
		out := snmptest.Run(t, "snmpget", "-v2c", "-cpublic", "-m", "", "-On", addr, base.Append(uint32(i)).String())
		_, text, _ := strings.Cut(strings.TrimRight(out, " \n"), " = ")
		if got := plain(text); got != v.String() {
			t.Errorf("%s: net-snmp prints %q, we %q", v.Type, text, v.String())
		}
	}
}

// plain takes the type and the quotes from a value that net-snmp printed.
func plain(text string) string {
	for printed, name := range map[string]string{"No Such Object": "noSuchObject", "No Such Instance": "noSuchInstance", "No more variables": "endOfMibView"} {
		if strings.HasPrefix(text, printed) {
			return name
		}
	}
	if kind, rest, ok := strings.Cut(text, ": "); ok && !strings.HasPrefix(text, `"`) {
		text = rest
		if kind == "Opaque" {
			_, text, _ = strings.Cut(rest, ": ")
		}
		if kind == "OID" {
			text = strings.TrimPrefix(text, ".")
		}
	}
	if s, err := strconv.Unquote(text); err == nil {
		return s
	}
	if len(text) > 1 && text[0] == '"' {
		return strings.ReplaceAll(strings.ReplaceAll(text[1:len(text)-1], `\"`, `"`), `\\`, `\`)
	}
	return text
}

// TestNetSNMPAsks reads what net-snmp's commands send, and writes it as they do.
func TestNetSNMPAsks(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("c", 200)
	for _, tt := range []struct {
		args []string
		want string
		vars string
	}{
		{[]string{"snmpget", "-v1", "-cpublic"}, "v1 get 1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.5.0 = NULL"},
		{[]string{"snmpget", "-v2c", "-c" + long}, "v2c get 1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.5.0 = NULL"},
		{[]string{"snmpgetnext", "-v2c", "-cpublic"}, "v2c next 1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.5.0 = NULL"},
		{[]string{"snmpbulkget", "-v2c", "-cpublic", "-Cn1", "-Cr300"}, "v2c bulk 1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.5.0 = NULL"},
		{[]string{"snmpset", "-v2c", "-cpublic"}, "v2c set 1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.5.0 = -5"},
	} {
		var heard *message.Message
		addr := agent(t, func(m *message.Message) *message.Message {
			copied := *m
			heard = &copied
			reply := *m
			p := *m.PDU
			p.Type, p.ErrorStatus, p.ErrorIndex = message.Response, 0, 0
			reply.PDU = &p
			return &reply
		})
		args := append(tt.args[1:], "-On", "-m", "", addr, "1.3.6.1.2.1.1.5.0")
		if tt.args[0] == "snmpset" {
			args = append(args, "i", "-5")
		}
		snmptest.Run(t, tt.args[0], args...)
		if len(heard.Problems) > 0 || heard.String() != tt.want || heard.PDU.Vars[0].String() != tt.vars {
			t.Errorf("%v: %v, %v", tt.args, heard, heard.Problems)
		}
		if heard.PDU.Type == message.GetBulk && (heard.PDU.NonRepeaters() != 1 || heard.PDU.MaxRepetitions() != 300) {
			t.Errorf("%v: %+v", tt.args, heard.PDU)
		}
		whole := heard.Whole
		if heard.Whole = nil; !bytes.Equal(mustEncode(t, heard), whole) {
			t.Errorf("%v: we write %x, net-snmp %x", tt.args, mustEncode(t, heard), whole)
		}
	}
}
