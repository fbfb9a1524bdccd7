package layers

import "moonwire/host/packet"

// A dhcpOption is one row of the table of options: its code, Scapy's name, the RFC's where it differs, and how its value
// is written.
type dhcpOption struct {
	code      uint8
	name, rfc string
	value     dhcpValue
}

// dhcpOptions is the table (RFC 2132 and those that IANA's list of BOOTP Vendor Extensions and DHCP Options names). In
// names, case does not matter, and - is as good as _.
var dhcpOptions = []dhcpOption{
	{0, "pad", "", dhcpNothing},
	{1, "subnet_mask", "", dhcpIPs},
	{2, "time_zone", "time_offset", dhcpUints(4, nil)},
	{3, "router", "", dhcpIPs},
	{4, "time_server", "", dhcpIPs},
	{5, "IEN_name_server", "name_servers", dhcpIPs},
	{6, "name_server", "domain_name_server", dhcpIPs},
	{7, "log_server", "", dhcpIPs},
	{8, "cookie_server", "", dhcpIPs},
	{9, "lpr_server", "", dhcpIPs},
	{10, "impress-servers", "impress_server", dhcpIPs},
	{11, "resource-location-servers", "resource_location_server", dhcpIPs},
	{12, "hostname", "host_name", dhcpText},
	{13, "boot-size", "boot_file_size", dhcpUints(2, nil)},
	{14, "dump_path", "merit_dump_file", dhcpText},
	{15, "domain", "domain_name", dhcpText},
	{16, "swap-server", "", dhcpIPs},
	{17, "root_disk_path", "root_path", dhcpText},
	{18, "extensions-path", "", dhcpText},
	{19, "ip-forwarding", "", dhcpUints(1, nil)},
	{20, "non-local-source-routing", "", dhcpUints(1, nil)},
	{21, "policy-filter", "", dhcpIPs},
	{22, "max_dgram_reass_size", "maximum_datagram_reassembly_size", dhcpUints(2, nil)},
	{23, "default_ttl", "default_ip_time_to_live", dhcpUints(1, nil)},
	{24, "pmtu_timeout", "path_mtu_aging_timeout", dhcpUints(4, nil)},
	{25, "path-mtu-plateau-table", "", dhcpUints(2, nil)},
	{26, "interface-mtu", "", dhcpUints(2, nil)},
	{27, "all-subnets-local", "all_subnets_are_local", dhcpUints(1, nil)},
	{28, "broadcast_address", "", dhcpIPs},
	{29, "perform-mask-discovery", "", dhcpUints(1, nil)},
	{30, "mask-supplier", "", dhcpUints(1, nil)},
	{31, "router-discovery", "perform_router_discovery", dhcpUints(1, nil)},
	{32, "router-solicitation-address", "", dhcpIPs},
	{33, "static-routes", "static_route", dhcpIPs},
	{34, "trailer-encapsulation", "", dhcpUints(1, nil)},
	{35, "arp_cache_timeout", "", dhcpUints(4, nil)},
	{36, "ieee802-3-encapsulation", "ethernet_encapsulation", dhcpUints(1, nil)},
	{37, "tcp_ttl", "tcp_default_ttl", dhcpUints(1, nil)},
	{38, "tcp_keepalive_interval", "", dhcpUints(4, nil)},
	{39, "tcp_keepalive_garbage", "", dhcpUints(1, nil)},
	{40, "NIS_domain", "network_information_service_domain", dhcpText},
	{41, "NIS_server", "network_information_servers", dhcpIPs},
	{42, "NTP_server", "network_time_protocol_servers", dhcpIPs},
	{43, "vendor_specific", "vendor_specific_information_4", dhcpText},
	{44, "NetBIOS_server", "netbios_over_tcp_ip_name_server", dhcpIPs},
	{45, "NetBIOS_dist_server", "netbios_over_tcp_ip_datagram_distribution_server", dhcpIPs},
	{46, "NetBIOS_node_type", "netbios_over_tcp_ip_node_type", dhcpUints(1, nil)},
	{47, "netbios-scope", "netbios_over_tcp_ip_scope", dhcpText},
	{48, "font-servers", "x_window_system_font_server", dhcpIPs},
	{49, "x-display-manager", "x_window_system_display_manager", dhcpIPs},
	{50, "requested_addr", "requested_ip_address", dhcpIPs},
	{51, "lease_time", "ip_address_lease_time", dhcpUints(4, nil)},
	{52, "dhcp-option-overload", "option_overload", dhcpUints(1, nil)},
	{53, "message-type", "dhcp_message_type", dhcpUints(1, dhcpTypes)},
	{54, "server_id", "server_identifier", dhcpIPs},
	{55, "param_req_list", "parameter_request_list", dhcpUints(1, nil)},
	{56, "error_message", "message", dhcpText},
	{57, "max_dhcp_size", "maximum_dhcp_message_size", dhcpUints(2, nil)},
	{58, "renewal_time", "renewal_time_value", dhcpUints(4, nil)},
	{59, "rebinding_time", "rebinding_time_value", dhcpUints(4, nil)},
	{60, "vendor_class_id", "vendor_class_identifier", dhcpText},
	{61, "client_id", "client_identifier", dhcpText},
	{62, "nwip-domain-name", "", dhcpText},
	{63, "nwip-suboptions", "", dhcpText},
	{64, "NISplus_domain", "network_information_service_plus_domain", dhcpText},
	{65, "NISplus_server", "network_information_service_plus_servers", dhcpIPs},
	{66, "tftp_server_name", "", dhcpText},
	{67, "boot-file-name", "bootfile_name", dhcpText},
	{68, "mobile-ip-home-agent", "", dhcpIPs},
	{69, "SMTP_server", "simple_mail_transport_protocol_server", dhcpIPs},
	{70, "POP3_server", "post_office_protocol_server", dhcpIPs},
	{71, "NNTP_server", "network_news_transport_protocol_server", dhcpIPs},
	{72, "WWW_server", "default_world_wide_web_server", dhcpIPs},
	{73, "Finger_server", "default_finger_server", dhcpIPs},
	{74, "IRC_server", "default_internet_relay_chat_server", dhcpIPs},
	{75, "StreetTalk_server", "", dhcpIPs},
	{76, "StreetTalk_Dir_Assistance", "streettalk_directory_assistance_server", dhcpIPs},
	{77, "user_class", "", dhcpText},                            // RFC 3004
	{78, "slp_service_agent", "slp_directory_agent", dhcpText},  // RFC 2610
	{79, "slp_service_scope", "", dhcpText},                     // RFC 2610
	{80, "rapid_commit", "", dhcpNothing},                       // RFC 4039
	{81, "client_FQDN", "", dhcpText},                           // RFC 4702
	{82, "relay_agent_information", "", dhcpRelay},              // RFC 3046
	{85, "nds-server", "", dhcpIPs},                             // RFC 2241
	{86, "nds-tree-name", "", dhcpText},                         // RFC 2241
	{87, "nds-context", "", dhcpText},                           // RFC 2241
	{88, "bcms-controller-namesi", "", dhcpText},                // RFC 4280
	{89, "bcms-controller-address", "", dhcpIPs},                // RFC 4280
	{90, "authentication", "", dhcpText},                        // RFC 3118
	{91, "client-last-transaction-time", "", dhcpUints(4, nil)}, // RFC 4388
	{92, "associated-ip", "", dhcpIPs},                          // RFC 4388
	{93, "pxe_client_architecture", "", dhcpText},               // RFC 4578
	{94, "pxe_client_network_interface", "", dhcpText},          // RFC 4578
	{97, "pxe_client_machine_identifier", "", dhcpText},         // RFC 4578
	{98, "uap-servers", "", dhcpText},                           // RFC 2485
	{100, "pcode", "", dhcpText},                                // RFC 4833
	{101, "tcode", "", dhcpText},                                // RFC 4833
	{108, "ipv6_only_preferred", "", dhcpUints(4, nil)},         // RFC 8925
	{112, "netinfo-server-address", "", dhcpIPs},
	{113, "netinfo-server-tag", "", dhcpText},
	{114, "default-url", "captive_portal", dhcpText},    // RFC 8910
	{116, "auto-config", "", dhcpUints(1, nil)},         // RFC 2563
	{117, "name-service-search", "", dhcpUints(2, nil)}, // RFC 2937
	{118, "subnet-selection", "", dhcpIPs},              // RFC 3011
	{119, "domain_search", "", dhcpNames},               // RFC 3397
	{120, "sip_servers", "", dhcpText},                  // RFC 3361
	{121, "classless_static_routes", "", dhcpRoutes},    // RFC 3442
	{124, "vendor_class", "", dhcpText},                 // RFC 3925
	{125, "vendor_specific_information", "", dhcpText},  // RFC 3925
	{128, "tftp_server_ip_address", "", dhcpIPs},
	{136, "pana-agent", "", dhcpIPs},                   // RFC 5192
	{137, "v4-lost", "", dhcpText},                     // RFC 5223
	{138, "capwap-ac-v4", "", dhcpIPs},                 // RFC 5417
	{141, "sip_ua_service_domains", "", dhcpText},      // RFC 6011
	{146, "rdnss-selection", "", dhcpText},             // RFC 6731
	{150, "tftp_server_address", "", dhcpIPs},          // RFC 5859
	{159, "v4-portparams", "", dhcpText},               // RFC 7618
	{160, "v4-captive-portal", "", dhcpText},           // RFC 7710
	{161, "mud-url", "", dhcpText},                     // RFC 8520
	{208, "pxelinux_magic", "", dhcpText},              // RFC 5071
	{209, "pxelinux_configuration_file", "", dhcpText}, // RFC 5071
	{210, "pxelinux_path_prefix", "", dhcpText},        // RFC 5071
	{211, "pxelinux_reboot_time", "", dhcpText},        // RFC 5071
	{212, "option-6rd", "", dhcpText},                  // RFC 5969
	{213, "v4-access-domain", "", dhcpText},            // RFC 5986
	{249, "classless_static_routes_microsoft", "", dhcpRoutes},
	{255, "end", "", dhcpNothing},
}

// dhcpTypes names kinds of messages (RFC 2132 section 9.6, RFC 3203, RFC 4388).
var dhcpTypes = packet.Named(map[uint64]string{
	1: "discover", 2: "offer", 3: "request", 4: "decline", 5: "ack", 6: "nak", 7: "release", 8: "inform",
	9: "force_renew", 10: "lease_query", 11: "lease_unassigned", 12: "lease_unknown", 13: "lease_active",
})
