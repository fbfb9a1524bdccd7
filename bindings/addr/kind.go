package addr

import (
	"context"
	"net/netip"
)

// kinds are blocks with a purpose (RFC 6890 and IANA's special-purpose registries); the first that holds an address
// says what it is.
var kinds = []struct {
	prefix netip.Prefix
	kind   string
}{
	{netip.MustParsePrefix("0.0.0.0/32"), "unspecified"},
	{netip.MustParsePrefix("0.0.0.0/8"), "reserved"}, // this network, RFC 791
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"}, // RFC 3927
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},        // RFC 1918
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},
	{netip.MustParsePrefix("100.64.0.0/10"), "shared"},       // RFC 6598
	{netip.MustParsePrefix("192.0.2.0/24"), "documentation"}, // RFC 5737
	{netip.MustParsePrefix("198.51.100.0/24"), "documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "documentation"},
	{netip.MustParsePrefix("192.0.0.9/32"), "global"},    // port control anycast, RFC 7723
	{netip.MustParsePrefix("192.0.0.10/32"), "global"},   // TURN anycast, RFC 8155
	{netip.MustParsePrefix("192.0.0.0/24"), "reserved"},  // IETF protocols, RFC 6890
	{netip.MustParsePrefix("198.18.0.0/15"), "reserved"}, // benchmarks, RFC 2544
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},
	{netip.MustParsePrefix("255.255.255.255/32"), "broadcast"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"}, // RFC 1112
	{netip.MustParsePrefix("::/128"), "unspecified"},
	{netip.MustParsePrefix("::1/128"), "loopback"},
	{netip.MustParsePrefix("fe80::/10"), "link-local"},
	{netip.MustParsePrefix("fc00::/7"), "private"}, // RFC 4193
	{netip.MustParsePrefix("ff00::/8"), "multicast"},
	{netip.MustParsePrefix("2001:db8::/32"), "documentation"}, // RFC 3849
	{netip.MustParsePrefix("3fff::/20"), "documentation"},     // RFC 9637
	{netip.MustParsePrefix("64:ff9b::/96"), "global"},         // NAT64, RFC 6052
	{netip.MustParsePrefix("2001:20::/28"), "global"},         // ORCHIDv2, RFC 7343
	{netip.MustParsePrefix("2001::/23"), "reserved"},          // IETF protocols, RFC 2928
	{netip.MustParsePrefix("2002::/16"), "reserved"},          // 6to4, RFC 3056
	{netip.MustParsePrefix("2000::/3"), "global"},             // RFC 4291 section 2.4
	{netip.MustParsePrefix("::/0"), "reserved"},
	{netip.MustParsePrefix("0.0.0.0/0"), "global"},
}

// kindOf says what sort of address a is; a mapped one is what the address inside is.
func kindOf(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	for _, k := range kinds {
		if k.prefix.Contains(a) {
			return k.kind
		}
	}
	return "reserved"
}

func kind(_ context.Context, a addressArgs) (string, error) { return kindOf(netip.Addr(a.Self)), nil }

func linkLocal(a netip.Addr) bool { return kindOf(a) == "link-local" }
