package layers_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// dhcp6Cases are messages of DHCPv6.
func dhcp6Cases() []wireCase {
	udp := l("udp", "sport", 546, "dport", 547)
	scapy := scapyIP6 + `/UDP(sport=546,dport=547)/`
	option := func(name, expr string, shown map[string]string, fields ...any) wireCase {
		return wireCase{name: "dhcp6 " + name, shown: shown, scapy: scapy + `DHCP6_Request(trid=0x123456)/` + expr,
			stack: over6(udp, l("dhcp6", "msgtype", "REQUEST", "trid", 0x123456, "options", li(re(append([]any{"optcode", name}, fields...)...))))}
	}
	return []wireCase{
		{name: "dhcp6 solicit", scapy: scapy + `DHCP6_Solicit(trid=1)/DHCP6OptClientId(duid=DUID_LL(lladdr="02:00:00:00:00:01"))/DHCP6OptElapsedTime()/DHCP6OptOptReq()/DHCP6OptRapidCommit()/DHCP6OptIA_NA(iaid=7,T1=0,T2=0)`,
			stack: over6(udp, l("dhcp6", "trid", 1, "options", li(re("optcode", "CLIENTID", "duid", re("type", "LL", "lladdr", "02:00:00:00:00:01")), re("optcode", 8),
				re("optcode", "ORO"), re("optcode", "RAPID_COMMIT"), re("optcode", "IA_NA", "iaid", 7)))),
			shown: map[string]string{"dhcpv6.duid.bytes": "00030001020000000001", "dhcpv6.requested_option_code": "23,24", "dhcpv6.iaid": "00000007"}},
		{name: "dhcp6 reply", scapy: scapyIP6 + `/UDP(sport=547,dport=546)/DHCP6_Reply(trid=1)/DHCP6OptServerId(duid=DUID_LLT(timeval=5,lladdr="02:00:00:00:00:02"))/` +
			`DHCP6OptIA_NA(iaid=7,T1=10,T2=20,ianaopts=[DHCP6OptIAAddress(addr="fd00::9",preflft=30,validlft=40,iaaddropts=[DHCP6OptStatusCode(statuscode=0,statusmsg="fine")])])/` +
			`DHCP6OptIA_PD(iaid=8,T1=1,T2=2,iapdopt=[DHCP6OptIAPrefix(preflft=3,validlft=4,plen=56,prefix="fd01::")])/DHCP6OptDNSServers(dnsservers=["fd00::53","fd00::54"])/DHCP6OptDNSDomains(dnsdomains=["a.example.","b.example."])`,
			stack: over6(l("udp", "sport", 547, "dport", 546), l("dhcp6", "msgtype", "REPLY", "trid", 1, "options", li(
				re("optcode", "SERVERID", "duid", re("type", 1, "timeval", 5, "lladdr", "02:00:00:00:00:02")),
				re("optcode", "IA_NA", "iaid", 7, "T1", 10, "T2", 20, "ianaopts", li(re("optcode", "IAADDR", "addr", "fd00::9", "preflft", 30, "validlft", 40, "iaaddropts", li(re("optcode", "STATUS_CODE", "statuscode", "Success", "statusmsg", "fine"))))),
				re("optcode", "IA_PD", "iaid", 8, "T1", 1, "T2", 2, "iapdopt", li(re("optcode", "IAPREFIX", "preflft", 3, "validlft", 4, "plen", 56, "prefix", "fd01::"))),
				re("optcode", "DNS_SERVERS", "dnsservers", li("fd00::53", "fd00::54")), re("optcode", "DOMAIN_LIST", "dnsdomains", li("a.example.", "b.example."))))),
			shown: map[string]string{"dhcpv6.iaaddr.ip": "fd00::9", "dhcpv6.iaprefix.pref_addr": "fd01::", "dhcpv6.dns_server": "fd00::53,fd00::54", "dhcpv6.search_list_entry": "a.example.,b.example."}},
		{name: "dhcp6 relay", scapy: scapyIP6 + `/UDP(sport=547,dport=547)/DHCP6_RelayForward(hopcount=1,linkaddr="fd00::1",peeraddr="fe80::5")/DHCP6OptIfaceId(ifaceid="eth3")/DHCP6OptRelayMsg(message=DHCP6_Solicit(trid=9)/DHCP6OptElapsedTime(elapsedtime=100))`,
			stack: over6(l("udp", "sport", 547, "dport", 547), l("dhcp6", "msgtype", "RELAY-FORW", "hopcount", 1, "linkaddr", "fd00::1", "peeraddr", "fe80::5", "options", li(
				re("optcode", "INTERFACE_ID", "ifaceid", "eth3"), re("optcode", "RELAY_MSG", "message", re("msgtype", "SOLICIT", "trid", 9, "options", li(re("optcode", "ELAPSED_TIME", "elapsedtime", 100))))))),
			shown: map[string]string{"dhcpv6.msgtype": "12,1", "dhcpv6.xid": "0x000009", "dhcpv6.interface_id": "65746833"}},
		option("IA_TA", `DHCP6OptIA_TA(iaid=3)`, nil, "iaid", 3),
		option("CLIENTID", `DHCP6OptClientId(duid=DUID_EN(enterprisenum=9,id=b"abc"))`, map[string]string{"dhcpv6.duiden.enterprise": "9"}, "duid", re("type", "EN", "enterprisenum", 9, "id", "abc")),
		option("SERVERID", `DHCP6OptServerId(duid=DUID_UUID(uuid="00112233-4455-6677-8899-aabbccddeeff"))`, nil, "duid", re("type", "UUID", "uuid", "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff")),
		option("PREFERENCE", `DHCP6OptPref(prefval=9)`, nil, "prefval", 9),
		option("AUTH", `DHCP6OptAuth(proto=3,alg=1,rdm=0,replay=b"12345678",authinfo=b"\x01key")`, nil, "replay", "12345678", "authinfo", "\x01key"),
		option("UNICAST", `DHCP6OptServerUnicast(srvaddr="fd00::3")`, nil, "srvaddr", "fd00::3"),
		option("USER_CLASS", `DHCP6OptUserClass(userclassdata=[USER_CLASS_DATA(data="a"),USER_CLASS_DATA(data="bc")])`, nil, "userclassdata", li("a", "bc")),
		option("VENDOR_CLASS", `DHCP6OptVendorClass(enterprisenum=9,vcdata=[VENDOR_CLASS_DATA(data="moon")])`, nil, "enterprisenum", 9, "vcdata", li("moon")),
		option("VENDOR_OPTS", `DHCP6OptVendorSpecificInfo(enterprisenum=9,vso=[VENDOR_SPECIFIC_OPTION(optcode=1,optdata="x")])`, nil, "enterprisenum", 9, "vso", li(re("optcode", 1, "optdata", "x"))),
		option("RECONF_MSG", `DHCP6OptReconfMsg(msgtype=5)`, nil, "msgtype", "RENEW"),
		option("RECONF_ACCEPT", `DHCP6OptReconfAccept()`, nil),
		option("SIPDomains", `DHCP6OptSIPDomains(sipdomains=["a.example."])`, nil, "sipdomains", li("a.example.")),
		option("SIPServers", `DHCP6OptSIPServers(sipservers=["fd00::2"])`, nil, "sipservers", li("fd00::2")),
		option("NIS_SERVERS", `DHCP6OptNISServers(nisservers=["fd00::2"])`, nil, "nisservers", li("fd00::2")),
		option("SNTP_SERVERS", `DHCP6OptSNTPServers(sntpservers=["fd00::2"])`, nil, "sntpservers", li("fd00::2")),
		option("INFORMATION_REFRESH_TIME", `DHCP6OptInfoRefreshTime()`, nil),
		option("REMOTE_ID", `DHCP6OptRemoteID(enterprisenum=9,remoteid=b"r")`, nil, "enterprisenum", 9, "remoteid", "r"),
		option("SUBSCRIBER_ID", `DHCP6OptSubscriberID(subscriberid="s")`, nil, "subscriberid", "s"),
		option("CLIENT_FQDN", `DHCP6OptClientFQDN(flags="S",fqdn="h.example.")`, nil, "flags", 1, "fqdn", "h.example."),
		option("BOOTFILE_URL", `DHCP6OptBootFileUrl(optdata="tftp://x/y")`, nil, "optdata", "tftp://x/y"),
		option("CLIENT_ARCH_TYPE", `DHCP6OptClientArchType(archtypes=[7,9])`, nil, "archtypes", li(7, 9)),
		option("NII", `DHCP6OptClientNetworkInterId(iitype=1,iimajor=3,iiminor=2)`, nil, "iitype", 1, "iimajor", 3, "iiminor", 2),
		option("CLIENT_LINKLAYER_ADDR", `DHCP6OptClientLinkLayerAddr(clladdr="02:00:00:00:00:01")`, nil, "clladdr", "02:00:00:00:00:01"),
		{name: "dhcp6 unknown option", scapy: scapy + `DHCP6_Solicit(trid=1)/DHCP6OptUnknown(optcode=4711,data=b"xy")`,
			stack: over6(udp, l("dhcp6", "trid", 1, "options", li(re("optcode", 4711, "data", "xy"))))},
	}
}

// TestDHCP6Names finds options by Scapy's names and by IANA's.
func TestDHCP6Names(t *testing.T) {
	for _, name := range []any{"IA_NA", "ia-na", "OPTION_IA_NA", "DHCP6OptIA_NA", 3} {
		p := layer(t, "dhcp6", packet.Record{{Name: "options", Value: li(re("optcode", name))}})
		if got := hex.EncodeToString(p.Build()); got != "01000000"+"0003000c"+strings.Repeat("0", 24) {
			t.Errorf("%v: %s", name, got)
		}
	}
	p := layer(t, "dhcp6", packet.Record{{Name: "options", Value: li(re("optcode", "ORO", "reqopts", li("DNS_SERVERS", 39)))}})
	f, _ := p.Layer(0).Field("options")
	if got := p.Layer(0).Text(f); got != `{{optcode="ORO", reqopts={23, 39}}}` {
		t.Error(got)
	}
}

func TestDHCP6Bad(t *testing.T) {
	pr, _ := layers.Registry().Lookup("dhcp6")
	deep := ""
	for range 100 {
		n := len(deep)/2 + 4
		deep = "00040" + hex.EncodeToString([]byte{byte(n >> 8), byte(n)})[1:] + "00000001" + deep
	}
	for options, want := range map[string]string{
		"00030003000000":   `{"\x00\x03\x00\x03\x00\x00\x00"}`,        // an IA_NA of three bytes
		"0003000c00":       `{"\x00\x03\x00\x0c\x00"}`,                // cut short
		"0017000411223344": `{"\x00\x17\x00\x04\x11\"3D"}`,            // a quarter of an address
		"000100020009":     `{{optcode="CLIENTID", duid="\x00\x09"}}`, // a DUID of no kind
		"00090000":         `{{optcode="RELAY_MSG", message=""}}`,     //
		"000900010c":       `{"\x00\x09\x00\x01\x0c"}`,                // half a message
		deep:               "",
	} {
		b, err := hex.DecodeString("01000001" + options)
		if err != nil {
			t.Fatal(err)
		}
		p := packet.Decode(layers.Registry(), b, pr)
		p.Len()
		f, _ := p.Layer(0).Field("options")
		got := p.Layer(0).Text(f)
		if want != "" && got != want {
			t.Errorf("%s: %s, want %s", options, got, want)
		}
		if n := strings.Count(got, "iataopts"); n > 10 {
			t.Errorf("read %d options in options", n)
		}
	}
	for _, option := range []any{re("optcode", "IA_XY"), re("optcode", "IA_NA", "addr", "::"), re("optcode", 5, "addr", "10.0.0.1"), re(), 7,
		re("optcode", 1, "duid", re("type", 9)), re("optcode", 9, "message", re("msgtype", 1, "hopcount", 1))} {
		if _, err := packet.New(layers.Registry(), pr, packet.Record{{Name: "options", Value: li(option)}}); err == nil || !strings.HasPrefix(err.Error(), "dhcp6.options: list of") {
			t.Errorf("%s: %v", packet.TextOf(option), err)
		}
	}
}
