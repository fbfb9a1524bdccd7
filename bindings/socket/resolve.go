package socket

import (
	"context"
	"errors"
	"net/netip"
	"strconv"
	"strings"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// hints are what a name is resolved for (RFC 3493 section 6.1).
type hints struct {
	host, service string
	family        string // "unspec", "inet" or "inet6"
	socktype      string // "stream" or "dgram"
	passive       bool   // for bind: host "*" is every address
	numeric       bool   // host and service must be numbers
}

var familyCodes = map[string]network.Family{"unspec": network.AFUnspec, "inet": network.AFInet, "inet6": network.AFInet6}

// resolve finds the addresses of a host and service, best first.
func resolve(L *lua.LState, h hints) (ends []endpoint, err error) {
	h.service = wrapPort(h.service)
	if e, ok := h.literal(); ok {
		return []endpoint{e}, nil
	}
	err = decl.HostOf(L).Block(L, func(ctx context.Context) error {
		found, err := network.GetAddrInfo(ctx, h.host, h.service, h.code())
		for _, a := range found {
			ends = append(ends, endpointOf(a.Addr))
		}
		return err
	})
	return ends, err
}

// literal reads a host and port that need no resolver.
func (h hints) literal() (endpoint, bool) {
	a, err := netip.ParseAddr(h.host)
	if err != nil || a.Zone() != "" {
		return endpoint{}, false
	}
	var port uint64
	if h.service != "*" {
		port, err = strconv.ParseUint(h.service, 10, 16)
	}
	e := endpointOf(netip.AddrPortFrom(a, uint16(port)))
	return e, err == nil && (h.family == "unspec" || h.family == e.family)
}

func endpointOf(a netip.AddrPort) endpoint {
	if a.Addr().Is4() {
		return endpoint{"inet", a}
	}
	return endpoint{"inet6", a}
}

// code is h as GetAddrInfo wants it.
func (h hints) code() network.Hints {
	out := network.Hints{Family: familyCodes[h.family], SockType: network.SockStream}
	if h.socktype == "dgram" {
		out.SockType = network.SockDgram
	}
	if h.passive {
		out.Flags |= network.AIPassive
	}
	if h.numeric {
		out.Flags |= network.AINumericHost | network.AINumericServ
	}
	return out
}

// wrapPort cuts a port to 16 bits, as the C library does.
func wrapPort(service string) string {
	if n, err := strconv.ParseUint(service, 10, 64); err == nil && n > 0xffff {
		return strconv.Itoa(int(n & 0xffff))
	}
	return service
}

// gaiTexts are LuaSocket's words for getaddrinfo's codes.
var gaiTexts = map[network.GAICode]string{
	network.EAIAgain:    "temporary failure in name resolution",
	network.EAIBadFlags: "invalid value for ai_flags",
	network.EAIFail:     "non-recoverable failure in name resolution",
	network.EAIFamily:   "ai_family not supported",
	network.EAIMemory:   "memory allocation failure",
	network.EAINoName:   "host or service not provided, or not known",
	network.EAIOverflow: "argument buffer overflow",
	network.EAIService:  "service not supported for socket type",
	network.EAISockType: "ai_socktype not supported",
}

// gaiText is what LuaSocket says of a failed resolution; the C library's own words where it has none.
func gaiText(err error) (string, bool) {
	var e *network.GAIError
	if !errors.As(err, &e) {
		return "", false
	}
	if s, ok := gaiTexts[e.Code]; ok {
		return s, true
	}
	if e.Code == network.EAISystem && e.Err != nil {
		return text(e.Err), true
	}
	return strings.TrimSpace(e.Code.Text()), true
}

// gaiPlain leaves a failed resolution to the C library's own words, which LuaSocket passes on in sendto.
func gaiPlain(err error) error {
	var e *network.GAIError
	if errors.As(err, &e) {
		return errors.New(e.Code.Text())
	}
	return err
}
