package dhcp6

// rowsOfServices are what clients get told of names, times, telephony, booting and the like, and what they tell of
// themselves.
var rowsOfServices = []Row{
	{Code: 21, Name: "sip_domains", Aliases: []string{"SIP_SERVER_D", "sip_server_dns"}, Fields: []Field{{"domains", "sipdomains", List{Domain{}}}}, Source: "RFC 3319"},
	{Code: 22, Name: "sip_servers", Aliases: []string{"SIP_SERVER_A", "sip_server_addr"}, Fields: []Field{{"addresses", "sipservers", List{IPv6{}}}}, Source: "RFC 3319"},
	{Code: 23, Name: "dns_servers", Aliases: []string{"DNS_SERVERS", "name_servers"}, Fields: []Field{{"addresses", "dnsservers", List{IPv6{}}}}, Source: "RFC 3646"},
	{Code: 24, Name: "domain_search", Aliases: []string{"DOMAIN_LIST", "DNSDomains"}, Fields: []Field{{"domains", "dnsdomains", List{Domain{}}}}, Source: "RFC 3646"},
	{Code: 27, Name: "nis_servers", Fields: []Field{{"addresses", "nisservers", List{IPv6{}}}}, Source: "RFC 3898"},
	{Code: 28, Name: "nisp_servers", Fields: []Field{{"addresses", "nispservers", List{IPv6{}}}}, Source: "RFC 3898"},
	{Code: 29, Name: "nis_domain_name", Aliases: []string{"NISDomain"}, Fields: []Field{{"domain", "nisdomain", Domain{}}}, Source: "RFC 3898"},
	{Code: 30, Name: "nisp_domain_name", Aliases: []string{"NISPDomain"}, Fields: []Field{{"domain", "nispdomain", Domain{}}}, Source: "RFC 3898"},
	{Code: 31, Name: "sntp_servers", Fields: []Field{{"addresses", "sntpservers", List{IPv6{}}}}, Source: "RFC 4075"},
	{Code: 33, Name: "bcmcs_domains", Aliases: []string{"BCMCS_SERVER_D", "bcmcs_server_dns"}, Fields: []Field{{"domains", "bcmcsdomains", List{Domain{}}}}, Source: "RFC 4280"},
	{Code: 34, Name: "bcmcs_servers", Aliases: []string{"BCMCS_SERVER_A", "bcmcs_server_addr"}, Fields: []Field{{"addresses", "bcmcsservers", List{IPv6{}}}}, Source: "RFC 4280"},
	{Code: 36, Name: "geoconf_civic", Fields: []Field{{"what", "", Uint{1, nil}}, {"country", "", Fixed{2}}, {"elements", "", Bytes{}}}, Source: "RFC 4776"},
	{Code: 39, Name: "client_fqdn", Aliases: []string{"fqdn"}, Fields: []Field{{"flags", "flags", Flags{"SON"}}, {"name", "fqdn", Domain{Partial: true}}}, Source: "RFC 4704"},
	{Code: 40, Name: "pana_agent", Aliases: []string{"PanaAuthAgent"}, Fields: []Field{{"addresses", "paaaddr", List{IPv6{}}}}, Source: "RFC 5192"},
	{Code: 41, Name: "posix_timezone", Aliases: []string{"NEW_POSIX_TIMEZONE"}, Fields: []Field{{"text", "optdata", Text{}}}, Source: "RFC 4833"},
	{Code: 42, Name: "tzdb_timezone", Aliases: []string{"NEW_TZDB_TIMEZONE"}, Fields: []Field{{"text", "optdata", Text{}}}, Source: "RFC 4833"},
	{Code: 51, Name: "lost", Aliases: []string{"V6_LOST", "v6_lost"}, Fields: []Field{{"domain", "", Domain{}}}, Source: "RFC 5223"},
	{Code: 52, Name: "capwap_ac", Aliases: []string{"CAPWAP_AC_V6"}, Fields: []Field{{"addresses", "", List{IPv6{}}}}, Source: "RFC 5417"},
	{Code: 56, Name: "ntp_server", Many: true, Fields: []Field{{"servers", "suboptions", Sub{ntpRows}}}, Source: "RFC 5908"},
	{Code: 57, Name: "access_domain", Aliases: []string{"V6_ACCESS_DOMAIN"}, Fields: []Field{{"domain", "", Domain{}}}, Source: "RFC 5986"},
	{Code: 58, Name: "sip_ua_cs_list", Fields: []Field{{"domains", "", List{Domain{}}}}, Source: "RFC 6011"},
	{Code: 59, Name: "bootfile_url", Fields: []Field{{"url", "optdata", Text{}}}, Source: "RFC 5970"},
	{Code: 60, Name: "bootfile_parameters", Aliases: []string{"BOOTFILE_PARAM"}, Fields: []Field{{"parameters", "", List{Counted{2}}}}, Source: "RFC 5970"},
	{Code: 61, Name: "client_architecture", Aliases: []string{"CLIENT_ARCH_TYPE"}, Fields: []Field{{"types", "archtypes", List{Uint{2, architectures}}}}, Source: "RFC 5970"},
	{Code: 62, Name: "client_network_interface", Aliases: []string{"NII", "ClientNetworkInterId"}, Fields: []Field{{"type", "iitype", Uint{1, nil}}, {"major", "iimajor", Uint{1, nil}}, {"minor", "iiminor", Uint{1, nil}}}, Source: "RFC 5970"},
	{Code: 63, Name: "geolocation", Fields: []Field{{"data", "", Bytes{}}}, Source: "RFC 6225"},
	{Code: 65, Name: "erp_local_domain_name", Aliases: []string{"ERPDomain"}, Fields: []Field{{"domains", "erpdomain", List{Domain{}}}}, Source: "RFC 6440"},
	{Code: 67, Name: "pd_exclude", Fields: []Field{{"length", "", Uint{1, nil}}, {"subnet_id", "", Bytes{}}}, Source: "RFC 6603"},
	{Code: 74, Name: "rdnss_selection", Many: true, Fields: []Field{{"address", "", IPv6{}}, {"preference", "", Uint{1, nil}}, {"domains", "", List{Domain{}}}}, Source: "RFC 6731"},
	{Code: 75, Name: "krb_principal_name", Fields: []Field{{"name", "", Bytes{}}}, Source: "RFC 6784"},
	{Code: 76, Name: "krb_realm_name", Fields: []Field{{"realm", "", Text{}}}, Source: "RFC 6784"},
	{Code: 77, Name: "krb_default_realm_name", Fields: []Field{{"realm", "", Text{}}}, Source: "RFC 6784"},
	{Code: 78, Name: "krb_kdc", Many: true, Fields: []Field{{"priority", "", Uint{2, nil}}, {"weight", "", Uint{2, nil}}, {"transport", "", Uint{1, nil}}, {"port", "", Uint{2, nil}}, {"address", "", IPv6{}}, {"realm", "", Text{}}}, Source: "RFC 6784"},
	{Code: 84, Name: "addrsel", Fields: []Field{{"flags", "", Flags{"PA"}}, {"options", "", Nested{}}}, Source: "RFC 7078"},
	{Code: 85, Name: "addrsel_table", Many: true, Fields: []Field{{"label", "", Uint{1, nil}}, {"precedence", "", Uint{1, nil}}, {"prefix", "", ShortPrefix{}}}, Source: "RFC 7078"},
	{Code: 103, Name: "captive_portal", Aliases: []string{"v6_captive_portal"}, Fields: []Field{{"uri", "", Text{}}}, Source: "RFC 8910"},
	{Code: 104, Name: "mpl_parameters", Fields: []Field{{"data", "", Bytes{}}}, Source: "RFC 7774"},
	{Code: 112, Name: "mud_url", Aliases: []string{"MUD_URL_V6"}, Fields: []Field{{"url", "mudstring", Text{}}}, Source: "RFC 8520"},
	{Code: 113, Name: "prefix64", Aliases: []string{"V6_PREFIX64"}, Fields: []Field{{"data", "", Bytes{}}}, Source: "RFC 8115"},
	{Code: 136, Name: "sztp_redirect", Aliases: []string{"V6_SZTP_REDIRECT"}, Fields: []Field{{"urls", "", List{Counted{2}}}}, Source: "RFC 8572"},
	{Code: 138, Name: "ia_ll", Many: true, Fields: []Field{{"iaid", "", Uint{4, nil}}, {"t1", "", Seconds{}}, {"t2", "", Seconds{}}, {"options", "", Nested{}}}, Source: "RFC 8947"},
	{Code: 139, Name: "lladdr", Many: true, Fields: []Field{{"hardware", "", Uint{2, nil}}, {"address", "", Framed{2, Hardware{}}}, {"extra", "", Uint{4, nil}}, {"valid_lifetime", "", Seconds{}}, {"options", "", Nested{}}}, Source: "RFC 8947"},
	{Code: 140, Name: "slap_quad", Fields: []Field{{"data", "", Bytes{}}}, Source: "RFC 8948"},
	{Code: 141, Name: "dots_ri", Aliases: []string{"V6_DOTS_RI"}, Fields: []Field{{"domain", "", Domain{}}}, Source: "RFC 8973"},
	{Code: 142, Name: "dots_address", Aliases: []string{"V6_DOTS_ADDRESS"}, Fields: []Field{{"addresses", "", List{IPv6{}}}}, Source: "RFC 8973"},
	{Code: 144, Name: "dnr", Aliases: []string{"V6_DNR"}, Many: true, Fields: []Field{{"priority", "", Uint{2, nil}}, {"domain", "", Framed{2, Domain{}}}, {"addresses", "", Framed{2, List{IPv6{}}}}, {"parameters", "", Bytes{}}}, Source: "RFC 9463"},
	{Code: 145, Name: "registered_domain", Fields: []Field{{"domain", "", Domain{}}}, Source: "RFC 9527"},
	{Code: 146, Name: "forward_dist_manager", Fields: []Field{{"data", "", Bytes{}}}, Source: "RFC 9527"},
	{Code: 147, Name: "reverse_dist_manager", Fields: []Field{{"data", "", Bytes{}}}, Source: "RFC 9527"},
	{Code: 148, Name: "addr_reg_enable", Source: "RFC 9686"},
}

// ntpRows are the suboptions of an NTP server (RFC 5908 section 4).
var ntpRows = []Row{
	{Code: 1, Name: "server", Fields: []Field{{"address", "", IPv6{}}}},
	{Code: 2, Name: "multicast", Fields: []Field{{"address", "", IPv6{}}}},
	{Code: 3, Name: "name", Fields: []Field{{"name", "", Domain{}}}},
}

// architectures are IANA's processor architecture types (RFC 4578, RFC 5970).
var architectures = newNames(map[uint64]string{
	0: "x86_bios", 1: "nec_pc98", 2: "itanium", 3: "dec_alpha", 4: "arc_x86", 5: "intel_lean_client", 6: "x86_uefi", 7: "x64_uefi",
	8: "xscale_uefi", 9: "ebc", 10: "arm32_uefi", 11: "arm64_uefi", 12: "powerpc_open_firmware", 13: "powerpc_epapr",
	14: "power_opal_v3", 15: "x86_uefi_http", 16: "x64_uefi_http", 17: "ebc_http", 18: "arm32_uefi_http", 19: "arm64_uefi_http",
	20: "pc_bios_http", 21: "arm32_uboot", 22: "arm64_uboot", 23: "arm32_uboot_http", 24: "arm64_uboot_http", 25: "riscv32_uefi",
	26: "riscv32_uefi_http", 27: "riscv64_uefi", 28: "riscv64_uefi_http", 29: "riscv128_uefi", 30: "riscv128_uefi_http",
})
