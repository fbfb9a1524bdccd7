package dhcp6

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/packet"
)

// clientOptions are dhcp6.client's.
type clientOptions struct {
	Iface       string           `lua:"iface?" doc:"interface; else the one that the script was told to use, or the only one that is up and has no address"`
	MAC         net.HardwareAddr `lua:"mac?" doc:"MAC address to be a client with; else the interface's own"`
	DUID        string           `lua:"duid?" doc:"what the client is known by, in hexadecimal; else a DUID-LL of the MAC address"`
	IAID        uint32           `lua:"iaid?" doc:"number of the first identity association of each kind; else made of the MAC address"`
	Request     []lua.LValue     `lua:"request?" type:"(string|integer)[]" doc:"options to ask for, by name or code; else dns_servers and domain_search"`
	FQDN        string           `lua:"fqdn?" doc:"the client's name, for the server to put into the DNS (RFC 4704)"`
	VendorClass lua.LValue       `lua:"vendor_class?" type:"table" doc:"{enterprise=, data={…}}: what kind of device the client is"`
	Options     lua.LValue       `lua:"options?" type:"table" doc:"further options of every message, by name or code"`
	Reconfigure bool             `lua:"reconfigure?" doc:"servers may ask for a renewal, and lease:life answers"`
	Detect      bool             `lua:"detect?" doc:"look for duplicates before an address is used; false saves a second for each"`
	Tries       int              `lua:"tries?" range:"0..1000" doc:"how often a message is sent at most; 0: as RFC 8415 has it"`
	Timeout     time.Duration    `lua:"timeout?" doc:"longest wait for an answer, in seconds; 0: as RFC 8415 has it, which may be for ever"`
}

var clientDefaults = clientOptions{Detect: true, Timeout: 30 * time.Second}

func clientFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "client", Why: "options have names and values of many types", Run: newClient, Blocks: true,
			Source: "RFC 8415 section 18.2",
			Doc: "Make a DHCPv6 client on an interface. It sends and hears frames of its own, so that it needs no address and may have any MAC " +
				"address; with one that isn't the interface's it first makes sure that nobody has its link-local address.",
			Options: decl.OptionParams(clientDefaults),
			Results: []decl.Param{{Name: "client", Type: "dhcp6.client", Doc: "to ask servers with; close it at the end"}},
			Fails:   []string{decl.Denied, decl.NotFound, decl.Down, decl.Conflict, decl.Unsupported},
			NoRun:   needsServer, Example: clientExample("c.mac, c.address", "02:00:00:00:09:01, fe80::ff:fe00:901")},
	}
}

// newClient is dhcp6.client(options).
func newClient(L *lua.LState) int {
	const name = "dhcp6.client"
	given := clientDefaults
	if L.Get(1) != lua.LNil {
		decl.Options(L, name, 1, &given)
	}
	o := given.client(L)
	if o.Iface == "" {
		o.Iface = decl.HostOf(L).Iface()
	}
	var c *client6.Client
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		if o.Iface == "" {
			o.Iface, err = client6.Choose(ctx)
		}
		if err == nil {
			c, err = client6.Open(ctx, o)
		}
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.Push(decl.Push(L, c))
	return 1
}

// client are the options as the client takes them.
func (o *clientOptions) client(L *lua.LState) client6.Options {
	out := client6.Options{Iface: o.Iface, MAC: o.MAC, IAID: o.IAID, Reconfigure: o.Reconfigure, Detect: o.Detect, Tries: o.Tries,
		Timeout: o.Timeout, Request: []uint16{23, 24}}
	if o.DUID != "" {
		duid, ok := dhcp6.ParseDUID(o.DUID)
		if !ok {
			decl.Raisef(L, "bad option 'duid' to 'dhcp6.client' (DUID in hexadecimal expected, got %s)", o.DUID)
		}
		out.DUID = duid
	}
	if o.Request != nil {
		out.Request = nil
		for _, v := range o.Request {
			out.Request = append(out.Request, codeOf(L, v))
		}
	}
	if o.FQDN != "" {
		fqdn, err := dhcp6.NewOptions(dhcp6.ClientFQDN, packet.Record{{Name: "flags", Value: "S"}, {Name: "name", Value: o.FQDN}})
		if err != nil {
			raise(L, err)
		}
		out.Extra = append(out.Extra, fqdn...)
	}
	if o.VendorClass != nil && o.VendorClass != lua.LNil {
		out.Extra = append(out.Extra, optionsOf(L, dhcp6.VendorClass, o.VendorClass)...)
	}
	if o.Options != nil && o.Options != lua.LNil {
		out.Extra = append(out.Extra, allOptions(L, o.Options)...)
	}
	return out
}

var clientFields = []decl.Param{
	{Name: "iface", Type: "string", Doc: "its interface"},
	{Name: "mac", Type: "string", Doc: "its MAC address"},
	{Name: "address", Type: "string", Doc: "its link-local address"},
	{Name: "duid", Type: "string", Doc: "what it is known by, in hexadecimal"},
	{Name: "exchange", Type: "table[]", Doc: "messages so far: {time, dir, message, type, source, destination, ignored}; dir is in or out, ignored why one that came wasn't used"},
	{Name: "events", Type: "table[]", Doc: "what happened so far: {time, name, text}"},
	{Name: "stats", Type: "table", Doc: "{sent, received, ignored, reasons}; reasons counts why what came was ignored"},
}

func clientClasses() []*decl.Class {
	return []*decl.Class{
		{Name: "dhcp6.client", Doc: "A DHCPv6 client.", Type: reflect.TypeFor[*client6.Client](), Fields: clientFields, Methods: clientMethods(),
			Index: clientIndex, Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}},
		leaseClass(),
	}
}

// wants are what a client asks for.
type wants struct {
	Addresses int          `lua:"opts.addresses" range:"0..100" doc:"how many addresses, each in an IA_NA of its own"`
	Temporary int          `lua:"opts.temporary" range:"0..100" doc:"how many temporary addresses (IA_TA)"`
	Prefixes  int          `lua:"opts.prefixes" range:"0..100" doc:"how many delegated prefixes (IA_PD)"`
	Address   netip.Addr   `lua:"opts.address" doc:"the address that the client would like"`
	Prefix    netip.Prefix `lua:"opts.prefix" doc:"the prefix that the client would like; ::/56 is any of that length"`
	Rapid     bool         `lua:"opts.rapid_commit" doc:"a server may give all at once, without a request"`
}

func (w wants) want() client6.Want {
	return client6.Want{Addresses: w.Addresses, Temporary: w.Temporary, Prefixes: w.Prefixes, Address: w.Address, Prefix: w.Prefix, Rapid: w.Rapid}
}

type solicitArgs struct {
	Self *client6.Client `lua:"self"`
	All  bool            `lua:"opts.all" doc:"return a list of all offers that come"`
	Wait time.Duration   `lua:"opts.wait" doc:"with all: how long offers are collected, in seconds"`
	wants
}

type acquireArgs struct {
	Self *client6.Client `lua:"self"`
	wants
}

type requestArgs struct {
	Self  *client6.Client `lua:"self"`
	Offer *dhcp6.Message  `lua:"offer" type:"dhcp6.message" doc:"an advertise; or a reply that a server committed"`
}

type confirmArgs struct {
	Self  *client6.Client `lua:"self"`
	Lease *client6.Lease  `lua:"lease" type:"dhcp6.lease" doc:"whose addresses are meant"`
}

type clientArgs struct {
	Self *client6.Client `lua:"self"`
}

// A leased is a lease as a result.
type leased struct {
	Lease *client6.Lease `lua:"ret.lease" type:"dhcp6.lease" doc:"what the server gave"`
}

// An offered is what solicit returns.
type offered struct {
	Offer any `lua:"ret.offer" type:"dhcp6.message" doc:"the best advertise; a reply where the server committed at once; with all a list of them, the best first"`
}

var one = wants{Addresses: 1}

func clientMethods() []decl.Function {
	return []decl.Function{
		decl.Fn[solicitArgs, offered]{Name: "solicit", Blocks: true, Default: solicitArgs{Wait: 3 * time.Second, wants: one}, Source: "RFC 8415 sections 18.2.1 and 18.2.9",
			Fails: exchangeFails, Run: solicit,
			Doc: "Ask who gives addresses and prefixes. Offers are collected for a second, unless a server prefers itself with 255; the best is the one of " +
				"the highest preference, and of equal ones the fullest.",
			NoRun: needsServer, Example: clientExample("assert(c:solicit()).type", "advertise")},
		decl.Fn[requestArgs, leased]{Name: "request", Blocks: true, Source: "RFC 8415 section 18.2.2", Fails: exchangeFails, Run: request,
			Doc:   "Take an offer. Addresses that another host has are declined; when none is left, that is a conflict.",
			NoRun: needsServer, Example: clientExample("assert(c:request(assert(c:solicit()))).address", "fd00:0:0:1::100")},
		decl.Fn[acquireArgs, leased]{Name: "acquire", Blocks: true, Default: acquireArgs{wants: one}, Source: "RFC 8415 section 18.2", Fails: exchangeFails, Run: acquire,
			Doc:   "Do all of it: solicit, and request of the best offer; of the next one where that fails.",
			NoRun: needsServer, Example: clientExample("assert(c:acquire{prefixes=1}).prefix", "fd00:0:0:1000::/56")},
		decl.Fn[confirmArgs, decl.Done]{Name: "confirm", Blocks: true, Source: "RFC 8415 sections 18.2.3 and 18.2.12", Fails: exchangeFails, Run: confirm,
			Doc: "Ask whether a lease still fits the link, as after the cable was moved. Refused with notonlink the lease is lost; when nobody answers it " +
				"goes on. One with a prefix is rebound instead.",
			NoRun: needsServer, Example: clientExample("c:confirm(assert(c:acquire()))", "true")},
		decl.Fn[clientArgs, informed]{Name: "information", Blocks: true, Source: "RFC 8415 section 18.2.6", Fails: exchangeFails, Run: information,
			Doc:   "Ask for options alone, without an address.",
			NoRun: needsServer, Example: clientExample("assert(c:information()).options.dns_servers[1]", "fd00:0:0:1::1")},
		decl.Fn[clientArgs, decl.Done]{Name: "close", Run: closeClient, Doc: "Close the client. It may be called twice. Its leases are not released.",
			NoRun: needsServer, Example: clientExample("c:close(), c:close()", "true, true")},
	}
}

var exchangeFails = []string{decl.Timeout, decl.Refused, decl.NoAddrs, decl.NoPrefix, decl.NoBinding, decl.NotOnLink, decl.Conflict, decl.Down, decl.Closed}

// explain says which call failed.
func explain(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("dhcp6 %s: %w", what, err)
}

func solicit(ctx context.Context, a solicitArgs) (offered, error) {
	if !a.All {
		a.Wait = 0
	}
	list, err := a.Self.Solicit(ctx, a.want(), a.Wait)
	if err != nil {
		return offered{}, explain("solicit", err)
	}
	if !a.All {
		return offered{list[0].Message}, nil
	}
	all := make([]*dhcp6.Message, len(list))
	for i, o := range list {
		all[i] = o.Message
	}
	return offered{all}, nil
}

func request(ctx context.Context, a requestArgs) (leased, error) {
	l, err := a.Self.Request(ctx, a.Offer)
	return leased{l}, explain("request", err)
}

func acquire(ctx context.Context, a acquireArgs) (leased, error) {
	l, err := a.Self.Acquire(ctx, a.want())
	return leased{l}, explain("acquire", err)
}

func confirm(ctx context.Context, a confirmArgs) (decl.Done, error) {
	return decl.Done{}, explain("confirm", a.Self.Confirm(ctx, a.Lease))
}

// An informed is what information returns.
type informed struct {
	Reply   *dhcp6.Message `lua:"ret.reply" type:"dhcp6.message" doc:"the server's answer"`
	Refresh time.Duration  `lua:"ret.refresh?" doc:"seconds until it is to be asked for again; nil: never"`
}

func information(ctx context.Context, a clientArgs) (informed, error) {
	m, err := a.Self.Information(ctx)
	if err != nil {
		return informed{}, explain("information", err)
	}
	return informed{m, client6.Refresh(m)}, nil
}

func closeClient(_ context.Context, a clientArgs) (decl.Done, error) {
	return decl.Done{}, a.Self.Close()
}
