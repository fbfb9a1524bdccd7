package layers_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// dhcpCases are messages of DHCPv4.
func dhcpCases() []wireCase {
	udp := l("udp", "sport", 68, "dport", 67)
	scapy := scapyIP + `/UDP(sport=68,dport=67)/BOOTP(chaddr=bytes.fromhex("020000000001"),xid=0x1234`
	message := func(options ...any) []part {
		return over4(udp, l("dhcp", "chaddr", "02:00:00:00:00:01", "xid", 0x1234, "options", li(options...)))
	}
	option := func(name, expr string, shown map[string]string, values ...any) wireCase {
		return wireCase{name: "dhcp " + name, shown: shown,
			stack: message(li("message-type", "ack"), li(append([]any{name}, values...)...), li("end")),
			scapy: scapy + `)/DHCP(options=[("message-type","ack"),("` + name + `",` + expr + `),"end"])`}
	}
	return []wireCase{
		{name: "dhcp discover", stack: message(li("message-type", "discover"), "end"), scapy: scapy + `)/DHCP(options=[("message-type","discover"),"end"])`,
			shown: map[string]string{"dhcp.option.dhcp": "1", "dhcp.cookie": "99.130.83.99"}},
		{name: "dhcp offer", stack: over4(l("udp", "sport", 67, "dport", 68), l("dhcp", "op", "BOOTREPLY", "xid", 0x1234, "secs", 3, "flags", "B", "hops", 1, "ciaddr", "10.0.0.9", "yiaddr", "10.0.0.10",
			"siaddr", "10.0.0.1", "giaddr", "10.0.1.1", "chaddr", "02:00:00:00:00:01", "sname", "boot", "file", "pxelinux.0", "options", li(li("message-type", "offer"), li("server_id", "10.0.0.1"), li("end")))),
			scapy: scapyIP + `/UDP(sport=67,dport=68)/BOOTP(op=2,xid=0x1234,secs=3,flags="B",hops=1,ciaddr="10.0.0.9",yiaddr="10.0.0.10",siaddr="10.0.0.1",giaddr="10.0.1.1",` +
				`chaddr=bytes.fromhex("020000000001"),sname="boot",file="pxelinux.0")/DHCP(options=[("message-type","offer"),("server_id","10.0.0.1"),"end"])`},
		option("subnet_mask", `"255.255.255.0"`, map[string]string{"dhcp.option.subnet_mask": "255.255.255.0"}, "255.255.255.0"),
		option("router", `"10.0.0.1","10.0.0.2"`, map[string]string{"dhcp.option.router": "10.0.0.1,10.0.0.2"}, "10.0.0.1", "10.0.0.2"),
		option("name_server", `"10.0.0.53"`, map[string]string{"dhcp.option.domain_name_server": "10.0.0.53"}, "10.0.0.53"),
		option("hostname", `"pc"`, map[string]string{"dhcp.option.hostname": "pc"}, "pc"),
		option("domain", `"example.org"`, map[string]string{"dhcp.option.domain_name": "example.org"}, "example.org"),
		option("lease_time", `3600`, map[string]string{"dhcp.option.ip_address_lease_time": "3600"}, 3600),
		option("renewal_time", `1800`, map[string]string{"dhcp.option.renewal_time_value": "1800"}, 1800),
		option("interface-mtu", `1400`, map[string]string{"dhcp.option.interface_mtu": "1400"}, 1400),
		option("default_ttl", `64`, nil, 64),
		option("time_zone", `3600`, nil, 3600),
		option("param_req_list", `[1,3,6,15]`, map[string]string{"dhcp.option.request_list_item": "1,3,6,15"}, "subnet_mask", 3, "domain_name_server", 15),
		option("requested_addr", `"10.0.0.7"`, map[string]string{"dhcp.option.requested_ip_address": "10.0.0.7"}, "10.0.0.7"),
		option("client_id", `b"\x01\x02\x00\x00\x00\x00\x01"`, map[string]string{"dhcp.hw.type": "0x01,0x01", "dhcp.hw.mac_addr": "02:00:00:00:00:01,02:00:00:00:00:01"}, "\x01\x02\x00\x00\x00\x00\x01"),
		option("vendor_class_id", `"moon"`, map[string]string{"dhcp.option.vendor_class_id": "moon"}, "moon"),
		option("static-routes", `"10.1.0.0","10.0.0.1"`, nil, "10.1.0.0", "10.0.0.1"),
		option("classless_static_routes", `["10.0.0.0/8:10.0.0.1","0.0.0.0/0:10.0.0.2"]`, map[string]string{"dhcp.option.classless_static_route": "080a0a000001,000a000002"}, "10.0.0.0/8:10.0.0.1", "0.0.0.0/0:10.0.0.2"),
		option("relay_agent_information", `b"\x01\x03eth\x02\x02sw"`, map[string]string{"dhcp.option.agent_information_option.agent_circuit_id": hex.EncodeToString([]byte("eth"))}, li(1, "eth"), li(2, "sw")),
		option("boot-file-name", `"x.efi"`, nil, "x.efi"),
		{name: "dhcp unknown option", stack: message(li("message-type", 3), li(224, "\x01\x02"), li("pad"), li("pad"), li("end")),
			scapy: scapy + `)/DHCP(options=[("message-type","request"),(224,b"\1\2"),"pad","pad","end"])`},
		{name: "dhcp defaults", stack: over4(udp, l("dhcp")), scapy: scapyIP + `/UDP(sport=68,dport=67)/BOOTP()/DHCP()`, expert: true},
	}
}

// TestDHCPOptionsOneByOne reads every option of the table as it is written by its other name.
func TestDHCPOptionsOneByOne(t *testing.T) {
	for _, o := range []struct {
		given []packet.Value
		hex   string
		read  string
	}{
		{li("host-name", "pc"), "0c027063", `{"hostname", "pc"}`},
		{li("Domain Name Server", "10.0.0.1"), "06040a000001", `{"name_server", "10.0.0.1"}`},
		{li(3, "10.0.0.1"), "03040a000001", `{"router", "10.0.0.1"}`},
		{li("router", li("10.0.0.1", "10.0.0.2")), "03080a0000010a000002", `{"router", "10.0.0.1", "10.0.0.2"}`},
		{li("router"), "0300", `{"router"}`},
		{li("rapid_commit"), "5000", `{"rapid_commit"}`},
		{li("domain_search", "a.b.", "c."), "77080161016200016300", `{"domain_search", "a.b.", "c."}`},
		{li("relay_agent_information", li(1, "x")), "5203010178", `{"relay_agent_information", {1, "x"}}`},
	} {
		p := layer(t, "dhcp", packet.Record{{Name: "options", Value: li(o.given)}})
		if got := hex.EncodeToString(p.Build()[240:]); got != o.hex {
			t.Errorf("%s is %s, want %s", packet.TextOf(o.given), got, o.hex)
		}
		f, _ := p.Layer(0).Field("options")
		if got := p.Layer(0).Text(f); got != "{"+o.read+"}" {
			t.Errorf("%s is read as %s", packet.TextOf(o.given), got)
		}
	}
}

func TestDHCPBadOptions(t *testing.T) {
	head := strings.Repeat("00", 236) + "63825363"
	for options, want := range map[string]string{
		"0303010203":   `{"\x03\x03\x01\x02\x03"}`, // a router of three bytes
		"0304":         `{"\x03\x04"}`,             // cut short
		"03":           `{"\x03"}`,                 //
		"7902210a":     `{"y\x02!\n"}`,             // a route to /33
		"ff0000":       `{{"end"}, "\x00\x00"}`,    // padding behind the end
		"0000":         `{{"pad"}, {"pad"}}`,       //
		"35ff01":       `{"5\xff\x01"}`,            //
		"77020161":     `{"w\x02\x01a"}`,           // a name without an end
		"77040161c000": `{"w\x04\x01a\xc0\x00"}`,   // a name that leads round
	} {
		b, _ := hex.DecodeString(head + options)
		pr, _ := layers.Registry().Lookup("dhcp")
		p := packet.Decode(layers.Registry(), b, pr)
		p.Len()
		c := p.Layer(0)
		f, _ := c.Field("options")
		if got := c.Text(f); got != want {
			t.Errorf("%s: %s, want %s", options, got, want)
		}
	}
	long := layer(t, "dhcp", packet.Record{{Name: "options", Value: li(li("vendor_specific", strings.Repeat("v", 300)))}})
	if got := long.Build()[240:]; len(got) != 304 || got[1] != 255 || got[257] != 43 || got[258] != 45 {
		t.Errorf("a long option is %x", got)
	}
	bootp := "not a cookie"
	p := layer(t, "dhcp", packet.Record{{Name: "options", Value: bootp}})
	if got := string(p.Build()[236:]); got != bootp {
		t.Errorf("vendor area %q", got)
	}
}

func TestDHCPWrongValues(t *testing.T) {
	for _, option := range []any{li("routre", "10.0.0.1"), li("router", "10.0.0"), li("lease_time", -1), li("message-type", "discovery"), li(),
		li("classless_static_routes", "10.0.0.0/33:10.0.0.1"), li("classless_static_routes", "10.0.0.0/8"), li("end", 1), li(256, "x"), 7} {
		pr, _ := layers.Registry().Lookup("dhcp")
		if _, err := packet.New(layers.Registry(), pr, packet.Record{{Name: "options", Value: li(option)}}); err == nil || !strings.HasPrefix(err.Error(), "dhcp.options: list of options") {
			t.Errorf("%s: %v", packet.TextOf(option), err)
		}
	}
}
