package layers

import (
	"fmt"

	"moonwire/host/packet"
	"moonwire/host/snmp/message"
)

// snmpVersions names versions, snmpPDUs what a message asks or says, snmpErrors and snmpTraps its codes (RFC 1157, RFC
// 3416), with Scapy's names.
var (
	snmpVersions = numbersNamed(map[uint64]string{0: "v1", 1: "v2c", 2: "v2", 3: "v3"})
	snmpPDUs     = numbersNamed(map[uint64]string{
		0: "get", 1: "next", 2: "response", 3: "set", 4: "trapv1", 5: "bulk", 6: "inform", 7: "trapv2", 8: "report",
	})
	snmpErrors = numbersNamed(map[uint64]string{
		0: "no_error", 1: "too_big", 2: "no_such_name", 3: "bad_value", 4: "read_only", 5: "generic_error", 6: "no_access",
		7: "wrong_type", 8: "wrong_length", 9: "wrong_encoding", 10: "wrong_value", 11: "no_creation",
		12: "inconsistent_value", 13: "resource_unavailable", 14: "commit_failed", 15: "undo_failed",
		16: "authorization_error", 17: "not_writable", 18: "inconsistent_name",
	})
	snmpTraps = numbersNamed(map[uint64]string{
		0: "cold_start", 1: "warm_start", 2: "link_down", 3: "link_up", 4: "auth_failure", 5: "egp_neigh_loss",
		6: "enterprise_specific",
	})
)

// snmpFields are the fields of all versions and kinds of messages; each message has some of them.
var snmpFields = []packet.Field{
	{Name: "version", Kind: snmpVersions, Doc: "0: version 1, 1: version 2c, 3: version 3", Wireshark: "snmp.version"},
	{Name: "community", Kind: packet.Bytes, Doc: "password of versions 1 and 2c", Wireshark: "snmp.community"},
	{Name: "msgID", Kind: plainKind("integer"), Doc: "version 3: the same in question and answer", Wireshark: "snmp.msgID"},
	{Name: "msgMaxSize", Kind: plainKind("integer"), Doc: "version 3: longest message the sender takes, in bytes", Wireshark: "snmp.msgMaxSize"},
	{Name: "msgFlags", Kind: plainKind("string"), Doc: "version 3: auth, priv, reportable, joined by +"},
	{Name: "msgSecurityModel", Kind: plainKind("integer"), Doc: "version 3: 3 is the User-based Security Model", Wireshark: "snmp.msgSecurityModel"},
	{Name: "msgAuthoritativeEngineID", Kind: packet.Bytes, Doc: "version 3: the engine whose clock counts", Wireshark: "snmp.msgAuthoritativeEngineID"},
	{Name: "msgAuthoritativeEngineBoots", Kind: plainKind("integer"), Doc: "version 3: how often it was started", Wireshark: "snmp.msgAuthoritativeEngineBoots"},
	{Name: "msgAuthoritativeEngineTime", Kind: plainKind("integer"), Doc: "version 3: seconds since", Wireshark: "snmp.msgAuthoritativeEngineTime"},
	{Name: "msgUserName", Kind: packet.Bytes, Doc: "version 3: user", Wireshark: "snmp.msgUserName"},
	{Name: "msgAuthenticationParameters", Kind: packet.Bytes, Doc: "version 3: the message's digest", Wireshark: "snmp.msgAuthenticationParameters"},
	{Name: "msgPrivacyParameters", Kind: packet.Bytes, Doc: "version 3: salt of the encryption", Wireshark: "snmp.msgPrivacyParameters"},
	{Name: "msgSecurityParameters", Kind: packet.Bytes, Doc: "version 3: what a security model other than 3 has in their place"},
	{Name: "encryptedPDU", Kind: packet.Bytes, Doc: "version 3: what is encrypted", Wireshark: "snmp.encryptedPDU"},
	{Name: "contextEngineID", Kind: packet.Bytes, Doc: "version 3: the engine that has the data", Wireshark: "snmp.contextEngineID"},
	{Name: "contextName", Kind: packet.Bytes, Doc: "version 3: which of its sets of data", Wireshark: "snmp.contextName"},
	{Name: "pdu", Kind: snmpPDUs, Doc: "what the message asks or says", Wireshark: "snmp.data"},
	{Name: "id", Kind: plainKind("integer"), Doc: "the same in question and answer", Wireshark: "snmp.request_id"},
	{Name: "error", Kind: snmpErrors, Doc: "how it went", Wireshark: "snmp.error_status"},
	{Name: "error_index", Kind: plainKind("integer"), Doc: "which variable failed, from 1", Wireshark: "snmp.error_index"},
	{Name: "non_repeaters", Kind: plainKind("integer"), Doc: "bulk: variables that are asked for once", Wireshark: "snmp.non_repeaters"},
	{Name: "max_repetitions", Kind: plainKind("integer"), Doc: "bulk: successors of each of the others", Wireshark: "snmp.max_repetitions"},
	{Name: "enterprise", Kind: packet.Bytes, Doc: "trapv1: kind of device", Wireshark: "snmp.enterprise"},
	{Name: "agent_addr", Kind: packet.IPv4, Doc: "trapv1: address of the device", Wireshark: "snmp.agent_addr"},
	{Name: "generic_trap", Kind: snmpTraps, Doc: "trapv1: what happened", Wireshark: "snmp.generic_trap"},
	{Name: "specific_trap", Kind: plainKind("integer"), Doc: "trapv1: what happened, by the enterprise's list", Wireshark: "snmp.specific_trap"},
	{Name: "time_stamp", Kind: plainKind("integer"), Doc: "trapv1: hundredths of a second since the device started", Wireshark: "snmp.time_stamp"},
	{Name: "varbindlist", Kind: plainKind("table[]"), Doc: `variables, as {oid="1.3.6.1.2.1.1.5.0", type="OctetString", value="R2"}`},
}

func snmp() layerSet {
	set := layerSet{protocols: []*packet.Protocol{{
		Name: "snmp", Title: "Simple Network Management Protocol", Source: "RFC 1157, RFC 3416, RFC 3412", Aliases: []string{"SNMP"},
		Fields: snmpFields,
		Foreign: func(c packet.Context) packet.Record {
			rec, _, _ := snmpMessage(c.Header())
			return rec
		},
		Measure: func(h packet.Header) (int, error) {
			_, n, err := snmpMessage(h.Bytes())
			return n, err
		},
		Write:   writeSNMP,
		Answers: snmpAnswers,
		Summary: snmpSummary,
	}}}
	for _, port := range []uint64{161, 162} {
		set.bindings = append(set.bindings,
			packet.Binding{Lower: "udp", Field: "sport", Value: port, Upper: "snmp", ReadOnly: port != 161},
			packet.Binding{Lower: "udp", Field: "dport", Value: port, Upper: "snmp", ReadOnly: port != 161})
	}
	return set
}

// snmpAnswers holds a response against a request: the same id.
func snmpAnswers(_ any, reply, request packet.Context) (bool, string) {
	a, _, _ := snmpMessage(reply.Header())
	q, _, _ := snmpMessage(request.Header())
	name := "id"
	if q.Get("version") == uint64(message.V3) {
		name = "msgID"
	} else if kind, _ := a.Get("pdu").(uint64); kind != 2 && kind != 8 {
		return false, "snmp.pdu is no response"
	}
	if a.Get(name) != q.Get(name) {
		return false, fmt.Sprintf("snmp.%s %v is not the request's, %v", name, a.Get(name), q.Get(name))
	}
	return true, ""
}

// snmpSummary is what the message asks or says, and of which variable.
func snmpSummary(c packet.Context) string {
	rec, _, _ := snmpMessage(c.Header())
	version, _ := rec.Get("version").(uint64)
	text := "snmp " + snmpVersions.enum.Name(version, 32)
	if kind, ok := rec.Get("pdu").(uint64); ok {
		text += " " + snmpPDUs.enum.Name(kind, 8)
	}
	list, _ := rec.Get("varbindlist").([]packet.Value)
	if len(list) > 0 {
		text += fmt.Sprintf(" %v", list[0].(packet.Record).Get("oid"))
	}
	if len(list) > 1 {
		text += fmt.Sprintf(" and %d more", len(list)-1)
	}
	return text
}
