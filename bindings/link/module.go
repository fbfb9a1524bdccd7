package link

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "link".
func Module() *decl.Module {
	return &decl.Module{
		Name: "link",
		Doc: "Whole frames on an interface: send packets, iterate over what is received, exchange questions for answers, answer others. What a packet " +
			"leaves open about its way is filled in when it is sent: source addresses, and the MAC address of the next hop. Every result counts what was lost.",
		Source: "packet(7); RFC 826, RFC 4861",
		Funcs: []decl.Function{
			decl.Raw{Name: "open", Run: open, Blocks: true, Fails: openFails, Why: "its first argument may be left out",
				Doc: "Open an interface for whole frames. It receives from now on; what the script doesn't read waits in memory, and what has no room " +
					"there is counted. On Linux it needs CAP_NET_RAW; in a lab nothing.",
				Params: []decl.Param{{Name: "iface", Type: "string", Optional: true, Doc: "name of the interface; else the one that the script was told " +
					"to use, that of the option to, or the default route's"}},
				Options: decl.OptionParams(openOptions{}),
				Results: []decl.Param{{Name: "link", Type: "link", Doc: "close it, or let the script's end do that"}},
				Example: `local l = assert(link.open("eth0", {filter="arp"}))` + "\nl:send(packet.arp{pdst=\"10.0.0.2\"})\nfor p in l:sniff{count=1} do print(p) end\nl:interface().name --> eth0", Lab: pair},
			decl.Fn[noArgs, []interfaceRecord]{Name: "interfaces", Run: interfaces,
				Doc:     "List the interfaces.",
				Example: "#link.interfaces() > 0 --> true"},
			decl.Fn[noArgs, []neighborRecord]{Name: "neighbors", Run: neighbors, Fails: []string{decl.Unsupported},
				Doc:     "List the hosts on links whose MAC addresses the system knows, or asks for. Reading them needs no privilege.",
				Example: "link.exchange(packet.ip{dst=\"10.0.0.2\"} / packet.icmp{})\nlink.neighbors()[1].mac --> 02:00:00:00:00:02", Lab: pair},
			decl.Raw{Name: "send", Run: sendByRoute, Blocks: true, Fails: append(openFails, sendFails...), Why: "takes packets",
				Doc: "Send packets without a link: by the interface on which the routes send the first one's destination, as link:send does. On lo, Linux drops " +
					"crafted IPv4 packets that come from its own addresses unless net.ipv4.conf.lo.accept_local and route_localnet are 1.",
				Params: []decl.Param{sendParam}, Options: optionsWith(decl.OptionParams(sendOptions{}), "count", "1"),
				Results: []decl.Param{{Name: "sent", Type: "integer", Doc: "how many were handed to the wire"}},
				Example: `link.send(packet.ip{dst="10.0.0.2"} / packet.icmp{}) --> 1`, Lab: pair},
			decl.Raw{Name: "exchange", Run: exchangeByRoute, Blocks: true, Fails: append(openFails, sendFails...), Why: "takes packets and a function",
				Doc:    "Send packets and find their answers without a link: by the interface on which the routes send the first one's destination, as link:exchange does.",
				Params: []decl.Param{packetsParam}, Options: optionsWith(decl.OptionParams(exchangeOptions{}), "timeout", "2"),
				Results: []decl.Param{{Name: "exchange", Type: "link{exchange}", Doc: "what it brought"}},
				Example: `link.exchange(packet.ip{dst="10.0.0.2"} / packet.icmp{}, {timeout=1}).answered[1].rtt < 1 --> true`, Lab: pair},
			decl.Fn[guardArgs, *guard]{Name: "guard", Run: guardPort, Default: guardArgs{Protocol: "tcp"}, Blocks: true,
				Fails: []string{decl.Exists, decl.Denied, decl.Unsupported},
				Doc: "Keep the system silent on a port of this host, so that it doesn't end connections that the script makes by hand with a reset, nor answers " +
					"datagrams with port unreachable. A socket that hears nothing holds the port: no firewall rule, and gone with the process. Nothing is guarded " +
					"by itself: after a scan the system's reset is what ends a half-open connection.",
				Example: `local g = assert(link.guard("127.0.0.1"))` + "\ng:port() > 0, g:address() --> true, 127.0.0.1"},
		},
		Classes: []*decl.Class{
			{Name: "link", Doc: "An interface that is open for whole frames.", Type: reflect.TypeFor[*Link](), Methods: linkMethods(),
				Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}},
			{Name: "link{sniffer}", Doc: "Hands out what a link receives: for p, meta in sniffer do. It ends after count packets or when its time is over; " +
				"anything else, as an interface that goes down, raises an error with message and kind.",
				Type: reflect.TypeFor[*sniffer](), Methods: snifferMethods(), Index: snifferIndex,
				Fields: []decl.Param{{Name: "stats", Type: "table", Doc: "as link:stats gives them, from the sniffer's beginning to its end or to now"}},
				Meta:   map[string]lua.LGFunction{"__call": nextPacket, "__tostring": decl.ToString}, Operators: []string{"call: packet, link{meta}"}},
			resultClass(),
			guardClass(),
			metaClass(),
		},
	}
}

// Where the examples take place, and how those of methods begin.
const (
	pair   = "pair on h1"
	opened = "local l = assert(link.open(\"eth0\"))\n"
)

var (
	openFails = []string{decl.Denied, decl.NotFound, decl.Unreachable, decl.Unsupported}
	sendFails = []string{decl.Closed, decl.Unreachable, decl.Unsupported}
)

// sendParam is what send takes.
var sendParam = decl.Param{Name: "packets", Type: "packet|packets|template|string|table", Doc: "a packet, several, a template, the bytes of a frame, or a list of such"}

// packetsParam is what exchange takes.
var packetsParam = decl.Param{Name: "packets", Type: "packet|packets|string|table", Doc: "a packet, several, the bytes of a frame, or a list of such"}

func linkMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "send", Run: sendPackets, Blocks: true, Fails: sendFails, Why: "called per packet",
			Doc: "Send packets. They are built now; addresses that nobody set are filled in for this sending: eth.src and arp.hwsrc from the interface, ip.src, " +
				"ipv6.src and arp.psrc as this host would choose them, eth.dst as the next hop's, which is asked for if need be. A packet that begins " +
				"with IP or ARP gets an Ethernet header. In a loop that sends one packet right after the other, some leave together, up to 0.2 ms later; what the " +
				"system then refuses is told by a later send, and counted by stats.",
			Params:  []decl.Param{sendParam},
			Options: optionsWith(decl.OptionParams(sendOptions{}), "count", "1"),
			Results: []decl.Param{{Name: "sent", Type: "integer", Doc: "how many were handed to the wire"}},
			Example: opened + `l:send(packet.ip{dst="10.0.0.2"} / packet.icmp{}, {count=3, rate="100pps"}) --> 3`, Lab: pair},
		decl.Raw{Name: "sniff", Run: sniff, Blocks: true, Why: "returns an iterator that is called per packet",
			Doc:     "Iterate over received packets, from those on that wait since the link was opened or last read. Tasks that read one link share its packets.",
			Options: decl.OptionParams(sniffOptions{}),
			Results: []decl.Param{{Name: "sniffer", Type: "link{sniffer}", Doc: "for a generic for; it has stats and assert_complete"}},
			Example: opened + `local replies = l:sniff{filter="icmp", count=1, timeout=5}` + "\nl:send(packet.ip{dst=\"10.0.0.2\"} / packet.icmp{})\nfor p, meta in replies do print(meta.time, p) end\nreplies.stats.kernel_drops --> 0", Lab: pair},
		decl.Raw{Name: "capture", Run: capture, Blocks: true, Why: "its result is a list with names",
			Doc:     "Receive packets into a list. It needs count or timeout.",
			Options: decl.OptionParams(sniffOptions{}),
			Results: []decl.Param{{Name: "packets", Type: "table", Doc: "a list", Fields: []decl.Param{
				{Name: "meta", Type: "link{meta}[]", Doc: "what is known of each packet"},
				{Name: "stats", Type: "table", Doc: "as link:stats gives them, of this capture"},
				{Name: "assert_complete", Type: "fun(self): table", Doc: "raises when packets were lost; returns the list"}}}},
			Example: opened + `l:send(packet.ip{dst="10.0.0.2"} / packet.icmp{})` + "\n#l:capture{count=1, timeout=5}:assert_complete() --> 1", Lab: pair},
		decl.Raw{Name: "exchange", Run: exchangePackets, Blocks: true, Fails: sendFails, Why: "takes packets and a function",
			Doc: "Send packets and find the answer to each among what comes back: addresses and ports that changed sides, identifiers that stayed, ICMP errors that " +
				"quote what was sent, answer rules of a script's own protocols. It ends when all have answers, or timeout after the last was sent.",
			Params: []decl.Param{packetsParam}, Options: optionsWith(decl.OptionParams(exchangeOptions{}), "timeout", "2"),
			Results: []decl.Param{{Name: "exchange", Type: "link{exchange}", Doc: "what it brought"}},
			Example: opened + "local r = l:exchange(packet.ip{dst=\"10.0.0.2\"} / packet.icmp{id=1, seq=1}, {retry=2})\nfor q, a, rtt in r:pairs() do print(a.ip.src, rtt) end\n#r.answered --> 1", Lab: pair},
		decl.Raw{Name: "respond", Run: respond, Blocks: true, Fails: sendFails, Why: "takes a pattern and a function",
			Doc:     "Answer received packets: fn gets each that fits the pattern, and what it returns is sent, to the MAC address that asked unless eth.dst is set.",
			Params:  []decl.Param{patternParam, {Name: "fn", Type: "fun(p: packet, meta: link{meta}): packet|string|table|nil", Doc: "gives the answer, or nil for none"}},
			Options: decl.OptionParams(respondOptions{}),
			Results: []decl.Param{{Name: "answered", Type: "integer", Doc: "how many"}, {Name: "stats", Type: "table", Doc: "as link:stats gives them"}},
			Example: opened + `(l:respond(packet.arp{op="who-has", pdst="10.0.0.9"}, function(q) return q:reply{hwsrc="02:00:00:00:00:09"} end, {timeout=0.1})) --> 0`, Lab: pair},
		decl.Raw{Name: "expect", Run: expect, Blocks: true, Fails: []string{decl.Timeout, decl.Closed}, Why: "takes a pattern",
			Doc:     "Wait for a packet that fits a pattern. What came before it is read, and gone.",
			Params:  []decl.Param{patternParam, {Name: "timeout", Type: "number", Optional: true, Default: "2", Doc: "in seconds"}},
			Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "the first that fits"}, {Name: "meta", Type: "link{meta}", Doc: "what is known of it"}},
			Example: opened + `l:send(packet.ip{dst="10.0.0.2"} / packet.tcp{dport=9, seq=1000})` + "\n" + `l:expect(packet.tcp{ack=1001}, 1).tcp.flags --> RA`, Lab: pair},
		decl.Fn[selfArgs, stats]{Name: "stats", Run: linkStats,
			Doc: "Count what the link received, lost and sent since it was opened.", Example: opened + "l:stats().kernel_drops --> 0", Lab: pair},
		decl.Fn[selfArgs, interfaceRecord]{Name: "interface", Run: linkInterface,
			Doc: "The interface, as it was when the link was opened.", Example: opened + "l:interface().mac --> 02:00:00:00:00:01", Lab: pair},
		decl.Fn[selfArgs, decl.Done]{Name: "close", Run: closeLink,
			Doc: "Close the link. It may be called twice.", Example: opened + "l:close() --> true", Lab: pair},
	}
}

// patternParam chooses packets.
var patternParam = decl.Param{Name: "pattern", Type: "packet|string", Doc: "a packet of which only the layers and the fields that are set count, or an " +
	"expression in tcpdump's language"}

// optionsWith notes a default.
func optionsWith(params []decl.Param, name, value string) []decl.Param {
	for i := range params {
		if params[i].Name == name {
			params[i].Default = value
		}
	}
	return params
}

func snifferMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "next", Run: nextPacket, Blocks: true, Why: "called per packet",
			Doc:     "Wait for the next packet; nil at the end. A generic for calls it by itself.",
			Results: []decl.Param{{Name: "packet", Type: "packet|nil", Doc: "as received"}, {Name: "meta", Type: "link{meta}", Doc: "what is known of it"}},
			Example: opened + "l:send(packet.arp{pdst=\"10.0.0.2\"})\nl:sniff{timeout=1}:next().arp.hwsrc --> 02:00:00:00:00:02", Lab: pair},
		decl.Raw{Name: "assert_complete", Run: assertComplete, Why: "returns its receiver",
			Doc: "Raise when packets were lost.", Results: []decl.Param{{Name: "sniffer", Type: "link{sniffer}", Doc: "itself"}},
			Example: opened + "l:sniff{timeout=0.1}:assert_complete().stats.kernel_drops --> 0", Lab: pair},
	}
}

func resultMethods() []decl.Function {
	param := decl.Param{Name: "packet", Type: "packet", Doc: "one of those sent, given or received"}
	return []decl.Function{
		decl.Raw{Name: "pairs", Run: pairs, Why: "returns an iterator",
			Doc:     "Iterate over the answers: the packet sent, the packet received, and the time between in seconds.",
			Results: []decl.Param{{Name: "iterator", Type: "fun(): packet, packet, number", Doc: "for a generic for"}},
			Example: opened + "local q = packet.ip{dst=\"10.0.0.2\"} / packet.icmp{}\nfor q, a, rtt in l:exchange(q):pairs() do print(a.ip.src, rtt) end\n#l:exchange(q).answered --> 1", Lab: pair},
		decl.Raw{Name: "rtt", Run: rtt, Why: "takes a packet",
			Doc: "The time from a packet's sending, the last if there were retries, to its first answer.", Params: []decl.Param{param},
			Results: []decl.Param{{Name: "seconds", Type: "number|nil", Doc: "nil when there was no answer"}},
			Example: opened + "local r = l:exchange(packet.ip{dst=\"10.0.0.2\"} / packet.icmp{})\nr:rtt(r.answered[1].sent) < 1 --> true", Lab: pair},
		decl.Raw{Name: "why", Run: why, Why: "takes a packet",
			Doc:     "Say why a stray packet answers nothing that was sent: the rule of the packet that came nearest, with the values that differ, the stray's first.",
			Params:  []decl.Param{{Name: "packet", Type: "packet", Doc: "one of the strays"}},
			Results: []decl.Param{{Name: "reason", Type: "string", Doc: "as \"icmp: type ok, id ok, seq 3 ~= 4\""}, {Name: "nearest", Type: "packet|nil", Doc: "the packet that came nearest"}},
			Example: opened + "local r = l:exchange(packet.ip{dst=\"10.0.0.2\"} / packet.icmp{})\nfor _, p in ipairs(r.stray) do print(p, r:why(p)) end\n#r.stray --> 0", Lab: pair},
	}
}
