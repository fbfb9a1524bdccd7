//go:build interop && unix

package message_test

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/snmptest"
)

// samples are messages of all versions and PDUs.
func samples() []*message.Message {
	name := oid.MustParse("1.3.6.1.4.1.8072.9999.9999")
	var list []*message.Message
	add := func(v message.Version, p *message.PDU) {
		m := &message.Message{Version: v, Community: []byte("public"), PDU: p}
		if v == message.V3 {
			engine := []byte{0x80, 0, 0x1f, 0x88, 0x80, 1, 2, 3, 4}
			m.V3 = &message.Secure{ID: 99, MaxSize: 1472, Flags: message.Reportable, Model: message.ModelUSM, ContextEngine: engine, Context: "ctx",
				Security: message.Security{EngineID: engine, Boots: 3, Time: 1 << 20, User: "moon"}}
		}
		p.RequestID = 1000 + int32(len(list))
		list = append(list, m)
	}
	for _, v := range []message.Version{message.V1, message.V2c, message.V3} {
		for _, kind := range []message.PDUType{message.Get, message.GetNext, message.Set, message.Response, message.GetBulk, message.Inform, message.TrapV2, message.Report} {
			if v == message.V1 && kind >= message.GetBulk {
				continue
			}
			p := &message.PDU{Type: kind, Vars: []message.Var{{Name: name, Value: message.Text("R2")}, {Name: name.Append(1), Value: message.Integer(-70000)}}}
			if kind == message.GetBulk {
				p = message.NewBulk(1, 300, message.Ask(name, name.Append(1))...)
			}
			if kind == message.Response {
				p.ErrorStatus, p.ErrorIndex = message.GenErr, 200
			}
			add(v, p)
		}
	}
	for _, tt := range judged {
		if tt.kind != 0 && len(tt.value.Bytes()) < 1000 {
			add(message.V2c, &message.PDU{Type: message.Response, Vars: []message.Var{{Name: name, Value: tt.value}}})
		}
	}
	add(message.V1, &message.PDU{Type: message.TrapV1, Trap: &message.Trap{Enterprise: oid.OID{1, 3, 6, 1, 4, 1, 9}, Agent: netip.MustParseAddr("10.0.0.9"),
		Generic: 6, Specific: 7, Time: 1 << 31}, Vars: []message.Var{{Name: name, Value: message.Gauge32(1)}}})
	return list
}

// tsharkFields are the fields that tshark tells, and the value that we have for each.
var tsharkFields = []string{"snmp.request_id", "snmp.error_status", "snmp.error_index", "snmp.non_repeaters", "snmp.max_repetitions", "snmp.name",
	"snmp.value.int", "snmp.value.octets", "snmp.value.oid", "snmp.value.ipv4", "snmp.value.g32", "snmp.value.timeticks",
	"snmp.value.counter", "snmp.value.opaque", "snmp.enterprise", "snmp.generic_trap", "snmp.specific_trap", "snmp.time_stamp", "snmp.contextName", "snmp.msgUserName"}

// expected is what tshark should tell of a message, by its fields.
func expected(m *message.Message) map[string]string {
	p, want := m.PDU, map[string]string{}
	set := func(name string, v any) {
		if want[name] != "" {
			want[name] += ","
		}
		want[name] += fmt.Sprint(v)
	}
	switch {
	case p.Trap != nil:
		set("snmp.enterprise", p.Trap.Enterprise)
		set("snmp.generic_trap", p.Trap.Generic)
		set("snmp.specific_trap", p.Trap.Specific)
		set("snmp.time_stamp", p.Trap.Time)
	case p.Type == message.GetBulk:
		set("snmp.request_id", p.RequestID)
		set("snmp.non_repeaters", p.NonRepeaters())
		set("snmp.max_repetitions", p.MaxRepetitions())
	default:
		set("snmp.request_id", p.RequestID)
		set("snmp.error_status", int32(p.ErrorStatus))
		set("snmp.error_index", p.ErrorIndex)
	}
	if m.V3 != nil {
		set("snmp.contextName", m.V3.Context)
		set("snmp.msgUserName", m.V3.Security.User)
	}
	for _, v := range p.Vars {
		set("snmp.name", v.Name)
		switch v.Value.Type {
		case message.TypeInteger:
			set("snmp.value.int", v.Value.Int())
		case message.TypeOctetString:
			if len(v.Value.Bytes()) == 0 {
				set("snmp.value.octets", "<MISSING>") // tshark's word for an empty string
				continue
			}
			set("snmp.value.octets", fmt.Sprintf("%x", v.Value.Bytes()))
		case message.TypeObjectIdentifier:
			set("snmp.value.oid", v.Value)
		case message.TypeIPAddress:
			set("snmp.value.ipv4", v.Value)
		case message.TypeGauge32:
			set("snmp.value.g32", v.Value)
		case message.TypeTimeTicks:
			set("snmp.value.timeticks", v.Value.Uint())
		case message.TypeCounter32, message.TypeCounter64:
			set("snmp.value.counter", v.Value)
		case message.TypeOpaque, message.TypeOpaqueFloat, message.TypeOpaqueDouble:
			set("snmp.value.opaque", fmt.Sprintf("%x", v.Value.Raw()))
		}
	}
	return want
}

// TestTshark has tshark read every sample.
func TestTshark(t *testing.T) {
	t.Parallel()
	var dump strings.Builder
	list := samples()
	for _, m := range list {
		for i, b := range mustEncode(t, m) {
			if i%16 == 0 {
				fmt.Fprintf(&dump, "\n%06x", i)
			}
			fmt.Fprintf(&dump, " %02x", b)
		}
		dump.WriteString("\n")
	}
	dir := t.TempDir()
	file, pcap := filepath.Join(dir, "messages.txt"), filepath.Join(dir, "messages.pcap")
	if err := os.WriteFile(file, []byte(dump.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	snmptest.Run(t, "text2pcap", "-u", "161,161", file, pcap)
	args := []string{"-r", pcap, "-o", "snmp.display_oid:FALSE", "-T", "fields", "-E", "separator=|", "-e", "_ws.malformed", "-e", "_ws.expert.message"}
	for _, f := range tsharkFields {
		args = append(args, "-e", f)
	}
	var rows []string
	for line := range strings.Lines(snmptest.Run(t, "tshark", args...)) {
		if strings.Contains(line, "|") {
			rows = append(rows, strings.TrimSuffix(line, "\n"))
		}
	}
	if len(rows) != len(list) {
		t.Fatalf("%d rows for %d messages", len(rows), len(list))
	}
	for i, row := range rows {
		words := strings.Split(row, "|")
		if words[0] != "" {
			t.Errorf("%s: malformed: %s", list[i], row)
		}
		want := expected(list[i])
		for k, f := range tsharkFields {
			if words[2+k] != want[f] {
				t.Errorf("%s: tshark reads %s as %q, want %q", list[i], f, words[2+k], want[f])
			}
		}
	}
}
