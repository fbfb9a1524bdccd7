package layers_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// ntpCases are messages of NTP.
func ntpCases() []wireCase {
	udp := l("udp", "sport", 123, "dport", 123)
	scapy := scapyIP + `/UDP(sport=123,dport=123)/`
	half := packet.U64(5<<32 | 1<<31)
	return []wireCase{
		{name: "ntp defaults", stack: over4(udp, l("ntp")), scapy: scapy + `NTPHeader(orig=0,sent=0)`, setup: "from scapy.layers.ntp import *"},
		{name: "ntp client 3", stack: over4(udp, l("ntp", "version", 3, "mode", "client", "stratum", 0, "sent", half)),
			scapy: scapy + `NTPHeader(version=3,mode=3,stratum=0,orig=0,sent=5.5)`},
		{name: "ntp server", stack: over4(udp, l("ntp", "leap", 3, "mode", "server", "stratum", 2, "poll", 6, "precision", int64(-20), "delay", 0x8000, "dispersion", 0x10000,
			"id", "192.0.2.1", "ref", packet.U64(1<<32), "orig", packet.U64(2<<32), "recv", packet.U64(3<<32), "sent", half)),
			scapy: scapy + `NTPHeader(leap=3,mode=4,stratum=2,poll=6,precision=-20,delay=0.5,dispersion=1,id="192.0.2.1",ref=1,orig=2,recv=3,sent=5.5)`},
		{name: "ntp primary", stack: over4(udp, l("ntp", "mode", 4, "stratum", 1, "ref_id", "GPS\x00")),
			scapy: scapy + `NTPHeader(mode=4,stratum=1,ref_id=b"GPS\0",orig=0,sent=0)`},
		{name: "ntp authenticated", stack: over4(udp, l("ntp", "mac", re("key_id", 7, "dgst", strings.Repeat("m", 16)))),
			scapy: scapy + `NTPHeader(orig=0,sent=0)/NTPAuthenticator(key_id=7,dgst=b"m"*16)`, shown: map[string]string{"ntp.keyid": "00000007", "ntp.mac": strings.Repeat("6d", 16)}},
		{name: "ntp extension", stack: over4(udp, l("ntp", "extensions", li(re("type", 0x104, "value", strings.Repeat("u", 32))), "mac", re("key_id", 7, "dgst", strings.Repeat("m", 16)))),
			scapy: scapy + `NTPHeader(orig=0,sent=0)/NTPExtensions(extensions=[NTPExtension(type=0x104,len=36,value=b"u"*32)],mac=NTPAuthenticator(key_id=7,dgst=b"m"*16))`,
			shown: map[string]string{"ntp.ext.type": "0x0104"}},
		{name: "ntp control", stack: over4(udp, l("ntp", "version", 2, "mode", 6, "op_code", "CTL_OP_READVAR", "sequence", 9, "association_id", 5, "data", "stratum,offset")),
			shown: map[string]string{"ntp.ctrl.count": "14"}}, // Scapy writes a byte too many
		{name: "ntp private", stack: over4(udp, l("ntp", "version", 2, "mode", 7, "data", "\x00\x03\x2a\x00\x00\x00\x00")),
			scapy: scapy + `NTPPrivate(version=2,mode=7,implementation=3,request_code=42)`, silent: []string{"ntp.flags.li"}},
	}
}

// tftpCases are messages of TFTP.
func tftpCases() []wireCase {
	udp := l("udp", "sport", 1069, "dport", 69)
	scapy := scapyIP + `/UDP(sport=1069,dport=69)/TFTP()/`
	message := func(fields ...any) []part { return over4(udp, l("tftp", fields...)) }
	return []wireCase{
		{name: "tftp read", stack: message("filename", "boot.img", "options", li(re("oname", "blksize", "value", "1468"), re("oname", "tsize", "value", "0"))),
			scapy: scapy + `TFTP_RRQ(filename="boot.img")/TFTP_Options(options=[TFTP_Option(oname="blksize",value="1468"),TFTP_Option(oname="tsize",value="0")])`,
			shown: map[string]string{"tftp.source_file": "boot.img", "tftp.option.name": "blksize,tsize", "tftp.option.value": "1468,0"}},
		{name: "tftp write", stack: message("op", "WRQ", "filename", "a", "mode", "netascii"), scapy: scapy + `TFTP_WRQ(filename="a",mode="netascii")`,
			shown: map[string]string{"tftp.destination_file": "a"}},
		{name: "tftp data", stack: append(message("op", "DATA", "block", 3), b("payload")), scapy: scapy + `TFTP_DATA(block=3)/"payload"`},
		{name: "tftp ack", stack: message("op", "ACK", "block", 65535), scapy: scapy + `TFTP_ACK(block=65535)`},
		{name: "tftp error", stack: message("op", "ERROR", "errorcode", "File not found", "errormsg", "no"), scapy: scapy + `TFTP_ERROR(errorcode=1,errormsg="no")`},
		{name: "tftp oack", stack: message("op", "OACK", "options", li(re("oname", "blksize", "value", "512"))), scapy: scapy + `TFTP_OACK()/TFTP_Options(options=[TFTP_Option(oname="blksize",value="512")])`},
	}
}

// TestNTPTails reads what may stand behind the time stamps.
func TestNTPTails(t *testing.T) {
	pr, _ := layers.Registry().Lookup("ntp")
	head := "23" + strings.Repeat("00", 47)
	for tail, want := range map[string][2]string{
		"":         {"{}", "nil"},
		"00000000": {"{}", `{key_id=0, dgst=""}`},
		"01040018" + strings.Repeat("aa", 20) + "00000001" + strings.Repeat("bb", 16): {`{{type=0x104, len=24, value="` + strings.Repeat(`\xaa`, 20) + `"}}`, `{key_id=1, dgst="` + strings.Repeat(`\xbb`, 16) + `"}`},
		"0104001c" + strings.Repeat("aa", 24):                                         {`{{type=0x104, len=28, value="` + strings.Repeat(`\xaa`, 24) + `"}}`, "nil"},
		"01":                                                                          {"{}", `"\x01"`},
		"01040003aa":                                                                  {"{}", `{key_id=17039363, dgst="\xaa"}`},
	} {
		b, _ := hex.DecodeString(head + tail)
		p := packet.Decode(layers.Registry(), b, pr)
		p.Len()
		c := p.Layer(0)
		ext, _ := c.Field("extensions")
		mac, _ := c.Field("mac")
		if got := [2]string{c.Text(ext), c.Text(mac)}; got != want {
			t.Errorf("%s: %v, want %v", tail, got, want)
		}
		if got := hex.EncodeToString(p.Build()); got != head+tail {
			t.Errorf("built again %s", got)
		}
	}
}
