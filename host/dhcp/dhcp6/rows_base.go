package dhcp6

// rowsOfBase are the options of RFC 8415 section 21.
var rowsOfBase = []Row{
	{Code: 1, Name: "client_id", Aliases: []string{"CLIENTID", "ClientId", "client_identifier"}, Fields: []Field{{"duid", "duid", Identifier{}}}, Source: "RFC 8415 section 21.2"},
	{Code: 2, Name: "server_id", Aliases: []string{"SERVERID", "ServerId", "server_identifier"}, Fields: []Field{{"duid", "duid", Identifier{}}}, Source: "RFC 8415 section 21.3"},
	{Code: 3, Name: "ia_na", Many: true, Fields: []Field{{"iaid", "iaid", Uint{4, nil}}, {"t1", "T1", Seconds{}}, {"t2", "T2", Seconds{}}, {"options", "ianaopts", Nested{}}}, Source: "RFC 8415 section 21.4"},
	{Code: 4, Name: "ia_ta", Many: true, Fields: []Field{{"iaid", "iaid", Uint{4, nil}}, {"options", "iataopts", Nested{}}}, Source: "RFC 8415 section 21.5"},
	{Code: 5, Name: "ia_address", Aliases: []string{"IAADDR"}, Many: true, Fields: []Field{{"address", "addr", IPv6{}}, {"preferred_lifetime", "preflft", Seconds{}}, {"valid_lifetime", "validlft", Seconds{}}, {"options", "iaaddropts", Nested{}}}, Source: "RFC 8415 section 21.6"},
	{Code: 6, Name: "option_request", Aliases: []string{"ORO", "OptReq"}, Fields: []Field{{"codes", "reqopts", List{Code{}}}}, Source: "RFC 8415 section 21.7"},
	{Code: 7, Name: "preference", Aliases: []string{"Pref"}, Fields: []Field{{"value", "prefval", Uint{1, nil}}}, Source: "RFC 8415 section 21.8"},
	{Code: 8, Name: "elapsed_time", Fields: []Field{{"time", "elapsedtime", Fraction{2, 100}}}, Source: "RFC 8415 section 21.9"},
	{Code: 9, Name: "relay_message", Aliases: []string{"RELAY_MSG"}, Fields: []Field{{"message", "message", Bytes{}}}, Source: "RFC 8415 section 21.10"},
	{Code: 11, Name: "authentication", Aliases: []string{"AUTH"}, Fields: []Field{{"protocol", "proto", Uint{1, authProtocols}}, {"algorithm", "alg", Uint{1, authAlgorithms}}, {"rdm", "rdm", Uint{1, nil}}, {"replay_detection", "replay", Uint{8, nil}}, {"information", "authinfo", Bytes{}}}, Source: "RFC 8415 section 21.11"},
	{Code: 12, Name: "server_unicast", Aliases: []string{"UNICAST"}, Fields: []Field{{"address", "srvaddr", IPv6{}}}, Source: "RFC 8415 section 21.12"},
	{Code: 13, Name: "status_code", Aliases: []string{"status"}, Fields: []Field{{"code", "statuscode", Uint{2, statuses}}, {"message", "statusmsg", Text{}}}, Source: "RFC 8415 section 21.13"},
	{Code: 14, Name: "rapid_commit", Source: "RFC 8415 section 21.14"},
	{Code: 15, Name: "user_class", Fields: []Field{{"data", "userclassdata", List{Counted{2}}}}, Source: "RFC 8415 section 21.15"},
	{Code: 16, Name: "vendor_class", Many: true, Fields: []Field{{"enterprise", "enterprisenum", Uint{4, nil}}, {"data", "vcdata", List{Counted{2}}}}, Source: "RFC 8415 section 21.16"},
	{Code: 17, Name: "vendor_options", Aliases: []string{"VENDOR_OPTS", "VendorSpecificInfo", "vendor_specific_information"}, Many: true, Fields: []Field{{"enterprise", "enterprisenum", Uint{4, nil}}, {"options", "vso", Sub{}}}, Source: "RFC 8415 section 21.17"},
	{Code: 18, Name: "interface_id", Aliases: []string{"IfaceId"}, Fields: []Field{{"id", "ifaceid", Bytes{}}}, Source: "RFC 8415 section 21.18"},
	{Code: 19, Name: "reconfigure_message", Aliases: []string{"RECONF_MSG", "ReconfMsg"}, Fields: []Field{{"type", "msgtype", Uint{1, Types}}}, Source: "RFC 8415 section 21.19"},
	{Code: 20, Name: "reconfigure_accept", Aliases: []string{"RECONF_ACCEPT", "ReconfAccept"}, Source: "RFC 8415 section 21.20"},
	{Code: 25, Name: "ia_pd", Many: true, Fields: []Field{{"iaid", "iaid", Uint{4, nil}}, {"t1", "T1", Seconds{}}, {"t2", "T2", Seconds{}}, {"options", "iapdopt", Nested{}}}, Source: "RFC 8415 section 21.21"},
	{Code: 26, Name: "ia_prefix", Aliases: []string{"IAPREFIX"}, Many: true, Fields: []Field{{"preferred_lifetime", "preflft", Seconds{}}, {"valid_lifetime", "validlft", Seconds{}}, {"prefix", "prefix", Prefix{}}, {"options", "iaprefopts", Nested{}}}, Source: "RFC 8415 section 21.22"},
	{Code: 32, Name: "information_refresh_time", Aliases: []string{"InfoRefreshTime"}, Fields: []Field{{"time", "reftime", Seconds{}}}, Source: "RFC 8415 section 21.23"},
	{Code: 82, Name: "sol_max_rt", Fields: []Field{{"time", "seconds", Seconds{}}}, Source: "RFC 8415 section 21.24"},
	{Code: 83, Name: "inf_max_rt", Fields: []Field{{"time", "seconds", Seconds{}}}, Source: "RFC 8415 section 21.25"},
}

// authProtocols and authAlgorithms are IANA's (RFC 3118, RFC 8415 section 20, RFC 6704).
var (
	authProtocols  = newNames(map[uint64]string{0: "configuration_token", 1: "delayed", 2: "delayed_dhcpv6", 3: "reconfigure_key"})
	authAlgorithms = newNames(map[uint64]string{1: "hmac_md5"})
)
