package dhcp

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/station"
	"moonwire/host/dhcp/watch"
	"moonwire/host/dhcp/watch/survey"
)

func roguesFunction() decl.Function {
	return decl.Raw{Name: "rogues", Why: "allow is a list and a table in one", Run: rogues, Blocks: true, Fails: []string{decl.Denied, decl.NotFound, decl.Unsupported, decl.Down},
		Doc: "Ask a link for its DHCP servers, and return those that should not answer: that allow doesn't name, or that aren't what they say. A " +
			"discover goes out, all offers are collected, and nothing is taken. The result's servers are all that answered, good ones too.",
		Options: decl.OptionParams(roguesDefaults()),
		Results: []decl.Param{{Name: "rogues", Type: "table[]", Doc: "a row for each, none: all is well", Fields: decl.OptionParams(anOffer{})}},
		Example: `local net = lab{"linux, R1, R2 -- sw1", addresses = {["linux.eth0"] = false}}
for i, router in ipairs{net.R1, net.R2} do router:serve_dhcp{router = "10.0.1." .. i} end
local found = net.linux:run(dhcp.rogues, {allow = {net.R1.address}, wait = 0.5})
#found.servers, #found, found[1].server, found[1].router, found[1].rogue[1] --> 2, 1, 10.0.1.2, 10.0.1.2, isn't allowed`,
		Source: "RFC 2131 section 3.1"}
}

type roguesOptions struct {
	Iface       string           `lua:"iface?" doc:"name of the interface; else as dhcp.client chooses"`
	Allow       *lua.LTable      `lua:"allow?" type:"table" doc:"servers that may answer: a list of addresses and MAC addresses; address=MAC binds both. When left out, any may that is what it says"`
	Wait        time.Duration    `lua:"wait?" range:"0..3600" doc:"how long to collect offers, in seconds"`
	MAC         net.HardwareAddr `lua:"mac?" doc:"of the client that asks; else the interface's"`
	HostName    string           `lua:"host_name?" doc:"that the client gives"`
	VendorClass string           `lua:"vendor_class?" doc:"that the client gives: some servers answer only their own"`
}

func roguesDefaults() roguesOptions { return roguesOptions{Wait: 3 * time.Second} }

// anOffer is a server as a survey found it.
type anOffer struct {
	Server  string           `lua:"server" doc:"how it calls itself: its address"`
	MAC     net.HardwareAddr `lua:"mac?" doc:"source of its frames"`
	Address netip.Addr       `lua:"address?" doc:"source of its datagrams"`
	Offered netip.Addr       `lua:"offered?" doc:"the address that it offers"`
	Router  netip.Addr       `lua:"router?" doc:"the router that it would have clients use"`
	DNS     []netip.Addr     `lua:"dns?" doc:"the name servers that it would have clients ask"`
	Rogue   []string         `lua:"rogue?" doc:"what is wrong with it; nil: nothing"`
	Message *dhcp4.Message   `lua:"message?" doc:"its last offer"`
}

// rogues is dhcp.rogues(opts).
func rogues(L *lua.LState) int {
	const name = "dhcp.rogues"
	o := roguesDefaults()
	decl.Options(L, name, 1, &o)
	allow, told := allowed(L, name, o.Allow), decl.HostOf(L).Iface()
	var found []*survey.Found
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		found, err = o.ask(ctx, told, allow)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	list, all := L.CreateTable(0, 1), L.CreateTable(len(found), 0)
	for _, f := range found {
		row := decl.Push(L, offerRow(f))
		all.Append(row)
		if len(f.Rogue) > 0 {
			list.Append(row)
		}
	}
	list.RawSetString("servers", all)
	L.Push(list)
	return 1
}

// ask surveys the link.
func (o *roguesOptions) ask(ctx context.Context, told string, allow watch.Allow) ([]*survey.Found, error) {
	iface, err := interfaceFor(ctx, o.Iface, told)
	if err != nil {
		return nil, err
	}
	l, err := station.Open(ctx, iface)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	return survey.Servers(ctx, l, client4.Config{MAC: o.MAC, HostName: o.HostName, VendorClass: o.VendorClass}, allow, o.Wait)
}

// offerRow is what a survey found of a server.
func offerRow(f *survey.Found) anOffer {
	row := anOffer{Server: f.Name(), MAC: f.MAC, Address: f.Address, Rogue: f.Rogue, Message: f.Offer}
	if f.Offer != nil {
		row.Offered, row.Router, row.DNS = f.Offer.YIAddr, f.Offer.Addr(option.Router), f.Offer.Addrs(option.DomainNameServer)
	}
	return row
}
