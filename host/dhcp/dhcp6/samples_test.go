package dhcp6_test

import (
	"testing"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/packet"
)

// A sample is what an option says, its bytes as another program has them, and how the judges know it.
type sample struct {
	name   string
	value  packet.Value
	wire   string   // data in hexadecimal, as the RFC or Scapy has it
	tshark []string // "field=value"; none where tshark shows bytes alone
	scapy  string   // the expression that makes the same option; "" where Scapy has none
}

type (
	list = []packet.Value
	rec  = packet.Record
)

// r is a record of names and values.
func r(fields ...any) rec {
	all := rec{}
	for i := 0; i < len(fields); i += 2 {
		all = append(all, packet.Entry{Name: fields[i].(string), Value: fields[i+1]})
	}
	return all
}

const (
	addr1 = "20010db8000000000000000000000001"
	addr2 = "20010db8000000000000000000000002"
	name1 = "0161076578616d706c6500" // a.example
	name2 = "0162076578616d706c6500"
)

var samples = []sample{
	{"client_id", "00:01:00:01:00:00:00:05:02:00:00:00:00:02", "000100010000000502" + "0000000002", []string{"dhcpv6.duidllt.link_layer_addr=02:00:00:00:00:02"}, `DHCP6OptClientId(duid=DUID_LLT(timeval=5,lladdr="02:00:00:00:00:02"))`},
	{"server_id", "00:02:00:00:00:09:61:62:63", "000200000009616263", []string{"dhcpv6.duiden.enterprise=9"}, `DHCP6OptServerId(duid=DUID_EN(enterprisenum=9,id=b"abc"))`},
	{"ia_na", r("iaid", 7, "t1", 10, "t2", 20, "addresses", list{r("address", "2001:db8::1", "preferred_lifetime", 30, "valid_lifetime", 40)}, "status", r("code", "Success", "message", "ok")),
		"000000070000000a00000014" + "00050018" + addr1 + "0000001e00000028" + "000d000400006f6b",
		[]string{"dhcpv6.iaid=00000007", "dhcpv6.iaid.t1=10", "dhcpv6.iaid.t2=20", "dhcpv6.iaaddr.ip=2001:db8::1", "dhcpv6.iaaddr.pref_lifetime=30", "dhcpv6.iaaddr.valid_lifetime=40", "dhcpv6.status_msg=ok"},
		`DHCP6OptIA_NA(iaid=7,T1=10,T2=20,ianaopts=[DHCP6OptIAAddress(addr="2001:db8::1",preflft=30,validlft=40),DHCP6OptStatusCode(statuscode=0,statusmsg="ok")])`},
	{"ia_ta", r("iaid", 3, "status", r("code", "NoAddrsAvail", "message", "")), "00000003" + "000d00020002", []string{"dhcpv6.iata=00000003", "dhcpv6.status_code=2"}, `DHCP6OptIA_TA(iaid=3,iataopts=[DHCP6OptStatusCode(statuscode=2,statusmsg="")])`},
	{"option_request", list{"dns_servers", "client_fqdn", 4711}, "001700271267", []string{"dhcpv6.requested_option_code=23", "dhcpv6.requested_option_code=39", "dhcpv6.requested_option_code=4711"}, `DHCP6OptOptReq(reqopts=[23,39,4711])`},
	{"preference", 9, "09", []string{"dhcpv6.option_preference=9"}, `DHCP6OptPref(prefval=9)`},
	{"elapsed_time", 1.5, "0096", []string{"dhcpv6.elapsed_time=1500"}, `DHCP6OptElapsedTime(elapsedtime=150)`},
	{"authentication", r("protocol", "reconfigure_key", "algorithm", "hmac_md5", "rdm", 0, "replay_detection", packet.U64(0x3132333435363738), "information", "\x01key"), "030100" + "3132333435363738" + "016b6579",
		[]string{"dhcpv6.auth.protocol=3", "dhcpv6.auth.algorithm=1"}, `DHCP6OptAuth(proto=3,alg=1,rdm=0,replay=b"12345678",authinfo=b"\x01key")`},
	{"server_unicast", "2001:db8::1", addr1, []string{"dhcpv6.unicast=2001:db8::1"}, `DHCP6OptServerUnicast(srvaddr="2001:db8::1")`},
	{"status_code", r("code", "UseMulticast", "message", "no"), "00056e6f", []string{"dhcpv6.status_code=5", "dhcpv6.status_msg=no"}, `DHCP6OptStatusCode(statuscode=5,statusmsg="no")`},
	{"rapid_commit", true, "", nil, `DHCP6OptRapidCommit()`},
	{"user_class", list{"a", "bc"}, "00016100026263", []string{"dhcpv6.userclass.opaque_data=61", "dhcpv6.userclass.opaque_data=62:63"}, `DHCP6OptUserClass(userclassdata=[USER_CLASS_DATA(data="a"),USER_CLASS_DATA(data="bc")])`},
	{"vendor_class", r("enterprise", 9, "data", list{"moon"}), "00000009" + "00046d6f6f6e", []string{"dhcpv6.vendorclass.enterprise=9", "dhcpv6.vendorclass.data=moon"}, `DHCP6OptVendorClass(enterprisenum=9,vcdata=[VENDOR_CLASS_DATA(data="moon")])`},
	{"vendor_options", r("enterprise", 9, "options", list{r("code", 1, "data", "x")}), "00000009" + "0001000178", []string{"dhcpv6.vendoropts.enterprise=9", "dhcpv6.vendoropts.enterprise.option_code=1", "dhcpv6.vendoropts.enterprise.option_data=78"}, `DHCP6OptVendorSpecificInfo(enterprisenum=9,vso=[VENDOR_SPECIFIC_OPTION(optcode=1,optdata="x")])`},
	{"interface_id", "eth3", "65746833", []string{"dhcpv6.interface_id=65:74:68:33"}, `DHCP6OptIfaceId(ifaceid="eth3")`},
	{"reconfigure_message", "renew", "05", []string{"dhcpv6.reconf_msg=5"}, `DHCP6OptReconfMsg(msgtype=5)`},
	{"reconfigure_accept", true, "", nil, `DHCP6OptReconfAccept()`},
	{"sip_domains", list{"a.example"}, name1, []string{"dhcpv6.sip_server_domain_search_fqdn=a.example"}, `DHCP6OptSIPDomains(sipdomains=["a.example."])`},
	{"sip_servers", list{"2001:db8::1"}, addr1, []string{"dhcpv6.sip_server_a=2001:db8::1"}, `DHCP6OptSIPServers(sipservers=["2001:db8::1"])`},
	{"dns_servers", list{"2001:db8::1", "2001:db8::2"}, addr1 + addr2, []string{"dhcpv6.dns_server=2001:db8::1", "dhcpv6.dns_server=2001:db8::2"}, `DHCP6OptDNSServers(dnsservers=["2001:db8::1","2001:db8::2"])`},
	{"domain_search", list{"a.example", "b.example"}, name1 + name2, []string{"dhcpv6.search_list_entry=a.example", "dhcpv6.search_list_entry=b.example"}, `DHCP6OptDNSDomains(dnsdomains=["a.example.","b.example."])`},
	{"ia_pd", r("iaid", 8, "t1", 1, "t2", 2, "prefixes", list{r("prefix", "2001:db8:7700::/56", "preferred_lifetime", 3, "valid_lifetime", 4)}), "000000080000000100000002" + "001a0019" + "0000000300000004" + "38" + "20010db8770000000000000000000000",
		[]string{"dhcpv6.iaprefix.pref_len=56", "dhcpv6.iaprefix.pref_addr=2001:db8:7700::", "dhcpv6.iaprefix.valid_lifetime=4"}, `DHCP6OptIA_PD(iaid=8,T1=1,T2=2,iapdopt=[DHCP6OptIAPrefix(preflft=3,validlft=4,plen=56,prefix="2001:db8:7700::")])`},
	{"nis_servers", list{"2001:db8::1"}, addr1, []string{"dhcpv6.nis_server=2001:db8::1"}, `DHCP6OptNISServers(nisservers=["2001:db8::1"])`},
	{"nisp_servers", list{"2001:db8::1"}, addr1, []string{"dhcpv6.nisp_server=2001:db8::1"}, `DHCP6OptNISPServers(nispservers=["2001:db8::1"])`},
	{"nis_domain_name", "a.example", name1, []string{"dhcpv6.nis_fqdn=a.example"}, `DHCP6OptNISDomain(nisdomain="a.example.")`},
	{"nisp_domain_name", "a.example", name1, []string{"dhcpv6.nisp_fqdn=a.example"}, `DHCP6OptNISPDomain(nispdomain="a.example.")`},
	{"sntp_servers", list{"2001:db8::1"}, addr1, []string{"dhcpv6.sntp_server=2001:db8::1"}, `DHCP6OptSNTPServers(sntpservers=["2001:db8::1"])`},
	{"information_refresh_time", 86400, "00015180", []string{"dhcpv6.lifetime=86400"}, `DHCP6OptInfoRefreshTime(reftime=86400)`},
	{"bcmcs_domains", list{"a.example"}, name1, []string{"dhcpv6.bcmcs_server_fqdn=a.example"}, `DHCP6OptBCMCSDomains(bcmcsdomains=["a.example."])`},
	{"bcmcs_servers", list{"2001:db8::1"}, addr1, []string{"dhcpv6.bcmcs_server_a=2001:db8::1"}, `DHCP6OptBCMCSServers(bcmcsservers=["2001:db8::1"])`},
	{"remote_id", r("enterprise", 9, "id", "r"), "0000000972", []string{"dhcpv6.remoteid.enterprise=9"}, `DHCP6OptRemoteID(enterprisenum=9,remoteid=b"r")`},
	{"subscriber_id", "s", "73", []string{"dhcpv6.subscriber_id=s"}, `DHCP6OptSubscriberID(subscriberid="s")`},
	{"client_fqdn", r("flags", "S", "name", "h.example."), "01" + "0168076578616d706c6500", []string{"dhcpv6.client_domain=h.example"}, `DHCP6OptClientFQDN(flags="S",fqdn="h.example.")`},
	{"pana_agent", list{"2001:db8::1"}, addr1, []string{"dhcpv6.pana_agent=2001:db8::1"}, `DHCP6OptPanaAuthAgent(paaaddr=["2001:db8::1"])`},
	{"posix_timezone", "EST5", "45535435", []string{"dhcpv6.timezone=EST5"}, `DHCP6OptNewPOSIXTimeZone(optdata="EST5")`},
	{"tzdb_timezone", "Europe/Rome", "4575726f70652f526f6d65", []string{"dhcpv6.tzdb=Europe/Rome"}, `DHCP6OptNewTZDBTimeZone(optdata="Europe/Rome")`},
	{"echo_request", list{"remote_id"}, "0025", nil, `DHCP6OptRelayAgentERO(reqopts=[37])`},
	{"lq_query", r("type", "by_address", "link", "2001:db8::1", "options", r("ia_address", list{r("address", "2001:db8::2")})), "01" + addr1 + "00050018" + addr2 + "0000000000000000", []string{"dhcpv6.lq_query_link_address=2001:db8::1"}, ""},
	{"clt_time", 60, "0000003c", []string{"dhcpv6.clt_time=60"}, ""},
	{"lq_client_link", list{"2001:db8::1"}, addr1, []string{"dhcpv6.lq_client_link=2001:db8::1"}, `DHCP6OptLQClientLink(linkaddress=["2001:db8::1"])`},
	{"capwap_ac", list{"2001:db8::1"}, addr1, []string{"dhcpv6.capwap_ac_v6=2001:db8::1"}, ""},
	{"ntp_server", list{r("server", "2001:db8::1"), r("multicast", "ff05::101"), r("name", "a.example")}, "00010010" + addr1 + "00020010" + "ff050000000000000000000000000101" + "0003000b" + name1,
		[]string{"dhcpv6.ntpserver.addr=2001:db8::1", "dhcpv6.ntpserver.mc_addr=ff05::101", "dhcpv6.ntpserver.fqdn=a.example"}, ""},
	{"bootfile_url", "tftp://[2001:db8::1]/x", "746674703a2f2f5b323030313a6462383a3a315d2f78", nil, `DHCP6OptBootFileUrl(optdata="tftp://[2001:db8::1]/x")`},
	{"bootfile_parameters", list{"a=1", "b"}, "0003613d31000162", nil, ""},
	{"client_architecture", list{"x64_uefi", 999}, "000703e7", nil, `DHCP6OptClientArchType(archtypes=[7,999])`},
	{"client_network_interface", r("type", 1, "major", 3, "minor", 2), "010302", nil, `DHCP6OptClientNetworkInterId(iitype=1,iimajor=3,iiminor=2)`},
	{"aftr_name", "a.example", name1, []string{"dhcpv6.aftr_name=a.example"}, ""},
	{"erp_local_domain_name", list{"a.example"}, name1, nil, `DHCP6OptERPDomain(erpdomain=["a.example."])`},
	{"relay_supplied_options", r("options", r("erp_local_domain_name", list{"a.example"})), "0041000b" + name1, nil, `DHCP6OptRelaySuppliedOpt(relaysupplied=[DHCP6OptERPDomain(erpdomain=["a.example."])])`},
	{"pd_exclude", r("length", 64, "subnet_id", "\x12\x34"), "401234", []string{"dhcpv6.pd_exclude.pref_len=64", "dhcpv6.pd_exclude.subnet_id=12:34"}, ""},
	{"vss", r("type", 0, "data", "red"), "00726564", nil, `DHCP6OptVSS(type=0,data="red")`},
	{"client_linklayer_address", r("hardware", 1, "address", "02:00:00:00:00:01"), "0001020000000001", nil, `DHCP6OptClientLinkLayerAddr(lltype=1,clladdr="02:00:00:00:00:01")`},
	{"sol_max_rt", 3600, "00000e10", nil, ""},
	{"s46_rule", r("flags", 1, "ea_length", 16, "prefix4_length", 24, "prefix4", "192.0.2.0", "prefix6", "2001:db8::/40", "options", r("s46_portparams", r("offset", 6, "psid_length", 8, "psid", 0x1200))), "011018" + "c0000200" + "28" + "20010db800" + "005d0004" + "06081200",
		[]string{"dhcpv6.s46_rule.ea_len=16", "dhcpv6.s46_rule.ipv4_pref_len=24", "dhcpv6.s46_rule.ipv4_prefix=192.0.2.0", "dhcpv6.s46_rule.ipv6_prefix_len=40", "dhcpv6.s46_rule.ipv6_prefix=2001:db8::", "dhcpv6.s46_portparam.offset=6", "dhcpv6.s46_portparam.psid_len=8"}, ""},
	{"s46_br", "2001:db8::1", addr1, []string{"dhcpv6.s46_br.address=2001:db8::1"}, ""},
	{"s46_dmr", "2001:db8::/64", "40" + "20010db800000000", []string{"dhcpv6.s46_dmr.dmr_pref_len=64", "dhcpv6.s46_dmr.dmr_prefix=2001:db8::"}, ""},
	{"s46_v4v6bind", r("address", "192.0.2.1", "prefix", "2001:db8::/64", "options", r()), "c0000201" + "40" + "20010db800000000", []string{"dhcpv6.s46_v4v6bind.ipv4_address=192.0.2.1", "dhcpv6.s46_v4v6bind.ipv6_pref_len=64"}, ""},
	{"s46_cont_mape", r("options", r("s46_br", list{"2001:db8::1"})), "005a0010" + addr1, []string{"dhcpv6.s46_br.address=2001:db8::1"}, ""},
	{"captive_portal", "https://x.example", "68747470733a2f2f782e6578616d706c65", []string{"dhcpv6.captive_portal=https://x.example"}, ""},
	{"mud_url", "https://x.example/m", "68747470733a2f2f782e6578616d706c652f6d", []string{"dhcpv6.mudurl=https://x.example/m"}, `DHCP6OptMudUrl(mudstring="https://x.example/m")`},
	{"f_binding_status", 1, "01", []string{"dhcpv6.failover.binding_status=1"}, ""},
	{"f_dns_host_name", "a.example", name1, []string{"dhcpv6.failover.dns_hostname=a.example"}, ""},
	{"f_mclt", 60, "0000003c", []string{"dhcpv6.failover.mclt=60"}, ""},
	{"f_protocol_version", r("major", 1, "minor", 2), "00010002", []string{"dhcpv6.failover.protocol.major_version=1", "dhcpv6.failover.protocol.minor_version=2"}, ""},
	{"f_relationship_name", "pair", "70616972", []string{"dhcpv6.failover.relationship_name=pair"}, ""},
	{"relay_port", 547, "0223", []string{"dhcpv6.relay_port=547"}, ""},
	{"lladdr", r("hardware", 1, "address", "02:00:00:00:00:01", "extra", 7, "valid_lifetime", 60, "options", r()), "00010006" + "020000000001" + "00000007" + "0000003c", nil, ""},
	{"dnr", r("priority", 1, "domain", "a.example", "addresses", list{"2001:db8::1"}, "parameters", "\x00\x01"), "0001" + "000b" + name1 + "0010" + addr1 + "0001", nil, ""},
}

// option makes the sample's option.
func (s sample) option(t testing.TB) dhcp6.Option {
	t.Helper()
	code, err := dhcp6.CodeOf(s.name)
	if err != nil {
		t.Fatal(err)
	}
	o, err := dhcp6.NewOption(code, plain(s.value))
	if err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	return o
}

// plain makes numbers those that Lua has.
func plain(v packet.Value) packet.Value {
	switch v := v.(type) {
	case int:
		return float64(v)
	case list:
		all := list{}
		for _, one := range v {
			all = append(all, plain(one))
		}
		return all
	case rec:
		all := rec{}
		for _, e := range v {
			all = append(all, packet.Entry{Name: e.Name, Value: plain(e.Value)})
		}
		return all
	}
	return v
}

// TestSamples writes and reads every sample.
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		o := s.option(t)
		if want := string(unhex(t, s.wire)); string(o.Bytes()) != want {
			t.Errorf("%s: got %x, want %x", s.name, o.Bytes(), want)
		}
		back := dhcp6.MakeOption(o.Code, unhex(t, s.wire))
		v, err := back.Value()
		again, bad := dhcp6.NewOption(o.Code, v)
		if err != nil || bad != nil || string(again.Bytes()) != string(o.Bytes()) {
			t.Errorf("%s: read as %s, %v, and written again as %x, %v", s.name, packet.TextOf(v), err, again.Bytes(), bad)
		}
		if got, want := packet.TextOf(v), packet.TextOf(s.value); !holds(v, s.value) {
			t.Errorf("%s: read as %s, want %s", s.name, got, want)
		}
	}
}

// holds says whether a value that was read has all that was written.
func holds(got, want packet.Value) bool {
	switch want := want.(type) {
	case list:
		list, _ := got.(list)
		for i := range want {
			if i >= len(list) || !holds(list[i], want[i]) {
				return false
			}
		}
		return len(list) == len(want)
	case rec:
		got, _ := got.(rec)
		for _, e := range want {
			if !holds(got.Get(e.Name), e.Value) {
				return false
			}
		}
		return true
	}
	return packet.TextOf(got) == packet.TextOf(want) || packet.TextOf(got) == `"`+packet.TextOf(want)+`"`
}
