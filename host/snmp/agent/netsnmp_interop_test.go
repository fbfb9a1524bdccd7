//go:build interop

package agent_test

import (
	"fmt"
	"strings"
	"testing"

	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/snmptest"
)

// ours is a corner of enterprise 32473, which RFC 5612 keeps for examples.
const ours = "1.3.6.1.4.1.32473."

// picky refuses each set in its own way: with the status that stands last in the name, when it is tested or committed.
type picky struct{ agent.Vars }

func (p picky) Test(_ *agent.Request, v message.Var) (agent.Change, error) {
	s := message.ErrorStatus(v.Name[len(v.Name)-1])
	switch s {
	case message.NoError:
		return &flip{}, nil
	case message.CommitFailed:
		return &flip{commit: agent.Refuse(message.GenErr)}, nil
	case message.UndoFailed:
		return &flip{undo: agent.Refuse(message.GenErr)}, nil
	}
	return nil, agent.Refuse(s)
}

type flip struct{ commit, undo error }

func (f *flip) Commit() error { return f.commit }
func (f *flip) Undo() error   { return f.undo }

// everyType is an agent with a variable of each type, which may be set, and one for each error status.
func everyType(t *testing.T) (*agent.Agent, string) {
	t.Helper()
	vars := []message.Var{
		variable(ours+"1.1.0", message.Integer(1)), variable(ours+"1.2.0", message.Gauge32(2)), variable(ours+"1.3.0", message.TimeTicks(3)),
		variable(ours+"1.4.0", message.Number(message.TypeIPAddress, 0x0a000001)), variable(ours+"1.5.0", message.OIDValue(oid.MustParse("1.3"))),
		variable(ours+"1.6.0", message.Text("s")), variable(ours+"1.7.0", message.Counter32(7)), variable(ours+"1.8.0", message.Counter64(8)),
		variable(ours+"1.9.0", message.Float(9)), variable(ours+"1.10.0", message.Double(10)),
	}
	trees := tree(t, vars...)
	trees[""].Allow(oid.MustParse(ours+"1"), agent.Permit{})
	var statuses agent.Vars
	for s := message.NoError; s <= message.InconsistentName; s++ {
		statuses = append(statuses, variable(fmt.Sprintf(ours+"2.%d", s), message.Integer(int64(s))))
	}
	trees[""].Mount(agent.Mount{Root: oid.MustParse(ours + "2"), Source: picky{statuses}})
	return start(t, agent.Options{Trees: trees, Users: users(t), Communities: []agent.Community{
		{Name: "public", Rules: []agent.Rule{agent.ReadOnly}}, {Name: "private", Rules: []agent.Rule{agent.Full}}}})
}

// TestSetOfEveryType sets by snmpset, which has no letter for counters, and reads back by snmpget.
func TestSetOfEveryType(t *testing.T) {
	t.Parallel()
	_, addr := everyType(t)
	for _, tt := range []struct{ name, letter, value, want string }{
		{"1.1.0", "i", "-2147483648", "INTEGER: -2147483648"}, {"1.2.0", "u", "4294967295", "Gauge32: 4294967295"},
		{"1.3.0", "t", "8279500", "Timeticks: (8279500) 22:59:55.00"}, {"1.4.0", "a", "192.0.2.255", "IpAddress: 192.0.2.255"},
		{"1.5.0", "o", ".1.3.6.1.4294967295", "OID: .1.3.6.1.4294967295"}, {"1.6.0", "s", "a longer text", `STRING: "a longer text"`},
		{"1.6.0", "x", "00ff80", "Hex-STRING: 00 FF 80"},
		{"1.9.0", "F", "-1.5", "Opaque: Float: -1.500000"},
		{"1.10.0", "D", "0.1", "Opaque: Float: 0.100000"},
	} {
		for _, who := range [][]string{{"-v2c", "-c", "private"}, snmptest.FindUser("sha-256+aes").Args()} {
			name := "." + ours + tt.name
			text := snmptest.Run(t, "snmpset", append(who, "-r0", "-On", addr, name, tt.letter, tt.value)...)
			want := name + " = " + strings.Replace(tt.want, "Float: 0.1", "Double: 0.1", 1)
			if back := snmptest.Run(t, "snmpget", append(who, "-r0", "-On", addr, name)...); back != text || !strings.HasPrefix(strings.TrimSpace(back), strings.Split(want, "Double")[0]) {
				t.Errorf("set %s %s: %s, then %s, want %s", tt.letter, tt.value, text, back, want)
			}
		}
	}
}

// TestEveryStatus sets what is refused, beside what isn't: snmpset tells the status and the variable, in version 1 as RFC
// 3584 section 4.4 has it, and nothing is changed.
func TestEveryStatus(t *testing.T) {
	t.Parallel()
	_, addr := everyType(t)
	v1 := []string{"", "tooBig", "noSuchName", "badValue", "readOnly", "genError", "noSuchName", "badValue", "badValue", "badValue", "badValue", "noSuchName",
		"badValue", "genError", "genError", "genError", "noSuchName", "noSuchName", "noSuchName"}
	v2 := []string{"", "tooBig", "noSuchName", "badValue", "readOnly", "genError", "noAccess", "wrongType", "wrongLength", "wrongEncoding", "wrongValue",
		"noCreation", "inconsistentValue", "resourceUnavailable", "commitFailed", "undoFailed", "authorizationError", "notWritable", "inconsistentName"}
	for s := message.TooBig; s <= message.InconsistentName; s++ {
		bad := fmt.Sprintf(".%s2.%d", ours, s)
		for version, want := range map[string]string{"-v1": v1[s], "-v2c": v2[s]} {
			args := []string{version, "-c", "private", "-r0", "-On", addr, "." + ours + "1.6.0", "s", "changed", bad, "i", "5"}
			if s == message.UndoFailed { // what can't be undone comes first, what can't be committed then
				args = append(args, fmt.Sprintf(".%s2.%d", ours, message.CommitFailed), "i", "5")
			}
			text, code := snmptest.Try(t, "snmpset", args...)
			if code == 0 || !strings.Contains(text, "Reason: "+want) && !strings.Contains(text, "Reason: ("+want) && !strings.Contains(text, want) {
				t.Errorf("%s %s: exit code %d, want %s\n%s", version, s, code, want, text)
			}
			if s != message.UndoFailed && s != message.TooBig && !strings.Contains(text, "Failed object: "+bad) {
				t.Errorf("%s %s: another variable is at fault\n%s", version, s, text)
			}
		}
	}
	if text := snmptest.Run(t, "snmpget", "-v2c", "-c", "public", "-On", addr, "."+ours+"1.6.0"); !strings.Contains(text, `"s"`) {
		t.Errorf("changed: %s", text)
	}
	for args, want := range map[string]string{
		"public " + ours + "1.6.0 s x": "noAccess", "private " + ours + "1.6.0 i 5": "wrongType", "private " + ours + "1.6.1 s x": "noCreation",
		"private 1.3.6.1.2.1.1.5.0 s x": "notWritable",
	} {
		text, _ := snmptest.Try(t, "snmpset", append([]string{"-v2c", "-r0", "-On", "-c", strings.Fields(args)[0], addr}, strings.Fields(args)[1:]...)...)
		if !strings.Contains(text, "Reason: "+want) {
			t.Errorf("%s: want %s\n%s", args, want, text)
		}
	}
}

// TestVersion1 asks for what version 1 has no word for (RFC 3584 section 4.2).
func TestVersion1(t *testing.T) {
	t.Parallel()
	_, addr := everyType(t)
	get := func(program string, names ...string) string {
		text, _ := snmptest.Try(t, program, append([]string{"-v1", "-c", "public", "-r0", "-On", "-Cf", addr}, names...)...)
		return text
	}
	if text := get("snmpget", "."+ours+"1.1.0", "."+ours+"1.8.0"); !strings.Contains(text, "noSuchName") || !strings.Contains(text, "Failed object: ."+ours+"1.8.0") {
		t.Errorf("a Counter64: %s", text)
	}
	if text := get("snmpgetnext", "."+ours+"1.7.0"); !strings.HasPrefix(text, "."+ours+"1.9.0 = ") {
		t.Errorf("behind it comes a Counter64: %s", text)
	}
	if text := get("snmpgetnext", "."+ours+"1.1.0", "."+ours+"2.18"); !strings.Contains(text, "noSuchName") || !strings.Contains(text, "Failed object: ."+ours+"2.18") {
		t.Errorf("the end: %s", text)
	}
}

// TestTools runs net-snmp's other commands on what snmpd told.
func TestTools(t *testing.T) {
	t.Parallel()
	var vars []message.Var
	for i := int64(1); i <= 300; i++ {
		for c, v := range map[uint32]message.Value{1: message.Integer(i), 2: message.Text(fmt.Sprintf("eth%d", i)), 3: message.Integer(6), 8: message.Integer(1 + i%2), 10: message.Counter32(uint32(i))} {
			vars = append(vars, message.Var{Name: oid.OID{1, 3, 6, 1, 2, 1, 2, 2, 1, c, uint32(i)}, Value: v})
		}
	}
	vars = append(vars, variable("1.3.6.1.2.1.1.1.0", message.Text("a router")), variable("1.3.6.1.2.1.1.3.0", message.TimeTicks(100)),
		variable("1.3.6.1.2.1.2.1.0", message.Integer(300)))
	_, addr := start(t, agent.Options{Trees: tree(t, vars...), Users: users(t), Communities: []agent.Community{{Name: "public", Rules: []agent.Rule{agent.ReadOnly}}}})
	public := []string{"-v2c", "-c", "public", "-r0", "-On"}
	one := snmptest.Run(t, "snmpwalk", append(public, addr, ".1.3")...)
	for _, args := range [][]string{public, {"-v2c", "-c", "public", "-On", "-Cr100"}, {"-v2c", "-c", "public", "-On", "-Cr5000"},
		append(snmptest.FindUser("sha-512+aes-256").Args(), "-On", "-Cr50")} {
		for _, at := range []string{addr, "tcp:" + addr} {
			if many := snmptest.Run(t, "snmpbulkwalk", append(args, at, ".1.3")...); many != one {
				t.Errorf("%v %s: a bulk walk differs from a walk", args, at)
			}
		}
	}
	if n := strings.Count(one, "\n"); n != len(vars)+1 { // and a line at the end
		t.Errorf("%d variables in a walk of %d", n, len(vars))
	}
	if text := snmptest.Run(t, "snmpstatus", append(public, addr)...); !strings.Contains(text, "[a router] Up: 0:00:01.00") {
		t.Error(text)
	}
	text := snmptest.Run(t, "snmpbulkget", append(public, "-Cn1", "-Cr3", addr, ".1.3.6.1.2.1.1.2", ".1.3.6.1.2.1.2.2.1.2", ".1.3.6.1.2.1.2.2.1.10.299")...)
	want := `.1.3.6.1.2.1.1.3.0 = Timeticks: (100) 0:00:01.00
.1.3.6.1.2.1.2.2.1.2.1 = STRING: "eth1"
.1.3.6.1.2.1.2.2.1.10.300 = Counter32: 300
.1.3.6.1.2.1.2.2.1.2.2 = STRING: "eth2"
.1.3.6.1.2.1.2.2.1.10.300 = No more variables left in this MIB View (It is past the end of the MIB tree)
.1.3.6.1.2.1.2.2.1.2.3 = STRING: "eth3"
.1.3.6.1.2.1.2.2.1.10.300 = No more variables left in this MIB View (It is past the end of the MIB tree)
`
	if text != want {
		t.Errorf("a bulk request:\n%s\nwant\n%s", text, want)
	}
	for args, want := range map[string]string{
		"-u nobody -l authPriv -a SHA -A authpass12 -x AES -X privpass12":  "Unknown user name",
		"-u sha+aes -l authPriv -a SHA -A wrongpass1 -x AES -X privpass12": "Authentication failure",
		"-u sha+aes -l authPriv -a SHA -A authpass12 -x AES -X wrongpass1": "Decryption error",
		"-u sha -l authPriv -a SHA -A authpass12 -x AES -X privpass12":     "Unsupported security level",
		"-u sha -l authNoPriv -a SHA -A authpass12 -n other":               "Bad context",
	} {
		text, _ := snmptest.Try(t, "snmpget", append(strings.Fields("-v3 -r0 -On "+args), addr, ".1.3.6.1.2.1.1.1.0")...)
		if !strings.Contains(strings.ToLower(text), strings.ToLower(want)) {
			t.Errorf("%s: want %s\n%s", args, want, text)
		}
	}
}

// TestPysnmp gets, walks and sets by pysnmp.
func TestPysnmp(t *testing.T) {
	t.Parallel()
	_, addr := everyType(t)
	host, port, _ := strings.Cut(addr, ":")
	text := snmptest.Pysnmp(t, `
import sys
from pysnmp.hlapi import *
at = UdpTransportTarget((sys.argv[1], int(sys.argv[2])), timeout=5, retries=0)
root = "`+ours+`"
users = [CommunityData("private", mpModel=0), CommunityData("private"),
    UsmUserData("md5+des", "authpass12", "privpass12", authProtocol=usmHMACMD5AuthProtocol, privProtocol=usmDESPrivProtocol),
    UsmUserData("sha+aes", "authpass12", "privpass12", authProtocol=usmHMACSHAAuthProtocol, privProtocol=usmAesCfb128Protocol),
    UsmUserData("sha-256+aes-256", "authpass12", "privpass12", authProtocol=usmHMAC192SHA256AuthProtocol, privProtocol=usmAesBlumenthalCfb256Protocol),
    UsmUserData("sha-512", "authpass12", authProtocol=usmHMAC384SHA512AuthProtocol), UsmUserData("noauth")]
engine = SnmpEngine()
for u in users:
    print(*[str(x) for x in next(getCmd(engine, u, at, ContextData(), ObjectType(ObjectIdentity(root + "1.6.0"))))[:3]], end=" ")
    e, status, index, vars = next(setCmd(engine, u, at, ContextData(), ObjectType(ObjectIdentity(root + "1.1.0"), Integer(42))))
    print(e, status, vars[0][1], end=" ")
    e, status, index, vars = next(setCmd(engine, u, at, ContextData(), ObjectType(ObjectIdentity(root + "1.1.0"), Integer(1)), ObjectType(ObjectIdentity(root + "2.10"), Integer(1))))
    print(e, int(status), index)
for name, v in (("1.7.0", Counter32(2**32-1)), ("1.8.0", Counter64(2**64-1))):
    e, status, index, vars = next(setCmd(engine, users[1], at, ContextData(), ObjectType(ObjectIdentity(root + name), v)))
    e, status, index, vars = next(getCmd(engine, users[1], at, ContextData(), ObjectType(ObjectIdentity(root + name))))
    print(status, vars[0][1])
n = 0
for e, status, index, table in bulkCmd(engine, users[1], at, ContextData(), 0, 25, ObjectType(ObjectIdentity(root + "1")), lexicographicMode=False):
    n += len(table)
print(n)
`, host, port)
	want := "None 0 0 None 0 42 None 3 2\n" + strings.Repeat("None 0 0 None 0 42 None 10 2\n", 6) + "0 4294967295\n0 18446744073709551615\n10\n"
	if text != want {
		t.Errorf("%s\nwant\n%s", text, want)
	}
}
