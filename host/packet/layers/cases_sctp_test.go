package layers_test

// sctpCases are SCTP's chunks.
func sctpCases() []wireCase {
	stack := func(chunks ...part) []part {
		return over4(append([]part{l("sctp", "sport", 5000, "dport", 5001, "tag", 0xcafebabe)}, chunks...)...)
	}
	const scapySCTP = scapyIP + `/SCTP(sport=5000,dport=5001,tag=0xcafebabe)`
	all := []wireCase{
		{name: "sctp", stack: stack(), scapy: scapySCTP},
		{name: "sctp6", stack: over6(l("sctp", "sport", 1, "dport", 65535), l("sctp_cookie_ack")), scapy: scapyIP6 + `/SCTP(sport=1,dport=65535)/SCTPChunkCookieAck()`},
		{name: "sctp data", stack: stack(l("sctp_data", "beginning", 1, "ending", 1, "tsn", 0xffffffff, "stream_id", 7, "stream_seq", 9, "proto_id", 0xfff0, "data", "hello")),
			scapy: scapySCTP + `/SCTPChunkData(beginning=1,ending=1,tsn=0xffffffff,stream_id=7,stream_seq=9,proto_id=0xfff0,data="hello")`, shown: map[string]string{"sctp.data_payload_proto_id": "65520"}},
		{name: "sctp two data", stack: stack(l("sctp_data", "delay_sack", 1, "unordered", 1, "beginning", 1, "tsn", 1, "data", "abc"), l("sctp_data", "ending", 1, "tsn", 2, "data", "defgh")),
			scapy: scapySCTP + `/SCTPChunkData(delay_sack=1,unordered=1,beginning=1,tsn=1,data="abc")/SCTPChunkData(ending=1,tsn=2,data="defgh")`},
		{name: "sctp init", stack: stack(l("sctp_init", "init_tag", 0xdeadbeef, "a_rwnd", 106496, "n_out_streams", 10, "n_in_streams", 65535, "init_tsn", 5, "params", li(
			re("type", "IPv4", "addr", "10.0.0.1"), re("type", "IPv6", "addr", "fd00::1"), re("type", "cookie-preservative", "sug_cookie_inc", 1000),
			re("type", "hostname", "hostname", "host.example"), re("type", "addrtypes", "addr_type_list", li("IPv4", "IPv6")), re("type", "ecn-capable"),
			re("type", "random", "random", "0123456789abcdef0123456789abcdef"), re("type", "chunk-list", "chunk_list", li("address-configuration", 0x80)),
			re("type", "requested-HMAC-functions", "HMAC_functions_list", li("SHA-256", "SHA-1")), re("type", "supported-extensions", "supported_extensions", li(0xc1, 0x80, 0xf, 0xc0)),
			re("type", "fwd-tsn-supported"), re("type", "adaptation-layer", "indication", 7)))),
			scapy: scapySCTP + `/SCTPChunkInit(init_tag=0xdeadbeef,a_rwnd=106496,n_out_streams=10,n_in_streams=65535,init_tsn=5,params=[SCTPChunkParamIPv4Addr(addr="10.0.0.1"),SCTPChunkParamIPv6Addr(addr="fd00::1"),` +
				`SCTPChunkParamCookiePreservative(sug_cookie_inc=1000),SCTPChunkParamHostname(hostname="host.example"),SCTPChunkParamSupportedAddrTypes(addr_type_list=[5,6]),SCTPChunkParamECNCapable(),` +
				`SCTPChunkParamRandom(random="0123456789abcdef0123456789abcdef"),SCTPChunkParamChunkList(chunk_list=[0xc1,0x80]),SCTPChunkParamRequestedHMACFunctions(HMAC_functions_list=[3,1]),` +
				`SCTPChunkParamSupportedExtensions(supported_extensions=[0xc1,0x80,0xf,0xc0]),SCTPChunkParamFwdTSN(),SCTPChunkParamAdaptationLayer(indication=7)])`,
			shown: map[string]string{"sctp.parameter_ipv4_address": "10.0.0.1", "sctp.parameter_ipv6_address": "fd00::1", "sctp.parameter_supported_address_type": "5,6",
				"sctp.chunk_type_to_auth": "193,128", "sctp.hmac_id": "3,1", "sctp.supported_chunk_type": "193,128,15,192", "sctp.adaptation_layer_indication": "0x00000007"}},
		{name: "sctp init ack", stack: stack(l("sctp_init_ack", "init_tag", 1, "params", li(re("type", "unrecognized-param", "param", "\xc0\x06\x00\x05x"), re("type", "state-cookie", "cookie", "c00kie!!"), re("type", 99, "value", "abcd")))),
			scapy: scapySCTP + `/SCTPChunkInitAck(init_tag=1,params=[SCTPChunkParamUnrocognizedParam(param=b"\xc0\6\0\5x"),SCTPChunkParamStateCookie(cookie="c00kie!!"),Raw(b"\0\x63\0\x08abcd")])`,
			shown: map[string]string{"sctp.parameter_state_cookie": "6330306b69652121"}},
		{name: "sctp odd param", stack: stack(l("sctp_init", "init_tag", 1, "params", li(re("type", "hostname", "hostname", "h")))), shown: map[string]string{"sctp.chunk_length": "25", "sctp.parameter_length": "5"}}, // Scapy counts the padding of the last parameter
		{name: "sctp sack", stack: stack(l("sctp_sack", "cumul_tsn_ack", 100, "a_rwnd", 4096, "gap_ack_list", li("2:3", "5:65535"), "dup_tsn_list", li(99, 0xffffffff))),
			scapy: scapySCTP + `/SCTPChunkSACK(cumul_tsn_ack=100,a_rwnd=4096,gap_ack_list=["2:3","5:65535"],dup_tsn_list=[99,0xffffffff])`,
			shown: map[string]string{"sctp.sack_cumulative_tsn_ack_raw": "100", "sctp.sack_gap_block_start": "2,5", "sctp.sack_gap_block_end": "3,65535", "sctp.sack_duplicate_tsn": "99,4294967295"}},
		{name: "sctp heartbeat", stack: stack(l("sctp_heartbeat", "params", li(re("type", "heartbeat-info", "data", "1234")))),
			scapy: scapySCTP + `/SCTPChunkHeartbeatReq(params=[SCTPChunkParamHeartbeatInfo(data="1234")])`, shown: map[string]string{"sctp.parameter_heartbeat_information": "31323334"}},
		{name: "sctp heartbeat ack", stack: stack(l("sctp_heartbeat_ack", "params", li(re("type", 1, "data", "1234")))), scapy: scapySCTP + `/SCTPChunkHeartbeatAck(params=[SCTPChunkParamHeartbeatInfo(data="1234")])`},
		{name: "sctp abort", stack: stack(l("sctp_abort", "TCB", 1, "error_causes", li(re("code", "User Initiated Abort", "information", "bye!")))),
			scapy: scapySCTP + `/SCTPChunkAbort(TCB=1,error_causes=b"\0\x0c\0\x08bye!")`, shown: map[string]string{"sctp.cause_code": "0x000c", "sctp.cause_information": "62796521"}},
		{name: "sctp abort odd", stack: stack(l("sctp_abort", "error_causes", li(re("code", "Out of Resource"), re("code", 12, "information", "a")))),
			scapy: scapySCTP + `/SCTPChunkAbort(error_causes=b"\0\4\0\4\0\x0c\0\5a")`, shown: map[string]string{"sctp.cause_code": "0x0004,0x000c"}},
		{name: "sctp error", stack: stack(l("sctp_error", "error_causes", li(re("code", "Stale Cookie", "information", "\x00\x00\x10\x00")))),
			scapy: scapySCTP + `/SCTPChunkError(error_causes=b"\0\3\0\x08\0\0\x10\0")`, shown: map[string]string{"sctp.cause_measure_of_staleness": "4096"}},
		{name: "sctp shutdown", stack: stack(l("sctp_shutdown", "cumul_tsn_ack", 77)), scapy: scapySCTP + `/SCTPChunkShutdown(cumul_tsn_ack=77)`, shown: map[string]string{"sctp.shutdown_cumulative_tsn_ack": "77"}},
		{name: "sctp shutdown ack", stack: stack(l("sctp_shutdown_ack", "flags", 0)), scapy: scapySCTP + `/SCTPChunkShutdownAck(flags=0)`},
		{name: "sctp shutdown complete", stack: stack(l("sctp_shutdown_complete", "TCB", 1)), scapy: scapySCTP + `/SCTPChunkShutdownComplete(TCB=1)`},
		{name: "sctp cookie echo", stack: stack(l("sctp_cookie_echo", "cookie", "cookie"), l("sctp_data", "beginning", 1, "ending", 1, "data", "early")),
			scapy: scapySCTP + `/SCTPChunkCookieEcho(cookie="cookie")/SCTPChunkData(beginning=1,ending=1,data="early")`, silent: []string{"sctp.chunk_flags"}}, // tshark's are of both chunks
		{name: "sctp auth", stack: stack(l("sctp_auth", "shared_key_id", 1, "HMAC_function", "SHA-256", "HMAC", "0123456789abcdef0123456789abcdef"), l("sctp_asconf_ack", "seq", 5)),
			scapy: scapySCTP + `/SCTPChunkAuthentication(len=40,shared_key_id=1,HMAC_function=3,HMAC="0123456789abcdef0123456789abcdef")/SCTPChunkAddressConfAck(seq=5)`},
		{name: "sctp asconf", stack: stack(l("sctp_asconf", "seq", 1, "params", li(re("type", "IPv4", "addr", "10.0.0.1"), re("type", "add-IP", "correlation_id", 1, "addr", "10.0.0.9"),
			re("type", "del-IP", "correlation_id", 2, "addr_type", "IPv6", "addr", "fd00::9"), re("type", "set-primary-addr", "correlation_id", 3, "addr", "10.0.0.9")))),
			scapy: scapySCTP + `/SCTPChunkAddressConf(seq=1,params=[SCTPChunkParamIPv4Addr(addr="10.0.0.1"),SCTPChunkParamAddIPAddr(len=16,correlation_id=1,addr_len=8,addr="10.0.0.9"),` +
				`SCTPChunkParamDelIPAddr(len=28,correlation_id=2,addr_type=6,addr_len=20,addr="fd00::9"),SCTPChunkParamSetPrimaryAddr(len=16,correlation_id=3,addr_len=8,addr="10.0.0.9")])`,
			shown: map[string]string{"sctp.correlation_id": "0x00000001,0x00000002,0x00000003"}},
		{name: "sctp asconf ack", stack: stack(l("sctp_asconf_ack", "seq", 1, "params", li(re("type", "success-indication", "correlation_id", 1)))),
			scapy: scapySCTP + `/SCTPChunkAddressConfAck(seq=1,params=[SCTPChunkParamSuccessIndication(correlation_id=1)])`},
		{name: "sctp other chunk", stack: stack(l("sctp_chunk", "type", 0xc0, "value", "\x00\x00\x00\x07"), l("sctp_cookie_ack")), scapy: scapySCTP + `/Raw(b"\xc0\0\0\x08\0\0\0\7")/SCTPChunkCookieAck()`,
			shown: map[string]string{"sctp.forward_tsn_tsn": "7"}},
	}
	for i := range all {
		all[i].prefs = []string{"sctp.checksum:CRC 32c", "sctp.reassembly:FALSE", "sctp.relative_tsns:FALSE"}
		if all[i].shown == nil {
			all[i].shown = map[string]string{}
		}
		all[i].shown["sctp.checksum.status"] = "1"
	}
	return all
}
