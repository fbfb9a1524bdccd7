//go:build interop && unix

package usm

import (
	"net"
	"strings"
	"testing"
	"time"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/snmptest"
)

// serve is an engine that answers 72 to each question of users until the test ends.
func serve(t *testing.T, users *Users) (addr string) {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	e, salts := NewEngine(EngineID(testEngine), 3, time.Now()), NewSalts(1)
	go func() {
		room := make([]byte, 65536)
		for {
			n, from, err := conn.ReadFrom(room)
			if err != nil {
				return
			}
			if b := respond(t, e, users, salts, room[:n]); b != nil {
				conn.WriteTo(b, from)
			}
		}
	}()
	return conn.LocalAddr().String()
}

// respond is the answer to one message.
func respond(t *testing.T, e *Engine, users *Users, salts *Salts, b []byte) []byte {
	m, err := message.Decode(b)
	if err != nil {
		t.Error(err)
		return nil
	}
	k, err := e.Receive(m, users, time.Now())
	if err != nil {
		report, err := e.Report(m, k, err, time.Now())
		if err != nil {
			t.Error(err)
		}
		return report
	}
	boots, seconds := e.Now(time.Now())
	a := &message.Message{Version: message.V3, V3: &message.Secure{ID: m.V3.ID, MaxSize: 65507, Flags: m.V3.Flags &^ message.Reportable,
		Model:    message.ModelUSM,
		Security: message.Security{EngineID: e.ID(), Boots: boots, Time: seconds, User: m.V3.Security.User}, ContextEngine: e.ID()},
		PDU: &message.PDU{Type: message.Response, RequestID: m.PDU.RequestID, Vars: []message.Var{{Name: m.PDU.Vars[0].Name, Value: message.Integer(72)}}}}
	answer, err := Seal(a, k, salts.Next())
	if err != nil {
		t.Error(err)
	}
	return answer
}

// everybody is a user for each pair, named as pairs does.
func everybody(t *testing.T) *Users {
	t.Helper()
	var all []*User
	pairs(func(name string, u *User) {
		u.Name = name
		all = append(all, u)
	})
	users, err := NewUsers(all...)
	if err != nil {
		t.Fatal(err)
	}
	return users
}

// TestSnmpget has net-snmp ask as each user that it can be.
func TestSnmpget(t *testing.T) {
	t.Parallel()
	users := everybody(t)
	addr := serve(t, users)
	for _, name := range users.Names() {
		u := users.Named(name)
		if u.Priv == TripleDES {
			continue
		}
		if out, code := snmpget(t, addr, u); code != 0 || !strings.Contains(out, "INTEGER: 72") {
			t.Errorf("%s: %s", name, out)
		}
	}
	wrong := *users.Named("SHA/AES")
	for _, tt := range []struct {
		change func()
		want   string
	}{
		{func() { wrong.Name = "nobody" }, "Unknown user name"},
		{func() { wrong.AuthPassword = "inauthentic" }, "Authentication failure"},
		{func() { wrong.Name = "SHA" }, "Unsupported security level"},
		{func() { wrong.PrivPassword = "not private" }, "Decryption error"},
	} {
		wrong = *users.Named("SHA/AES")
		tt.change()
		if out, _ := snmpget(t, addr, &wrong); !strings.Contains(out, tt.want) {
			t.Errorf("%q is not in %s", tt.want, out)
		}
	}
}

func snmpget(t *testing.T, addr string, u *User) (string, int) {
	t.Helper()
	args := []string{"-v3", "-t", "2", "-r", "1", "-u", u.Name, "-l", u.Level().String(), "-On"}
	if u.Auth != NoAuth {
		args = append(args, "-a", peerName(u.Auth.String()), "-A", u.AuthPassword)
	}
	if u.Priv != NoPriv {
		args = append(args, "-x", peerName(u.Priv.String()), "-X", u.PrivPassword)
	}
	return snmptest.Try(t, "snmpget", append(args, addr, "."+sysServices.String())...)
}

// peerName is net-snmp's spelling: SHA-256, AES-256-C.
func peerName(s string) string {
	s = strings.NewReplacer("SHA2", "SHA-2", "SHA3", "SHA-3", "SHA5", "SHA-5", "AES1", "AES-1", "AES2", "AES-2").Replace(s)
	if base, ok := strings.CutSuffix(s, "C"); ok {
		return base + "-C"
	}
	return s
}

// TestPysnmp has pysnmp ask as each user: it is the one that has 3DES.
func TestPysnmp(t *testing.T) {
	t.Parallel()
	users := everybody(t)
	host, port, _ := strings.Cut(serve(t, users), ":")
	out := snmptest.Pysnmp(t, askAsEach, append([]string{host, port}, users.Names()...)...)
	for _, name := range users.Names() {
		if !strings.Contains(out, name+" None [72]\n") {
			t.Errorf("%s is not in\n%s", name, out)
		}
	}
}

const askAsEach = `
import sys
from pysnmp.hlapi import *
auths = dict(noAuth=usmNoAuthProtocol, MD5=usmHMACMD5AuthProtocol, SHA=usmHMACSHAAuthProtocol, SHA224=usmHMAC128SHA224AuthProtocol,
    SHA256=usmHMAC192SHA256AuthProtocol, SHA384=usmHMAC256SHA384AuthProtocol, SHA512=usmHMAC384SHA512AuthProtocol)
privs = {"": usmNoPrivProtocol, "DES": usmDESPrivProtocol, "3DES": usm3DESEDEPrivProtocol, "AES": usmAesCfb128Protocol,
    "AES192": usmAesBlumenthalCfb192Protocol, "AES256": usmAesBlumenthalCfb256Protocol, "AES192C": usmAesCfb192Protocol, "AES256C": usmAesCfb256Protocol}
engine = SnmpEngine()
for name in sys.argv[3:]:
    auth, _, priv = name.partition("/")
    user = UsmUserData(name, "authentic" if auth != "noAuth" else None, "private!" if priv else None, authProtocol=auths[auth], privProtocol=privs[priv])
    e, status, index, vars = next(getCmd(engine, user, UdpTransportTarget((sys.argv[1], int(sys.argv[2])), timeout=5, retries=0),
        ContextData(), ObjectType(ObjectIdentity("1.3.6.1.2.1.1.7.0"))))
    print(name, e, [int(v[1]) for v in vars])
`
