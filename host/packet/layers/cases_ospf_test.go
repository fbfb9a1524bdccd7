package layers_test

import "strings"

// ospfCases are OSPF's packets and advertisements.
func ospfCases() []wireCase {
	ospf := `load_contrib("ospf")`
	stack := func(parts ...part) []part {
		return over4(append([]part{l("ospf", "src", "10.0.0.1", "area", "0.0.0.1")}, parts...)...)
	}
	const scapyOSPF = scapyIP + `/OSPF_Hdr(src="10.0.0.1",area="0.0.0.1")/`
	lsas := li(
		re("type", "router", "id", "1.1.1.1", "adrouter", "1.1.1.1", "options", "E+DC", "flags", "B+E", "linklist", li(
			re("id", "10.0.0.1", "data", "10.0.0.2", "type", "transit", "metric", 65535), re(), re("id", "2.2.2.2", "data", "0.0.0.9", "type", "p2p"))),
		re("type", "network", "age", 3600, "id", "10.0.0.1", "seq", 0x7fffffff, "mask", "255.255.255.252", "routerlist", li("1.1.1.1", "2.2.2.2")),
		re("type", "summaryIP", "id", "10.1.0.0", "mask", "255.255.0.0", "metric", 0xffffff),
		re("type", "summaryASBR", "id", "2.2.2.2", "mask", "0.0.0.0", "metric", 20),
		re("type", "external", "id", "0.0.0.0", "adrouter", "2.2.2.2", "mask", "0.0.0.0", "ebit", 1, "metric", 1, "tag", 0xdeadbeef),
		re("type", "NSSAexternal", "id", "10.9.0.0", "adrouter", "2.2.2.2", "fwdaddr", "10.0.0.9"))
	return []wireCase{
		{name: "ospf hello", setup: ospf, stack: stack(l("ospf_hello")), scapy: scapyOSPF + `OSPF_Hello()`},
		{name: "ospf to its group", setup: ospf, stack: []part{l("eth", "src", "02:00:00:00:00:01"), l("ip", "src", "10.0.0.1", "ttl", 1), l("ospf"), l("ospf_hello")},
			scapy: `Ether(src="02:00:00:00:00:01")/IP(src="10.0.0.1",ttl=1)/OSPF_Hdr()/OSPF_Hello()`},
		{name: "ospf hello full", setup: ospf, stack: over4(l("ospf", "src", "255.255.255.255", "authtype", "Simple", "authdata", 0x6d6f6f6e77697265),
			l("ospf_hello", "mask", "255.255.255.252", "hellointerval", 65535, "options", "E", "prio", 255, "deadinterval", 4294967295, "router", "10.0.0.1", "backup", "10.0.0.2", "neighbors", li("1.1.1.1", "2.2.2.2"))),
			scapy: scapyIP + `/OSPF_Hdr(src="255.255.255.255",authtype=1,authdata=0x6d6f6f6e77697265)/OSPF_Hello(mask="255.255.255.252",hellointerval=65535,options="E",prio=255,deadinterval=4294967295,` +
				`router="10.0.0.1",backup="10.0.0.2",neighbors=["1.1.1.1","2.2.2.2"])`,
			shown: map[string]string{"ospf.auth.simple": "moonwire", "ospf.hello.active_neighbor": "1.1.1.1,2.2.2.2", "ospf.v2.options": "0x02"}},
		{name: "ospf digest", setup: ospf, stack: append(over4(l("ospf", "src", "10.0.0.1", "authtype", "Crypto", "keyid", 7, "authdatalen", 16, "seq", 0x60000000), l("ospf_hello")), b(strings.Repeat("\xa5", 16))),
			scapy: scapyIP + `/OSPF_Hdr(src="10.0.0.1",len=44,authtype=2,keyid=7,authdatalen=16,seq=0x60000000)/OSPF_Hello()/Raw(b"\xa5"*16)`,
			shown: map[string]string{"ospf.auth.crypt.data": strings.Repeat("a5", 16), "ospf.packet_length": "44"}, silent: []string{"data.data"}}, // tshark's digest
		{name: "ospf dbdesc", setup: ospf, stack: stack(l("ospf_dbdesc", "options", "E+O", "dbdescr", "MS+M+I", "ddseq", 0x12345678, "lsaheaders", li(
			re("age", 3600, "type", "network", "id", "10.0.0.1", "adrouter", "2.2.2.2", "seq", 0x80000005, "chksum", 0xbeef, "len", 32), re("type", 10, "id", "1.0.0.1", "options", "O")))),
			scapy: scapyOSPF + `OSPF_DBDesc(options="E+O",dbdescr="MS+M+I",ddseq=0x12345678,lsaheaders=[OSPF_LSA_Hdr(age=3600,type=2,id="10.0.0.1",adrouter="2.2.2.2",seq=0x80000005,chksum=0xbeef,len=32),OSPF_LSA_Hdr(type=10,id="1.0.0.1",options="O")])`,
			shown: map[string]string{"ospf.lsa.age": "3600,1", "ospf.lsa.id": "10.0.0.1", "ospf.v2.options": "0x42,0x00,0x40", "ospf.dbd": "0x07"}},
		{name: "ospf lsreq", setup: ospf, stack: stack(l("ospf_lsreq", "requests", li(re(), re("type", "external", "id", "10.0.0.0", "adrouter", "2.2.2.2")))),
			scapy: scapyOSPF + `OSPF_LSReq(requests=[OSPF_LSReq_Item(),OSPF_LSReq_Item(type=5,id="10.0.0.0",adrouter="2.2.2.2")])`, shown: map[string]string{"ospf.advrouter": "1.1.1.1,2.2.2.2"}},
		{name: "ospf lsupd", setup: ospf, stack: stack(l("ospf_lsupd", "lsalist", lsas)),
			scapy: scapyOSPF + `OSPF_LSUpd(lsalist=[OSPF_Router_LSA(id="1.1.1.1",options="E+DC",flags="B+E",linklist=[OSPF_Link(id="10.0.0.1",data="10.0.0.2",type=2,metric=65535),OSPF_Link(),OSPF_Link(id="2.2.2.2",data="0.0.0.9",type=1)]),` +
				`OSPF_Network_LSA(age=3600,id="10.0.0.1",seq=0x7fffffff,mask="255.255.255.252",routerlist=["1.1.1.1","2.2.2.2"]),OSPF_SummaryIP_LSA(id="10.1.0.0",mask="255.255.0.0",metric=0xffffff),` +
				`OSPF_SummaryASBR_LSA(),OSPF_External_LSA(id="0.0.0.0",mask="0.0.0.0",ebit="E",metric=1,tag=0xdeadbeef),OSPF_NSSA_External_LSA(id="10.9.0.0",fwdaddr="10.0.0.9")])`,
			shown: map[string]string{"ospf.lsa.length": "60,32,28,28,36,36", "ospf.lsa.router.linktype": "2,3,1", "ospf.lsa.router.metric0": "65535,10,10", "ospf.lsa.network.attchrtr": "1.1.1.1,2.2.2.2",
				"ospf.lsa.asext.extrttag": "3735928559,0", "ospf.lsa.asext.fwdaddr": "0.0.0.0,10.0.0.9"}},
		{name: "ospf opaque", setup: ospf, stack: stack(l("ospf_lsupd", "lsalist", li(re("type", "areaScopeOpaque", "id", "192.0.2.1", "adrouter", "198.51.100.100", "data", "data")))),
			scapy: scapyOSPF + `OSPF_LSUpd(lsalist=[OSPF_Area_Scope_Opaque_LSA()])`, shown: map[string]string{"ospf.lsid_opaque_type": "192"}},
		{name: "ospf lsack", setup: ospf, stack: stack(l("ospf_lsack", "lsaheaders", li(re("age", 5), re("type", 5, "id", "0.0.0.0")))),
			scapy: scapyOSPF + `OSPF_LSAck(lsaheaders=[OSPF_LSA_Hdr(age=5),OSPF_LSA_Hdr(type=5,id="0.0.0.0")])`, shown: map[string]string{"ospf.lsa.age": "5,1"}},
	}
}
