package socket

import (
	"context"
	"strconv"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// getaddrinfo declares socket.getaddrinfo, which LuaSocket lacks.
var getaddrinfo = decl.Fn[addrinfoArgs, []addrinfo]{
	Name:    "getaddrinfo",
	Doc:     "Translate a host and a service to addresses, in the order to try them in.",
	Fails:   []string{decl.NotFound, decl.Timeout, decl.Malformed, decl.Unsupported},
	Blocks:  true,
	Default: addrinfoArgs{Family: "unspec"},
	Example: `socket.getaddrinfo("127.0.0.1", "80", {socktype = "stream"})[1].port --> 80`,
	Source:  "RFC 3493 section 6.1; RFC 6724 for the order",
	Run:     runGetaddrinfo,
}

type addrinfoArgs struct {
	Host     string   `lua:"host?" doc:"name or numeric address; nil: this machine, or with passive every address"`
	Service  string   `lua:"service?" doc:"name or port; nil: port 0"`
	Family   string   `lua:"opts.family" choices:"unspec|inet|inet6" doc:"only addresses of this family"`
	SockType string   `lua:"opts.socktype" choices:"stream|dgram|raw" doc:"only this type; all three when left out"`
	Protocol string   `lua:"opts.protocol" doc:"only this protocol: tcp, udp, or a number"`
	Flags    []string `lua:"opts.flags" doc:"passive, canonname, numerichost, numericserv, addrconfig, v4mapped, all"`
}

// An addrinfo is one way to reach a service.
type addrinfo struct {
	Family    string `lua:"family" doc:"inet or inet6"`
	SockType  string `lua:"socktype" doc:"stream, dgram or raw"`
	Protocol  int    `lua:"protocol" doc:"IP protocol number; 0 for raw"`
	CanonName string `lua:"canonname?" doc:"canonical name, in the first result when asked for"`
	Address   string `lua:"address" doc:"numeric address"`
	Port      int    `lua:"port" doc:"port"`
}

var (
	sockTypes = map[string]network.SockType{"stream": network.SockStream, "dgram": network.SockDgram, "raw": network.SockRaw}
	protocols = map[string]int{"": 0, "icmp": 1, "tcp": 6, "udp": 17, "icmp6": 58}
	gaiFlags  = map[string]network.GAIFlag{
		"passive": network.AIPassive, "canonname": network.AICanonName, "numerichost": network.AINumericHost,
		"numericserv": network.AINumericServ, "addrconfig": network.AIAddrConfig, "v4mapped": network.AIV4Mapped,
		"all": network.AIAll,
	}
)

func runGetaddrinfo(ctx context.Context, a addrinfoArgs) ([]addrinfo, error) {
	h := network.Hints{Family: familyCodes[a.Family], SockType: sockTypes[a.SockType]}
	var ok bool
	if h.Protocol, ok = protocols[a.Protocol]; !ok {
		n, err := strconv.ParseUint(a.Protocol, 10, 8)
		if err != nil {
			return nil, decl.BadArg("protocol", "protocol '%s' is not known", a.Protocol)
		}
		h.Protocol = int(n)
	}
	for _, name := range a.Flags {
		f, ok := gaiFlags[name]
		if !ok {
			return nil, decl.BadArg("flags", "flag '%s' is not known", name)
		}
		h.Flags |= f
	}
	found, err := network.GetAddrInfo(ctx, orAny(a.Host), orAny(a.Service), h)
	if err != nil {
		return nil, err
	}
	out := make([]addrinfo, len(found))
	for i, f := range found {
		out[i] = addrinfo{endpointOf(f.Addr).family, sockTypeName(f.SockType), f.Protocol, f.CanonName,
			f.Addr.Addr().String(), int(f.Addr.Port())}
	}
	return out, nil
}

// orAny is GetAddrInfo's word for a host or service that isn't given.
func orAny(s string) string {
	if s == "" {
		return "*"
	}
	return s
}

func sockTypeName(t network.SockType) string {
	for name, v := range sockTypes {
		if v == t {
			return name
		}
	}
	return strconv.Itoa(int(t))
}
