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
	Iface       string           `lua:"iface?" doc:"name of the interface; else the one that the script was told, or the only one that is up and has no address beyond its link"`
	MAC         net.HardwareAddr `lua:"mac?" doc:"the client's MAC address; else the interface's"`
	DUID        string           `lua:"duid?" doc:"what the client is known by, in hexadecimal; else made of the MAC address"`
	IAID        uint32           `lua:"iaid?" doc:"number of the first identity association of each kind; else made of the MAC address"`
	Request     []lua.LValue     `lua:"request?" type:"(string|integer)[]" doc:"names or codes of the options to ask for; else dns_servers and domain_search"`
	FQDN        string           `lua:"fqdn?" doc:"the client's name, for the server to put into the DNS (RFC 4704)"`
	VendorClass lua.LValue       `lua:"vendor_class?" type:"table" doc:"what the client is, as {enterprise=, data={…}}"`
	Options     lua.LValue       `lua:"options?" type:"table" doc:"further options of every message: values by name or code, or a list of pairs"`
	Reconfigure bool             `lua:"reconfigure?" doc:"accept that servers ask for a renewal; lease:life answers"`
	Detect      bool             `lua:"detect?" doc:"look whether an address is free before taking it, which takes a second (RFC 4862)"`
	Tries       int              `lua:"tries?" range:"0..1000" doc:"how often a message is sent; 0: as RFC 8415 has it"`
	Timeout     time.Duration    `lua:"timeout?" range:"0..86400" doc:"longest wait for an answer in seconds, all tries together; 0: as RFC 8415 has it, which may be for ever"`
}

var clientDefaults = clientOptions{Detect: true, Timeout: 30 * time.Second}

// defaultRequest are the options that a client asks for: name servers and domains (RFC 3646).
var defaultRequest = []uint16{codeDNS, codeSearch}

const clientName = "dhcp6.client"

func clientFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "client", Why: "options have names and values of many types", Run: openClient, Blocks: true,
			Source: "RFC 8415 section 18.2",
			Doc: "Make a client on an interface. It sends and hears frames of its own, so that it needs no address and may have any MAC " +
				"address. Close it at the end; its leases stay.",
			Options: decl.OptionParams(clientDefaults),
			Results: []decl.Param{{Name: "client", Type: clientName, Doc: "to ask servers with"}},
			Fails:   []string{decl.Denied, decl.NotFound, decl.Down, decl.Conflict, decl.Unsupported},
			Example: clientExample("c.mac, c.address", "02:00:00:00:09:01, fe80::ff:fe00:901")},
	}
}

func clientClasses() []*decl.Class {
	return []*decl.Class{
		decl.Reads(&decl.Class{Name: clientName, Doc: "A client of DHCPv6.", Type: reflect.TypeFor[*client6.Client](), Methods: clientMethods(),
			Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, clientFields),
		leaseClass(),
	}
}

// openClient is dhcp6.client(opts).
func openClient(L *lua.LState) int {
	given := clientDefaults
	if L.Get(1) != lua.LNil {
		decl.Options(L, clientName, 1, &given)
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
		return decl.Fail(L, fmt.Errorf("%s: %w", clientName, err))
	}
	L.Push(decl.Push(L, c))
	return 1
}

// client are the options as the client takes them.
func (o *clientOptions) client(L *lua.LState) client6.Options {
	out := client6.Options{Iface: o.Iface, MAC: o.MAC, IAID: o.IAID, Reconfigure: o.Reconfigure, Detect: o.Detect, Tries: o.Tries,
		Timeout: o.Timeout, Request: defaultRequest}
	if o.MAC != nil && (len(o.MAC) != 6 || o.MAC[0]&1 != 0) {
		decl.Raisef(L, "bad option 'mac' to '%s' (the MAC address of a host expected, got %s)", clientName, o.MAC)
	}
	if o.DUID != "" {
		duid, ok := dhcp6.ParseDUID(o.DUID)
		if !ok {
			decl.Raisef(L, "bad option 'duid' to '%s' (DUID in hexadecimal expected, got %s)", clientName, o.DUID)
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

// wants are what a client asks for.
type wants struct {
	Addresses int          `lua:"addresses?" range:"0..100" doc:"how many addresses, each in an IA_NA of its own"`
	Temporary int          `lua:"temporary?" range:"0..100" doc:"how many temporary addresses (IA_TA)"`
	Prefixes  int          `lua:"prefixes?" range:"0..100" doc:"how many delegated prefixes (IA_PD)"`
	Address   netip.Addr   `lua:"address?" doc:"the address that the client would like"`
	Prefix    netip.Prefix `lua:"prefix?" doc:"the prefix that the client would like; ::/56 is any of that length"`
	Rapid     bool         `lua:"rapid_commit?" doc:"take a reply for a solicit: everything is settled by two messages"`
}

func (w wants) want() client6.Want {
	return client6.Want{Addresses: w.Addresses, Temporary: w.Temporary, Prefixes: w.Prefixes, Address: w.Address, Prefix: w.Prefix, Rapid: w.Rapid}
}

// solicitOptions are solicit's.
type solicitOptions struct {
	wants
	All  bool          `lua:"all?" doc:"return a list of all offers that come within wait"`
	Wait time.Duration `lua:"wait?" doc:"how long all offers are collected, in seconds"`
}

var (
	solicitDefaults = solicitOptions{wants: wants{Addresses: 1}, Wait: 3 * time.Second}
	acquireDefaults = wants{Addresses: 1}
)
