package layers_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// httpCases are heads of messages of HTTP/1.
func httpCases() []wireCase {
	const scapyTCP = scapyIP + `/TCP(sport=1024,dport=80,flags="PA",seq=1,ack=1)/`
	message := func(fields ...any) []part {
		return over4(l("tcp", "sport", 1024, "dport", 80, "flags", "PA", "seq", 1, "ack", 1), l("http", fields...))
	}
	return []wireCase{
		{name: "http defaults", stack: message(), scapy: scapyTCP + `HTTP()/HTTPRequest()`, setup: `load_layer("http")`},
		{name: "http request", stack: message("Method", "POST", "Path", "/a?b=c", "headers", li(li("Host", "example.org"))),
			scapy: scapyTCP + `HTTP()/HTTPRequest(Method="POST",Path="/a?b=c",Host="example.org")`, shown: map[string]string{"http.host": "example.org", "http.request.version": "HTTP/1.1"}},
		{name: "http response", stack: message("Status_Code", 404, "Reason_Phrase", "Not Found", "headers", li(li("Server", "moon"))),
			scapy: scapyTCP + `HTTP()/HTTPResponse(Status_Code="404",Reason_Phrase="Not Found",Server="moon")`, shown: map[string]string{"http.server": "moon"}},
		{name: "http 1.0", stack: message("Http_Version", "HTTP/1.0", "Status_Code", 200, "Reason_Phrase", "OK"), scapy: scapyTCP + `HTTP()/HTTPResponse(Http_Version="HTTP/1.0")`,
			shown: map[string]string{"http.response.version": "HTTP/1.0"}},
	}
}

// tlsCases are records of TLS.
func tlsCases() []wireCase {
	const scapyTCP = scapyIP + `/TCP(sport=1024,dport=443,flags="PA",seq=1,ack=1)/`
	record := func(fields ...any) []part {
		return over4(l("tcp", "sport", 1024, "dport", 443, "flags", "PA", "seq", 1, "ack", 1), l("tls", fields...))
	}
	random := strings.Repeat("\x00", 4) + strings.Repeat("r", 28)
	return []wireCase{
		{name: "tls client hello", setup: `load_layer("tls")`, stack: record("msg", li(re("msgtype", "client_hello", "random", random, "sid", "ssss", "ciphers", li(0x1301, 0xc02f), "ext", li(
			re("type", "server_name", "servernames", li("example.org")), re("type", "supported_versions", "versions", li("TLS 1.3", 0x303)), re("type", "supported_groups", "groups", li(29, 23)),
			re("type", "signature_algorithms", "sig_algs", li(0x403)), re("type", 16, "protocols", li("h2")))))),
			scapy: scapyTCP + `TLS(msg=[TLSClientHello(version=0x303,gmt_unix_time=0,random_bytes=b"r"*28,ciphers=[0x1301,0xc02f],sid=b"ssss",ext=[TLS_Ext_ServerName(servernames=[ServerName(servername="example.org")]),` +
				`TLS_Ext_SupportedVersion_CH(versions=[0x304,0x303]),TLS_Ext_SupportedGroups(groups=[29,23]),TLS_Ext_SignatureAlgorithms(sig_algs=[0x403]),TLS_Ext_ALPN(protocols=[ProtocolName(protocol="h2")])])])`,
			shown: map[string]string{"tls.handshake.extensions_server_name": "example.org", "tls.handshake.ciphersuite": "0x1301,0xc02f", "tls.handshake.extensions_alpn_str": "h2", "tls.handshake.extensions.supported_version": "0x0304,0x0303"}},
		{name: "tls server hello", stack: record("msg", li(re("msgtype", 2, "random", random, "cipher", 0x1301, "ext", li(re("type", 43, "version", 0x304))))),
			scapy: scapyTCP + `TLS(msg=[TLSServerHello(version=0x303,gmt_unix_time=0,random_bytes=b"r"*28,cipher=0x1301,sid=b"",ext=[TLS_Ext_SupportedVersion_SH(version=0x304)])])`,
			shown: map[string]string{"tls.handshake.type": "2", "tls.handshake.ciphersuite": "0x1301"}},
		{name: "tls alert", stack: record("type", "alert", "alert", re("level", "fatal", "descr", "unknown_ca")), scapy: scapyTCP + `TLS(type=21,msg=[TLSAlert(level=2,descr=48)])`,
			shown: map[string]string{"tls.alert_message.level": "2", "tls.alert_message.desc": "48"}},
		{name: "tls change cipher spec", stack: record("type", 20, "data", "\x01"), scapy: scapyTCP + `TLS(type=20,msg=[TLSChangeCipherSpec()])`},
		// tshark remembers that this connection is TLS 1.3, where the type of data is an opaque one.
		{name: "tls data", silent: []string{"tls.record.content_type"}, shown: map[string]string{"tls.record.opaque_type": "23"}, stack: record("type", "application_data", "data", "xyz"), scapy: scapyTCP + `TLS(type=23,msg=[TLSApplicationData(data=b"xyz")])`},
		{name: "tls two records", silent: []string{"tls.record.content_type"}, stack: append(record("type", 20, "data", "\x01"), l("tls", "type", 23, "data", "xyz")),
			scapy: scapyTCP + `TLS(type=20,msg=[TLSChangeCipherSpec()])/TLS(type=23,msg=[TLSApplicationData(data=b"xyz")])`},
	}
}

func readAs(t *testing.T, name, text string) *packet.Packet {
	t.Helper()
	pr, err := layers.Registry().Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	p := packet.Decode(layers.Registry(), []byte(text), pr)
	p.Len()
	return p
}

func text(t *testing.T, p *packet.Packet, name string) string {
	t.Helper()
	f, err := p.Layer(0).Field(name)
	if err != nil {
		t.Fatal(err)
	}
	return p.Layer(0).Text(f)
}

func TestHTTPRead(t *testing.T) {
	for _, c := range []struct{ wire, headers, body string }{
		{"GET / HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\nbody", `{{"Host", "a"}, {"Accept", "*/*"}}`, "body"},
		{"GET / HTTP/1.1\nHost: a\n\nbody", `{"Host: a\n"}`, "body"},
		{"GET / HTTP/1.1\r\nHost:a\r\nX:  b\r\n folded\r\n\r\n", `{"Host:a\r\n", {"X", " b"}, " folded\r\n"}`, ""},
		{"HTTP/1.1 200 \r\nCut: of", `{"Cut: of"}`, ""},
		{"HTTP/1.0 200\r\n\r\n", `{}`, ""},
	} {
		p := readAs(t, "http", c.wire)
		if got := text(t, p, "headers"); got != c.headers {
			t.Errorf("%q: headers %s, want %s", c.wire, got, c.headers)
		}
		if got := string(p.Layer(0).Payload()); got != c.body {
			t.Errorf("%q: body %q, want %q", c.wire, got, c.body)
		}
		if got := string(p.Build()); got != c.wire {
			t.Errorf("%q: built again %q", c.wire, got)
		}
	}
	for _, wire := range []string{"", "GET", "GET /", "GET / HTTP/2", "G\x00T / HTTP/1.1\r\n", "HTTP/1.1 99 x\r\n", "HTTP/1.1 abc\r\n", "continued", strings.Repeat("x", 20000)} {
		if p := readAs(t, "http", wire); p.Len() > 0 && p.Layer(0).Protocol().Name != "raw" {
			t.Errorf("%q is read as HTTP", wire)
		}
	}
}

func TestHTTPSet(t *testing.T) {
	p := packet.Stack(layer(t, "http", nil), packet.RawOf(layers.Registry(), "body"))
	for _, step := range []struct {
		field string
		value packet.Value
		want  string
	}{
		{"Path", "/x", "GET /x HTTP/1.1\r\n\r\nbody"},
		{"headers", li(li("A", "b"), "C:d\r\n"), "GET /x HTTP/1.1\r\nA: b\r\nC:d\r\n\r\nbody"},
		{"Path", nil, "GET / HTTP/1.1\r\nA: b\r\nC:d\r\n\r\nbody"},
		{"Status_Code", 404, "HTTP/1.1 404 \r\nA: b\r\nC:d\r\n\r\nbody"},
		{"Path", "/y", "GET /y HTTP/1.1\r\nA: b\r\nC:d\r\n\r\nbody"},
	} {
		if err := p.Layer(0).Set(step.field, step.value); err != nil {
			t.Fatal(err)
		}
		if got := string(p.Build()); got != step.want {
			t.Errorf("with %s: %q, want %q", step.field, got, step.want)
		}
	}
	for field, v := range map[string]packet.Value{"Path": "a\nb", "Status_Code": 9, "headers": li(li("a")), "Method": 7, "path": "x"} {
		if err := p.Layer(0).Set(field, v); err == nil {
			t.Errorf("took %s as %s", packet.TextOf(v), field)
		}
	}
}

// hello is a client hello without extensions: the version, 32 random bytes, no session, one cipher, no compression.
const hello = "0303" + "0000000000000000000000000000000000000000000000000000000000000000" + "00" + "00021301" + "0100"

func TestTLSRead(t *testing.T) {
	for hexed, want := range map[string]string{
		"160301002d" + "01000029" + hello:                      `{{msgtype="client_hello", version=771, random="` + strings.Repeat(`\x00`, 32) + `", sid="", ciphers={4865}, comp={0}}}`,
		"1603010010" + "01000029" + "0303":                     `{"\x01\x00\x00)\x03\x03"}`,               // goes on in the next segment
		"1603010005" + "0100000103":                            `{{msgtype="client_hello", data="\x03"}}`, // a hello of one byte
		"1603030006" + "deadbeef0102":                          `{"\xde\xad\xbe\xef\x01\x02"}`,            // encrypted
		"1603030004" + "0e000000":                              `{{msgtype="server_hello_done"}}`,         //
		"160303000b" + "0b000007" + "000004" + "000001" + "aa": `{{msgtype="certificate", certs={"\xaa"}}}`,
	} {
		b, err := hex.DecodeString(hexed)
		if err != nil {
			t.Fatal(err)
		}
		p := readAs(t, "tls", string(b))
		if got := text(t, p, "msg"); got != want {
			t.Errorf("%s: %s, want %s", hexed, got, want)
		}
	}
	for _, hexed := range []string{"1703", "1903030000", "1604030000", "474554202f"} {
		b, _ := hex.DecodeString(hexed)
		if p := readAs(t, "tls", string(b)); p.Layer(0).Protocol().Name != "raw" {
			t.Errorf("%s is read as TLS", hexed)
		}
	}
	b, _ := hex.DecodeString("150303001a" + strings.Repeat("ab", 26))
	if got := text(t, readAs(t, "tls", string(b)), "alert"); got != `"`+strings.Repeat(`\xab`, 26)+`"` {
		t.Errorf("an encrypted alert is %s", got)
	}
}
