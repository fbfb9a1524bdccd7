package option

import "moonwire/host/packet"

// Kinds of options that have several fields.
var (
	// policyFilters are addresses with masks (RFC 2132 section 4.3).
	policyFilters = List(Record(
		Field{"address", IPv4, nil},
		Field{"mask", IPv4, nil}))

	// staticRoutes are hosts or classful networks with routers (RFC 2132 section 5.8).
	staticRoutes = List(Record(
		Field{"destination", IPv4, nil},
		Field{"router", IPv4, nil}))

	// slpAgents are directory agents of the Service Location Protocol (RFC 2610 section 3).
	slpAgents = Record(
		Field{"mandatory", Bool, false},
		Field{"addresses", ListOrNone(IPv4), []packet.Value{}})

	// slpScopes are scopes of the Service Location Protocol (RFC 2610 section 4).
	slpScopes = Record(
		Field{"mandatory", Bool, false},
		Field{"scopes", Bytes, ""})

	// isns is where the Internet Storage Name Service is, and how it is used (RFC 4174 section 2).
	isns = Record(
		Field{"functions", Uint16, uint64(0)},
		Field{"dd_access", Uint16, uint64(0)},
		Field{"administrative_flags", Uint16, uint64(0)},
		Field{"security", Uint32, uint64(0)},
		Field{"servers", List(IPv4), nil})

	// authentication is what proves a message's sender (RFC 3118 section 2).
	authentication = Record(
		Field{"protocol", Uint8, nil},
		Field{"algorithm", Uint8, nil},
		Field{"replay_method", Uint8, uint64(0)},
		Field{"replay", Uint64, uint64(0)},
		Field{"information", Bytes, ""})

	// civic is a postal address (RFC 4776 section 3.1).
	civic = Record(
		Field{"what", Uint8, uint64(0)},
		Field{"country", fixedText(2), nil},
		Field{"elements", ListOrNone(Record(
			Field{"type", Uint8, nil},
			Field{"value", Counted(1, Bytes), nil})), []packet.Value{}})

	// rdnss is DNS servers for some names (RFC 6731 section 4.3).
	rdnss = Record(
		Field{"preference", Uint8, uint64(0)},
		Field{"primary", IPv4, nil},
		Field{"secondary", IPv4, nil},
		Field{"domains", PlainDomains, nil})

	// status is the outcome of a lease query (RFC 6926 section 6.2.2).
	status = Record(
		Field{"code", Enum(1, 0, "success", "unspec_fail", "query_terminated", "malformed_query", "not_allowed", "data_missing",
			"connection_active", "catch_up_complete", "tls_connection_refused"), nil},
		Field{"message", Bytes, ""})

	// leaseState is what became of a lease (RFC 6926 section 6.2.7).
	leaseState = Enum(1, 1, "available", "active", "expired", "released", "abandoned", "reset", "remote", "transitioning")

	// ports is a share of an address's ports (RFC 7618 section 9).
	ports = Record(
		Field{"offset", Between(1, 0, 15), nil},
		Field{"psid_len", Between(1, 0, 16), nil},
		Field{"psid", Uint16, nil})

	// allocation asks for subnets, or gives them (RFC 6656 section 3).
	allocation = Record(
		Field{"flags", Uint8, uint64(0)},
		Field{"suboptions", Suboptions, nil})
)
