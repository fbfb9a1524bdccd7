package dgram

import (
	"context"
	"net/netip"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// Module declares all that Lua sees as require "dgram".
func Module() *decl.Module {
	return &decl.Module{
		Name: "dgram",
		Doc: "Datagram sockets that say all the system knows of each datagram: UDP, ping and IP itself. TTL, DF and source are set for each " +
			"datagram, receive tells what came with it, error tells which router or host sent it back and why.",
		Source: "RFC 768, RFC 792, RFC 1191; ip(7)",
		Funcs: []decl.Function{
			decl.Fn[openArgs, *Socket]{Name: "udp", Run: openUDP, Fails: openFails, Blocks: true,
				Doc: "Open a UDP socket.",
				Example: `local a, b = dgram.udp{address="127.0.0.1:0"}, dgram.udp{}
b:send("hello", a:address())
local data, meta = a:receive{timeout=5}
data, meta.to, meta.interface --> hello, 127.0.0.1, lo`},
			decl.Fn[openArgs, *Socket]{Name: "ping", Run: openPing, Fails: openFails, Blocks: true, Source: "RFC 792, RFC 4443; icmp(7)",
				Doc: "Open a socket that sends ICMP echo requests and receives their replies. It needs the group in " +
					"net.ipv4.ping_group_range, or CAP_NET_RAW.",
				Example: "local p = assert(dgram.ping{to=\"10.0.0.2\"})\np:send(\"hello\")\nlocal data, meta = p:receive{timeout=5}\ndata, meta.ttl --> hello, 64",
				Lab:     "pair on h1"},
			decl.Fn[ipArgs, *Socket]{Name: "ip", Run: openIP, Fails: openFails, Blocks: true,
				Doc:     "Open a socket over IP itself for one protocol number. The IP header is the system's. It needs CAP_NET_RAW.",
				Example: "local s = assert(dgram.ip{proto=253})\ns:send(\"experiment\", \"10.0.0.2\") --> 10",
				Lab:     "pair on h1"},
		},
		Classes: []*decl.Class{{Name: "dgram", Doc: "A datagram socket.", Type: reflect.TypeFor[*Socket](), Methods: methods(),
			Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}},
	}
}

var (
	openFails = []string{decl.Denied, decl.Exists, decl.NotFound, decl.Unsupported}
	wireFails = []string{decl.Timeout, decl.Closed, decl.Refused, decl.Unreachable}
)

func methods() []decl.Function {
	return []decl.Function{
		decl.Fn[sendArgs, int]{Name: "send", Run: send, Blocks: true,
			Doc: "Send one datagram. The result is its length, for ping its sequence number. What routers and hosts say of it comes " +
				"later, by receive and error.",
			Fails:   []string{decl.Closed, decl.Denied, decl.NotFound, decl.Unreachable},
			Example: "dgram.udp{}:send(\"hello\", \"127.0.0.1:9\", {ttl=3, df=\"do\"}) --> 5"},
		decl.Fn[receiveArgs, received]{Name: "receive", Run: receive, Blocks: true, Default: receiveArgs{Size: maxSize},
			Doc: "Wait for the next datagram. An ICMP error that an own datagram earned ends the wait once: with kind refused or " +
				"unreachable, and error has the rest.",
			Fails: wireFails,
			Example: `local s = dgram.udp{address="127.0.0.1:0", timeout=0.01}
s:receive() --> nil, dgram: nothing came within 10ms, timeout`},
		datagrams(),
		decl.Fn[errorArgs, errorResult]{Name: "error", Run: nextError, Blocks: true,
			Doc:   "Take the oldest error that came back: an ICMP message about an own datagram, or this machine's refusal to send a long one.",
			Fails: []string{decl.Timeout, decl.Unsupported},
			Example: `local s = dgram.udp{to="127.0.0.1:1"}
s:send("anybody there?")
local kind, code, offender = s:error{timeout=5}
kind, code, offender --> 3, 3, 127.0.0.1`,
			Source: "RFC 792; ip(7), IP_RECVERR"},
		decl.Fn[mtuArgs, int]{Name: "mtu", Run: pathMTU, Fails: []string{decl.Unreachable, decl.NotFound, decl.Unsupported},
			Doc:     "The largest datagram, IP header included, that the way to a host is known to carry. Routers that drop a longer one with DF set teach it.",
			Example: "dgram.udp{}:mtu(\"127.0.0.1\") --> 65535", Source: "RFC 1191, RFC 8201; ip(7), IP_MTU", Blocks: true},
		decl.Fn[connectArgs, decl.Done]{Name: "connect", Run: connect, Blocks: true, Fails: []string{decl.Denied, decl.NotFound, decl.Unreachable},
			Doc: "Fix the far end, or free it when called without one.",
			Example: `local s = dgram.udp{}
s:connect("127.0.0.1:9")
s:peer() --> 127.0.0.1:9`},
		decl.Fn[selfArgs, text]{Name: "address", Run: ownAddress, Doc: "The socket's own address, as ip:port for udp and ip for others.",
			Example: `dgram.udp{address="127.0.0.1:0"}:address():match("^127.0.0.1:%d+$") ~= nil --> true`},
		decl.Fn[selfArgs, text]{Name: "peer", Run: peerAddress, Doc: "The far end, nil when there is none.",
			Example: `dgram.udp{}:peer() --> nil`},
		decl.Fn[groupArgs, decl.Done]{Name: "join", Run: join, Fails: []string{decl.Denied, decl.NotFound, decl.Exists},
			Doc: "Receive what is sent to a multicast group.", Example: `dgram.udp{address="0.0.0.0:0"}:join("224.0.0.251", "lo") --> true`},
		decl.Fn[groupArgs, decl.Done]{Name: "leave", Run: leave, Fails: []string{decl.NotFound},
			Doc:     "Undo join.",
			Example: "local s = dgram.udp{address=\"0.0.0.0:0\"}\ns:join(\"224.0.0.251\", \"lo\")\ns:leave(\"224.0.0.251\", \"lo\") --> true"},
		decl.Fn[selfArgs, decl.Done]{Name: "close", Run: closeSocket, Doc: "Close the socket. It may be called twice.",
			Example: "local s = dgram.udp{}\ns:close(), s:close() --> true, true"},
	}
}

// text is a string that is nil when empty.
type text struct {
	Text string `lua:"ret.text?"`
}

func ownAddress(_ context.Context, a selfArgs) (text, error) {
	return text{a.Self.text(a.Self.conn.LocalAddr())}, nil
}

func peerAddress(_ context.Context, a selfArgs) (text, error) {
	s := a.Self
	s.mu.Lock()
	defer s.mu.Unlock()
	return text{s.text(s.far)}, nil
}

type mtuArgs struct {
	Self *Socket `lua:"self"`
	Host string  `lua:"host" doc:"address or name"`
}

func pathMTU(ctx context.Context, a mtuArgs) (int, error) {
	dst, err := lookup(ctx, a.Host, "*", a.Self.family)
	if err != nil {
		return 0, err
	}
	return a.Self.conn.PathMTU(dst.Addr())
}

type connectArgs struct {
	Self *Socket `lua:"self"`
	To   string  `lua:"to?" doc:"far end, as host:port for udp and a host for others"`
}

func connect(ctx context.Context, a connectArgs) (decl.Done, error) {
	if a.To == "" {
		return decl.Done{}, a.Self.connect(nil)
	}
	to, err := a.Self.target(ctx, "to", a.To)
	if err != nil {
		return decl.Done{}, err
	}
	return decl.Done{}, a.Self.connect(to)
}

type groupArgs struct {
	Self      *Socket    `lua:"self"`
	Group     netip.Addr `lua:"group" doc:"multicast address"`
	Interface string     `lua:"interface?" doc:"name of the interface to hear on; else the system's choice"`
}

func join(ctx context.Context, a groupArgs) (decl.Done, error)  { return membership(ctx, a, "add") }
func leave(ctx context.Context, a groupArgs) (decl.Done, error) { return membership(ctx, a, "drop") }

func membership(ctx context.Context, a groupArgs, what string) (decl.Done, error) {
	if !a.Group.IsMulticast() {
		return decl.Done{}, decl.BadArg("group", "multicast address expected, got %s", a.Group)
	}
	m := network.Membership{Group: a.Group}
	if a.Interface != "" {
		index, err := interfaceIndex(ctx, a.Interface)
		if err != nil {
			return decl.Done{}, err
		}
		m.Index = index
	}
	name := "ip-" + what + "-membership"
	if a.Group.Is6() {
		name = "ipv6-" + what + "-membership"
	}
	return decl.Done{}, a.Self.conn.SetOption(name, m)
}
