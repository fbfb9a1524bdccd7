package dhcp6

// rowsOfRelays are what relay agents add, and what leasequeries ask and answer.
var rowsOfRelays = []Row{
	{Code: 37, Name: "remote_id", Fields: []Field{{"enterprise", "enterprisenum", Uint{4, nil}}, {"id", "remoteid", Bytes{}}}, Source: "RFC 4649"},
	{Code: 38, Name: "subscriber_id", Fields: []Field{{"id", "subscriberid", Bytes{}}}, Source: "RFC 4580"},
	{Code: 43, Name: "echo_request", Aliases: []string{"ERO", "RelayAgentERO"}, Fields: []Field{{"codes", "reqopts", List{Code{}}}}, Source: "RFC 4994"},
	{Code: 44, Name: "lq_query", Fields: []Field{{"type", "", Uint{1, queries}}, {"link", "", IPv6{}}, {"options", "", Nested{}}}, Source: "RFC 5007"},
	{Code: 45, Name: "client_data", Many: true, Fields: []Field{{"options", "", Nested{}}}, Source: "RFC 5007"},
	{Code: 46, Name: "clt_time", Fields: []Field{{"time", "", Seconds{}}}, Source: "RFC 5007"},
	{Code: 47, Name: "lq_relay_data", Fields: []Field{{"peer", "", IPv6{}}, {"message", "", Bytes{}}}, Source: "RFC 5007"},
	{Code: 48, Name: "lq_client_link", Fields: []Field{{"addresses", "linkaddress", List{IPv6{}}}}, Source: "RFC 5007"},
	{Code: 53, Name: "relay_id", Fields: []Field{{"duid", "", Identifier{}}}, Source: "RFC 5460"},
	{Code: 66, Name: "relay_supplied_options", Aliases: []string{"RSOO", "RelaySuppliedOpt"}, Fields: []Field{{"options", "relaysupplied", Nested{}}}, Source: "RFC 6422"},
	{Code: 68, Name: "vss", Fields: []Field{{"type", "type", Uint{1, nil}}, {"data", "data", Bytes{}}}, Source: "RFC 6607"},
	{Code: 79, Name: "client_linklayer_address", Aliases: []string{"CLIENT_LINKLAYER_ADDR", "client_linklayer_addr"}, Fields: []Field{{"hardware", "lltype", Uint{2, nil}}, {"address", "clladdr", Hardware{}}}, Source: "RFC 6939"},
	{Code: 80, Name: "link_address", Fields: []Field{{"address", "", IPv6{}}}, Source: "RFC 6977"},
	{Code: 81, Name: "radius", Fields: []Field{{"attributes", "", Bytes{}}}, Source: "RFC 7037"},
	{Code: 100, Name: "lq_base_time", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 7653"},
	{Code: 101, Name: "lq_start_time", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 7653"},
	{Code: 102, Name: "lq_end_time", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 7653"},
	{Code: 105, Name: "ani_att", Fields: []Field{{"reserved", "", Uint{1, nil}}, {"technology", "", Uint{1, nil}}}, Source: "RFC 7839"},
	{Code: 106, Name: "ani_network_name", Fields: []Field{{"name", "", Text{}}}, Source: "RFC 7839"},
	{Code: 107, Name: "ani_ap_name", Fields: []Field{{"name", "", Text{}}}, Source: "RFC 7839"},
	{Code: 108, Name: "ani_ap_bssid", Fields: []Field{{"bssid", "", Hardware{}}}, Source: "RFC 7839"},
	{Code: 109, Name: "ani_operator_id", Fields: []Field{{"enterprise", "", Uint{4, nil}}}, Source: "RFC 7839"},
	{Code: 110, Name: "ani_operator_realm", Fields: []Field{{"realm", "", Text{}}}, Source: "RFC 7839"},
	{Code: 135, Name: "relay_port", Aliases: []string{"relay_source_port"}, Fields: []Field{{"port", "", Uint{2, nil}}}, Source: "RFC 8357"},
}

// queries are the types of leasequeries (RFC 5007 section 4.1.2.1, RFC 5460).
var queries = newNames(map[uint64]string{1: "by_address", 2: "by_client_id", 3: "by_relay_id", 4: "by_link_address", 5: "by_remote_id"})

// rowsOfTransition are for IPv4 beside IPv6 and by way of it.
var rowsOfTransition = []Row{
	{Code: 64, Name: "aftr_name", Fields: []Field{{"domain", "", Domain{}}}, Source: "RFC 6334"},
	{Code: 86, Name: "pcp_server", Aliases: []string{"V6_PCP_SERVER"}, Many: true, Fields: []Field{{"addresses", "", List{IPv6{}}}}, Source: "RFC 7291"},
	{Code: 87, Name: "dhcpv4_message", Aliases: []string{"DHCPV4_MSG"}, Fields: []Field{{"message", "", Bytes{}}}, Source: "RFC 7341"},
	{Code: 88, Name: "dhcp4o6_servers", Aliases: []string{"DHCP4_O_DHCP6_SERVER", "dhcp4o6_server_addr"}, Fields: []Field{{"addresses", "", List{IPv6{}}}}, Source: "RFC 7341"},
	{Code: 89, Name: "s46_rule", Many: true, Fields: []Field{{"flags", "", Uint{1, nil}}, {"ea_length", "", Uint{1, nil}}, {"prefix4_length", "", Uint{1, nil}}, {"prefix4", "", IPv4{}}, {"prefix6", "", ShortPrefix{}}, {"options", "", Nested{}}}, Source: "RFC 7598"},
	{Code: 90, Name: "s46_br", Many: true, Fields: []Field{{"address", "", IPv6{}}}, Source: "RFC 7598"},
	{Code: 91, Name: "s46_dmr", Fields: []Field{{"prefix", "", ShortPrefix{}}}, Source: "RFC 7598"},
	{Code: 92, Name: "s46_v4v6bind", Fields: []Field{{"address", "", IPv4{}}, {"prefix", "", ShortPrefix{}}, {"options", "", Nested{}}}, Source: "RFC 7598"},
	{Code: 93, Name: "s46_portparams", Fields: []Field{{"offset", "", Uint{1, nil}}, {"psid_length", "", Uint{1, nil}}, {"psid", "", Uint{2, nil}}}, Source: "RFC 7598"},
	{Code: 94, Name: "s46_cont_mape", Fields: []Field{{"options", "", Nested{}}}, Source: "RFC 7598"},
	{Code: 95, Name: "s46_cont_mapt", Fields: []Field{{"options", "", Nested{}}}, Source: "RFC 7598"},
	{Code: 96, Name: "s46_cont_lw", Fields: []Field{{"options", "", Nested{}}}, Source: "RFC 7598"},
	{Code: 97, Name: "4rd", Fields: []Field{{"options", "", Nested{}}}, Source: "RFC 7600"},
	{Code: 98, Name: "4rd_map_rule", Many: true, Fields: []Field{{"prefix4_length", "", Uint{1, nil}}, {"prefix6_length", "", Uint{1, nil}}, {"ea_length", "", Uint{1, nil}}, {"flags", "", Uint{1, nil}}, {"prefix4", "", IPv4{}}, {"prefix6", "", IPv6{}}}, Source: "RFC 7600"},
	{Code: 99, Name: "4rd_non_map_rule", Fields: []Field{{"flags", "", Uint{1, nil}}, {"traffic_class", "", Uint{1, nil}}, {"pmtu", "", Uint{2, nil}}}, Source: "RFC 7600"},
	{Code: 111, Name: "s46_priority", Fields: []Field{{"codes", "", List{Code{}}}}, Source: "RFC 8026"},
	{Code: 137, Name: "s46_bind_ipv6_prefix", Fields: []Field{{"prefix", "", ShortPrefix{}}}, Source: "RFC 8539"},
}

// rowsOfMobility are for devices that move.
var rowsOfMobility = []Row{
	{Code: 49, Name: "mip6_hnidf", Fields: []Field{{"domain", "", Domain{}}}, Source: "RFC 6610"},
	{Code: 50, Name: "mip6_vdinf", Many: true, Fields: []Field{{"options", "", Nested{}}}, Source: "RFC 6610"},
	{Code: 54, Name: "mos_addresses", Aliases: []string{"IPv6_Address-MoS"}, Fields: []Field{{"services", "", Sub{mosAddresses}}}, Source: "RFC 5678"},
	{Code: 55, Name: "mos_domains", Aliases: []string{"IPv6_FQDN-MoS"}, Fields: []Field{{"services", "", Sub{mosDomains}}}, Source: "RFC 5678"},
	{Code: 69, Name: "mip6_idinf", Many: true, Fields: []Field{{"options", "", Nested{}}}, Source: "RFC 6610"},
	{Code: 70, Name: "mip6_udinf", Many: true, Fields: []Field{{"options", "", Nested{}}}, Source: "RFC 6610"},
	{Code: 71, Name: "mip6_hnp", Many: true, Fields: []Field{{"data", "", Bytes{}}}, Source: "RFC 6610"},
	{Code: 72, Name: "mip6_haa", Many: true, Fields: []Field{{"address", "", IPv6{}}}, Source: "RFC 6610"},
	{Code: 73, Name: "mip6_haf", Many: true, Fields: []Field{{"domain", "", Domain{}}}, Source: "RFC 6610"},
	{Code: 143, Name: "andsf_addresses", Aliases: []string{"IPv6_Address-ANDSF"}, Fields: []Field{{"addresses", "", List{IPv6{}}}}, Source: "RFC 6153"},
}

// mosAddresses and mosDomains are the suboptions for the three services of IEEE 802.21 (RFC 5678 section 3).
var (
	mosAddresses = []Row{
		{Code: 1, Name: "information", Fields: []Field{{"addresses", "", List{IPv6{}}}}},
		{Code: 2, Name: "command", Fields: []Field{{"addresses", "", List{IPv6{}}}}},
		{Code: 3, Name: "event", Fields: []Field{{"addresses", "", List{IPv6{}}}}},
	}
	mosDomains = []Row{
		{Code: 1, Name: "information", Fields: []Field{{"domains", "", List{Domain{}}}}},
		{Code: 2, Name: "command", Fields: []Field{{"domains", "", List{Domain{}}}}},
		{Code: 3, Name: "event", Fields: []Field{{"domains", "", List{Domain{}}}}},
	}
)

// rowsOfFailover are what two servers say to each other (RFC 8156 section 5.5).
var rowsOfFailover = []Row{
	{Code: 114, Name: "f_binding_status", Fields: []Field{{"status", "", Uint{1, nil}}}, Source: "RFC 8156"},
	{Code: 115, Name: "f_connect_flags", Fields: []Field{{"flags", "", Uint{2, nil}}}, Source: "RFC 8156"},
	{Code: 116, Name: "f_dns_removal_info", Fields: []Field{{"options", "", Nested{}}}, Source: "RFC 8156"},
	{Code: 117, Name: "f_dns_host_name", Fields: []Field{{"domain", "", Domain{}}}, Source: "RFC 8156"},
	{Code: 118, Name: "f_dns_zone_name", Fields: []Field{{"domain", "", Domain{}}}, Source: "RFC 8156"},
	{Code: 119, Name: "f_dns_flags", Fields: []Field{{"flags", "", Uint{2, nil}}}, Source: "RFC 8156"},
	{Code: 120, Name: "f_expiration_time", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 8156"},
	{Code: 121, Name: "f_max_unacked_bndupd", Fields: []Field{{"count", "", Uint{4, nil}}}, Source: "RFC 8156"},
	{Code: 122, Name: "f_mclt", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 8156"},
	{Code: 123, Name: "f_partner_lifetime", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 8156"},
	{Code: 124, Name: "f_partner_lifetime_sent", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 8156"},
	{Code: 125, Name: "f_partner_down_time", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 8156"},
	{Code: 126, Name: "f_partner_raw_clt_time", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 8156"},
	{Code: 127, Name: "f_protocol_version", Fields: []Field{{"major", "", Uint{2, nil}}, {"minor", "", Uint{2, nil}}}, Source: "RFC 8156"},
	{Code: 128, Name: "f_keepalive_time", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 8156"},
	{Code: 129, Name: "f_reconfigure_data", Fields: []Field{{"time", "", Uint{4, nil}}, {"key", "", Bytes{}}}, Source: "RFC 8156"},
	{Code: 130, Name: "f_relationship_name", Fields: []Field{{"name", "", Text{}}}, Source: "RFC 8156"},
	{Code: 131, Name: "f_server_flags", Fields: []Field{{"flags", "", Uint{1, nil}}}, Source: "RFC 8156"},
	{Code: 132, Name: "f_server_state", Fields: []Field{{"state", "", Uint{1, nil}}}, Source: "RFC 8156"},
	{Code: 133, Name: "f_start_time_of_state", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 8156"},
	{Code: 134, Name: "f_state_expiration_time", Fields: []Field{{"time", "", Uint{4, nil}}}, Source: "RFC 8156"},
}
