package layers_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// snmpCases are messages of SNMP.
func snmpCases() []wireCase {
	udp := l("udp", "sport", 1161, "dport", 161)
	scapy := scapyIP + `/UDP(sport=1161,dport=161)/`
	const name = "1.3.6.1.2.1.1.5.0"
	value := func(kind, expr string, v any) wireCase {
		entry := re("oid", "1.3.6.1.4.1.9.9.1.2147483648", "type", kind)
		if v != nil {
			entry = append(entry, packet.Entry{Name: "value", Value: v})
		}
		return wireCase{name: "snmp " + kind, stack: over4(udp, l("snmp", "pdu", "response", "id", 7, "varbindlist", li(entry))),
			scapy: scapy + `SNMP(PDU=SNMPresponse(id=7,varbindlist=[SNMPvarbind(oid=ASN1_OID("1.3.6.1.4.1.9.9.1.2147483648"),value=` + expr + `)]))`}
	}
	cases := []wireCase{
		{name: "snmp defaults", stack: over4(udp, l("snmp")), scapy: scapy + `SNMP()`, setup: "from scapy.layers.snmp import *\nfrom scapy.asn1.asn1 import *"},
		{name: "snmp get", stack: over4(udp, l("snmp", "version", "v2c", "community", "secret", "pdu", "get", "id", 4711, "varbindlist", li(re("oid", name), re("oid", ".1.3.6.1.2.1.1.3.0")))),
			scapy: scapy + `SNMP(version=1,community="secret",PDU=SNMPget(id=4711,varbindlist=[SNMPvarbind(oid=ASN1_OID("` + name + `")),SNMPvarbind(oid=ASN1_OID("1.3.6.1.2.1.1.3.0"))]))`,
			shown: map[string]string{"snmp.name": name + ",1.3.6.1.2.1.1.3.0"}},
		{name: "snmp next", stack: over4(udp, l("snmp", "version", "v1", "pdu", "next", "id", -5, "varbindlist", li(re("oid", name)))),
			scapy: scapy + `SNMP(version=0,PDU=SNMPnext(id=-5,varbindlist=[SNMPvarbind(oid=ASN1_OID("` + name + `"))]))`},
		{name: "snmp error", stack: over4(udp, l("snmp", "pdu", "response", "id", 1, "error", "no_such_name", "error_index", 1, "varbindlist", li(re("oid", name)))),
			scapy: scapy + `SNMP(PDU=SNMPresponse(id=1,error=2,error_index=1,varbindlist=[SNMPvarbind(oid=ASN1_OID("` + name + `"))]))`},
		{name: "snmp set", stack: over4(udp, l("snmp", "pdu", "set", "id", 1, "varbindlist", li(re("oid", name, "value", "R2")))),
			scapy: scapy + `SNMP(PDU=SNMPset(id=1,varbindlist=[SNMPvarbind(oid=ASN1_OID("` + name + `"),value=ASN1_STRING("R2"))]))`, shown: map[string]string{"snmp.value.octets": "5232"}},
		{name: "snmp bulk", stack: over4(udp, l("snmp", "pdu", "bulk", "id", 2147483647, "non_repeaters", 1, "max_repetitions", 25, "varbindlist", li(re("oid", name)))),
			scapy: scapy + `SNMP(PDU=SNMPbulk(id=2147483647,non_repeaters=1,max_repetitions=25,varbindlist=[SNMPvarbind(oid=ASN1_OID("` + name + `"))]))`},
		{name: "snmp inform", stack: over4(udp, l("snmp", "pdu", "inform", "id", 3)), scapy: scapy + `SNMP(PDU=SNMPinform(id=3))`},
		{name: "snmp trap 2", stack: over4(l("udp", "sport", 1161, "dport", 162), l("snmp", "pdu", "trapv2", "id", 3, "varbindlist",
			li(re("oid", "1.3.6.1.2.1.1.3.0", "type", "TimeTicks", "value", 99), re("oid", "1.3.6.1.6.3.1.1.4.1.0", "type", "oid", "value", "1.3.6.1.6.3.1.1.5.3")))),
			scapy: scapyIP + `/UDP(sport=1161,dport=162)/SNMP(PDU=SNMPtrapv2(id=3,varbindlist=[SNMPvarbind(oid=ASN1_OID("1.3.6.1.2.1.1.3.0"),value=ASN1_TIME_TICKS(99)),` +
				`SNMPvarbind(oid=ASN1_OID("1.3.6.1.6.3.1.1.4.1.0"),value=ASN1_OID("1.3.6.1.6.3.1.1.5.3"))]))`},
		{name: "snmp trap 1", stack: over4(l("udp", "sport", 1161, "dport", 162), l("snmp", "version", 0, "pdu", "trapv1", "enterprise", "1.3.6.1.4.1.9", "agent_addr", "10.0.0.9", "generic_trap", "link_down",
			"specific_trap", 5, "time_stamp", 1234)),
			scapy: scapyIP + `/UDP(sport=1161,dport=162)/SNMP(version=0,PDU=SNMPtrapv1(enterprise=ASN1_OID("1.3.6.1.4.1.9"),agent_addr="10.0.0.9",generic_trap=2,specific_trap=5,time_stamp=1234))`},
		{name: "snmp long", stack: over4(udp, l("snmp", "pdu", "response", "varbindlist", li(re("oid", name, "value", strings.Repeat("x", 300))))),
			scapy: scapy + `SNMP(PDU=SNMPresponse(varbindlist=[SNMPvarbind(oid=ASN1_OID("` + name + `"),value=ASN1_STRING("x"*300))]))`},
		value("Integer", `ASN1_INTEGER(-129)`, int64(-129)),
		value("OctetString", `ASN1_STRING(b"a\0b")`, "a\x00b"),
		value("Null", `ASN1_NULL(0)`, nil),
		value("ObjectIdentifier", `ASN1_OID("1.3.6.1.4.1.8072.3.2.10")`, "1.3.6.1.4.1.8072.3.2.10"),
		value("IpAddress", `ASN1_IPADDRESS("10.1.2.3")`, "10.1.2.3"),
		value("Counter32", `ASN1_COUNTER32(4294967295)`, 4294967295),
		value("Gauge32", `ASN1_GAUGE32(128)`, 128),
		value("TimeTicks", `ASN1_TIME_TICKS(0)`, 0),
	}
	cases = append(cases,
		// Scapy 2.5 has no Counter64, no exceptions and no SNMPv3. tshark calls the version of that msgVersion, and empty
		// strings missing.
		wireCase{name: "snmp Counter64", stack: over4(udp, l("snmp", "pdu", "response", "varbindlist", li(re("oid", name, "type", "Counter64", "value", packet.U64(1<<64-1))))),
			shown: map[string]string{"snmp.value.counter": "18446744073709551615"}},
		wireCase{name: "snmp exceptions", stack: over4(udp, l("snmp", "pdu", "response", "varbindlist", li(re("oid", name, "type", "NoSuchObject"), re("oid", name, "type", "NoSuchInstance"), re("oid", name, "type", "EndOfMibView"))))},
		wireCase{name: "snmp 3", stack: over4(udp, l("snmp", "version", "v3", "msgID", 9, "msgMaxSize", 1472, "msgFlags", "reportable", "msgAuthoritativeEngineID", "\x80\x00\x1f\x88\x80", "msgAuthoritativeEngineBoots", 3,
			"msgAuthoritativeEngineTime", 99, "msgUserName", "moon", "contextEngineID", "\x80\x00\x1f\x88\x80", "contextName", "ctx", "pdu", "get", "id", 5, "varbindlist", li(re("oid", name)))),
			silent: []string{"snmp.version", "snmp.msgAuthenticationParameters", "snmp.msgPrivacyParameters"}, shown: map[string]string{"snmp.msgVersion": "3", "snmp.v3.flags.report": "1"}},
		wireCase{name: "snmp 3 encrypted", stack: over4(udp, l("snmp", "version", 3, "msgFlags", "auth+priv", "msgAuthenticationParameters", "012345678901", "msgPrivacyParameters", "saltsalt", "encryptedPDU", strings.Repeat("e", 32))),
			silent: []string{"snmp.version", "snmp.msgAuthoritativeEngineID"}, shown: map[string]string{"snmp.v3.flags.crypt": "1"}})
	return cases
}

// snmpHex is a message that net-snmp's snmpget sends for sysName.0 in community public.
const snmpHex = "302902010104067075626c6963a01c02041b2c3d4e020100020100300e300c06082b060102010105000500"

func TestSNMPRead(t *testing.T) {
	b, _ := hex.DecodeString(snmpHex)
	pr, _ := layers.Registry().Lookup("snmp")
	p := packet.Decode(layers.Registry(), b, pr)
	if p.Len() != 1 {
		t.Fatal(p.Reason())
	}
	c := p.Layer(0)
	for name, want := range map[string]string{"version": "v2c (1)", "community": `"public"`, "pdu": "get (0)", "id": "455884110",
		"varbindlist": `{{oid="1.3.6.1.2.1.1.5.0", type="Null"}}`} {
		f, _ := c.Field(name)
		if got := c.Text(f); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	for _, step := range []struct {
		field string
		value packet.Value
		hex   string
	}{
		{"community", "x", "302402010104" + "0178a01c02041b2c3d4e020100020100300e300c06082b060102010105000500"},
		{"pdu", "bulk", "302402010104" + "0178a51c02041b2c3d4e020100020100300e300c06082b060102010105000500"},
		{"community", nil, strings.Replace(snmpHex, "a01c", "a51c", 1)},
	} {
		if err := c.Set(step.field, step.value); err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(p.Build()); got != step.hex {
			t.Errorf("with %s: %s, want %s", step.field, got, step.hex)
		}
	}
}

func TestSNMPMalformed(t *testing.T) {
	pr, _ := layers.Registry().Lookup("snmp")
	for hexed, want := range map[string]string{
		"30":                          "message is cut short in its length",
		"3080":                        "message has an indefinite length without an end",
		"3084ffffffff":                "message is cut short: 0 bytes of 2147483647",
		"0400":                        "no message",
		"3003020109":                  "unknown version: 9",
		"3000":                        "no version",
		"300b0209ffffffffffffffffff":  "version is no number of 64 bits",
		"30050201010500":              "no community",
		"3007020101040005" + "00":     "no PDU",
		"300902010104003002" + "0500": "no PDU",
		"30070201010400a000":          "no request id",
		"3012020101" + "0400" + "a00b0201010201000201003000" + "": "",
		"30140201010400" + "a00d0201010201000201003002" + "0500":  "no variable",
		"30160201010400" + "a00f020101020100020100300430020680":   "name has an indefinite length without being constructed",
	} {
		b, err := hex.DecodeString(hexed)
		if err != nil {
			t.Fatal(hexed)
		}
		p := packet.Decode(layers.Registry(), b, pr)
		p.Len()
		if got := p.Reason(); got != strings.TrimSuffix("snmp: "+want, "snmp: ") {
			t.Errorf("%s: %q, want %q", hexed, got, want)
		}
	}
}

func TestSNMPWrongValues(t *testing.T) {
	pr, _ := layers.Registry().Lookup("snmp")
	for name, v := range map[string]packet.Value{"version": "v4", "community": 7, "id": int64(1) << 40, "pdu": 9, "error": "bad", "msgid": 1,
		"varbindlist": li(re("oid", "1.3", "type", "IpAddress", "value", "10.0.0")), "enterprise": "9.9"} {
		rec := packet.Record{{Name: "pdu", Value: "trapv1"}, {Name: name, Value: v}}
		if name != "enterprise" {
			rec = rec[1:]
		}
		if _, err := packet.New(layers.Registry(), pr, rec); err == nil || !strings.Contains(err.Error(), "snmp") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, e := range []any{re("oid", "x"), re("oid", "1.40"), re("oid", "1.3", "type", "Intege"), re("oid", "1.3", "valu", 1), re("oid", "1.3", "type", "Counter32", "value", -1), 7} {
		if _, err := packet.New(layers.Registry(), pr, packet.Record{{Name: "varbindlist", Value: li(e)}}); err == nil || !strings.HasPrefix(err.Error(), "snmp.varbindlist: list of") {
			t.Errorf("%s: %v", packet.TextOf(e), err)
		}
	}
}
