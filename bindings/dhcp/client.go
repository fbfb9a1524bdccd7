package dhcp

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

const (
	clientRFC = "RFC 2131 section 4.4"
)

// What the steps of a client may meet.
var (
	openFails = []string{decl.Denied, decl.NotFound, decl.Unsupported, decl.Down, decl.Exists}
	stepFails = []string{decl.Timeout, decl.Down, decl.Closed}
	takeFails = append([]string{decl.Nak, decl.Conflict, decl.Refused}, stepFails...)
)

func clientFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "client", Run: openClient, Blocks: true, Fails: openFails, Source: clientRFC, Why: "options name options of DHCP",
			Doc: "Make a client. It sends and receives frames of its own, so it needs no address, may have any MAC address, and stands beside " +
				"others on one interface. On Linux it needs CAP_NET_RAW; in a lab nothing. The interface is the one that the script was told to use; " +
				"else the only one that has a carrier and no IPv4 address; else the only one that has a carrier; else the only one.",
			Options: decl.OptionParams(clientDefaults),
			Results: []decl.Param{{Name: "client", Type: "dhcp.client", Doc: "close it, or let the script's end do that; neither gives its lease back"}},
			Example: exampleClient + `c.state, c.iface --> init, eth0`},
	}
}

func clientClasses() []*decl.Class {
	return []*decl.Class{
		decl.Reads(&decl.Class{Name: "dhcp.client", Doc: "A DHCPv4 client. Each step is a call, and each message a value; acquire does them all.",
			Type: reflect.TypeFor[*Client](), Methods: clientMethods(), Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, clientFields),
		decl.Reads(&decl.Class{Name: "dhcp.lease", Doc: "An address that a client has for a time. Its station answers ARP for it meanwhile.",
			Type: reflect.TypeFor[*Lease](), Methods: leaseMethods(), Meta: map[string]lua.LGFunction{"__tostring": decl.ToString, "__eq": sameLease}}, leaseFields),
	}
}

// exampleClient makes a client on linux, whose eth0 has no address; exampleLab gives R1 a server, too.
const (
	exampleClient = `local net = lab.open("dual")
local c = net.linux:run(function() return assert(dhcp.client{}) end)
`
	exampleLab = exampleClient + `net.R1:serve_dhcp{pool = "10.0.1.100-10.0.1.199"}
`
)

var leaseResult = decl.Param{Name: "lease", Type: "dhcp.lease", Doc: "the client's"}

func clientMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "discover", Run: discover, Blocks: true, Fails: stepFails, Source: "RFC 2131 section 4.4.1", Why: "one offer or a list of them",
			Doc: "Ask for offers, and return the first. The question is repeated after 4, 8, 16 and 32 s, each plus or minus a second. With all, collect the " +
				"offers that come within a time. What was ignored, and why, stands in the error and in stats.",
			Options: decl.OptionParams(discoverDefaults),
			Results: []decl.Param{{Name: "offer", Type: "dhcp.message|dhcp.message[]", Doc: "the offer; with all a list"}},
			Example: exampleLab + `c:discover().yiaddr --> 10.0.1.100`},
		decl.Raw{Name: "request", Run: request, Blocks: true, Fails: takeFails, Source: "RFC 2131 section 4.4.1", Why: "makes a lease",
			Doc:     "Take an offer. With arp_check, look first whether another host has the address, and decline it then.",
			Params:  []decl.Param{{Name: "offer", Type: "dhcp.message", Doc: "from discover, or made by the script: its yiaddr, xid and server_identifier count"}},
			Results: []decl.Param{leaseResult}, Example: exampleLab + `c:request(c:discover()).address --> 10.0.1.100`},
		decl.Raw{Name: "acquire", Run: acquire, Blocks: true, Fails: takeFails, Source: "RFC 2131 section 4.4.1", Why: "makes a lease",
			Doc: "Get a lease by all four messages. After a refusal, a conflict, or a server that fell silent it begins anew, restarts times at most; " +
				"after a conflict ten seconds later. A server that prefers IPv6 only (option 108) is obeyed when request names ipv6_only_preferred.",
			Results: []decl.Param{leaseResult}, Example: exampleLab + `c:acquire().address --> 10.0.1.100`},
		decl.Raw{Name: "reboot", Run: reboot, Blocks: true, Fails: takeFails, Source: "RFC 2131 section 4.4.2", Why: "makes a lease",
			Doc: "Ask whether an address from before is still right (init-reboot). When nobody answers, and a lease was given that still lasts, the client goes on " +
				"with that; its confirmed is then false.",
			Params:  []decl.Param{{Name: "address", Type: "string|dhcp.lease", Doc: "the address, or the lease from before"}},
			Results: []decl.Param{leaseResult}, Example: exampleLab + `c:reboot("10.0.1.150").address --> 10.0.1.150`},
		decl.Fn[informArgs, *message]{Name: "inform", Run: inform, Blocks: true, Fails: stepFails, Source: "RFC 2131 section 4.4.3",
			Doc:     "Ask for parameters for an address that the host has by other means. The client answers ARP for it until the answer is there.",
			Example: exampleLab + `c:inform{address = "10.0.1.77"}.type --> ack`},
		decl.Fn[clientSelf, decl.Done]{Name: "close", Run: closeClient, Doc: "End the client, and what waits on it. It may be called twice.",
			Example: exampleClient + `c:close(), c:close() --> true, true`},
	}
}

func leaseMethods() []decl.Function {
	const acquired = exampleLab + "local lease = c:acquire()\n"
	done := []decl.Param{{Name: "lease", Type: "dhcp.lease", Doc: "itself, with its new times"}}
	extendFails := append([]string{decl.Nak}, stepFails...)
	return []decl.Function{
		decl.Raw{Name: "renew", Run: renew, Blocks: true, Fails: extendFails, Source: "RFC 2131 section 4.4.5", Why: "returns its receiver",
			Doc:     "Ask the lease's server for more time: by unicast, with ciaddr, without requested_address and server_identifier. A refusal ends the lease.",
			Results: done, Example: acquired + `lease:renew().state --> bound`},
		decl.Raw{Name: "rebind", Run: rebind, Blocks: true, Fails: extendFails, Source: "RFC 2131 section 4.4.5", Why: "returns its receiver",
			Doc: "Ask every server for more time, by broadcast. A refusal ends the lease.", Results: done,
			Example: acquired + `lease:rebind().state --> bound`},
		decl.Fn[leaseReason, decl.Done]{Name: "release", Run: release, Blocks: true, Fails: stepFails, Source: "RFC 2131 section 4.4.6",
			Doc:     "Give the lease back, by unicast. No server answers that.",
			Example: acquired + `lease:release(), lease.state --> true, released`},
		decl.Fn[leaseReason, decl.Done]{Name: "decline", Run: decline, Blocks: true, Fails: stepFails, Source: "RFC 2131 section 3.1, 4.4.1",
			Doc:     "Tell the server, by broadcast, that another host has the address. No server answers that. Wait ten seconds before the next discover.",
			Example: acquired + `lease:decline(), lease.state --> true, declined`},
		decl.Raw{Name: "apply", Run: apply, Blocks: true, Fails: []string{decl.Denied, decl.Exists, decl.Closed, decl.NotFound, decl.Unsupported}, Source: "RFC 3442", Why: "returns its receiver",
			Doc: "Give the interface what the lease says: the address, for as long as the lease lasts, routes (classless_routes, and only without them router), " +
				"MTU (of 576 or more), and resolver. Renewals keep it up to date; undo, the lease's end and the script's end take it back. When a part fails, nothing is " +
				"changed. On Linux it needs CAP_NET_ADMIN.",
			Options: decl.OptionParams(applyDefaults), Results: []decl.Param{{Name: "lease", Type: "dhcp.lease", Doc: "itself"}},
			Example: acquired + `assert(lease:apply())
net.linux.interfaces.eth0.addresses[2] --> 10.0.1.100/24`},
		decl.Fn[leaseSelf, decl.Done]{Name: "undo", Run: undo, Blocks: true, Doc: "Take back what apply did. The client answers ARP for the address again.",
			Example: acquired + `assert(lease:apply())
lease:undo(), #net.linux.interfaces.eth0.addresses --> true, 1`},
		decl.Raw{Name: "life", Run: life, Blocks: true, Source: "RFC 2131 section 4.4.5", Why: "returns an iterator",
			Doc: "Iterate over the events of the lease's life, and run it: bound, at T1 renewing and renewed, at T2 rebinding and rebound, and one that ends it: " +
				"expired, nak, released, declined, conflict (another host took the address), lost (the interface went down), replaced. Requests for more time are repeated after half of the " +
				"time that is left, a minute at least.",
			Results: []decl.Param{{Name: "iterator", Type: "fun(): table", Doc: "for a generic for; each event has time, name, state and text"}},
			Example: acquired + `for event in lease:life() do
  if event.name == "bound" then lease:release() end
end
lease.state --> released`},
	}
}
