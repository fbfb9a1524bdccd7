package dhcp

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/station"
	"moonwire/host/network"
)

// clientOptions are dhcp.client's.
type clientOptions struct {
	Iface       string           `lua:"iface?" doc:"name of the interface"`
	MAC         net.HardwareAddr `lua:"mac?" doc:"the client's MAC address; else the interface's"`
	ClientID    *string          `lua:"client_id?" doc:"bytes of client_identifier; the first says of which kind the others are, 0 none, 1 a MAC address"`
	HostName    string           `lua:"host_name?" doc:"name that the client has"`
	VendorClass string           `lua:"vendor_class?" doc:"what the client is"`
	Request     *lua.LTable      `lua:"request?" type:"(string|integer)[]" doc:"names or codes of the options to ask for, in order (parameter_request_list)"`
	LeaseTime   uint32           `lua:"lease_time?" doc:"lease that the client would like, in seconds"`
	Broadcast   bool             `lua:"broadcast?" doc:"ask servers to answer by broadcast"`
	RapidCommit bool             `lua:"rapid_commit?" doc:"take an acknowledgement for a discover (RFC 4039)"`
	AutoConf    bool             `lua:"auto_configuration?" doc:"ask whether the client may choose an address itself (RFC 2563)"`
	Options     *lua.LTable      `lua:"options?" type:"table" doc:"further options of discover, request and inform: values by name or code, or a list of pairs"`
	Tries       int              `lua:"tries?" range:"1..1000" doc:"how often a message is sent; else 4 times, or as often as timeout allows"`
	Timeout     time.Duration    `lua:"timeout?" range:"0..86400" doc:"longest wait for the answer to a message in seconds, all tries together; else a minute, as four tries take"`
	ARPCheck    bool             `lua:"arp_check?" doc:"look whether an address is free before taking it, which takes up to 7 s (RFC 5227)"`
	Restarts    int              `lua:"restarts?" range:"0..1000" doc:"how often acquire begins anew"`
}

var clientDefaults = clientOptions{Restarts: client4.DefaultRestarts}

// A Client is a client as Lua has it, with the link that it is on.
type Client struct {
	*client4.Client
	link *station.Link
}

// String says who the client is, for leak reports too.
func (c *Client) String() string { return "dhcp.client " + c.Client.String() }

// Close ends the client and its link.
func (c *Client) Close() error {
	c.Client.Close()
	return c.link.Close()
}

const clientName = "dhcp.client"

// openClient is dhcp.client(opts).
func openClient(L *lua.LState) int {
	o := clientDefaults
	decl.Options(L, clientName, 1, &o)
	config := client4.Config{MAC: o.MAC, HostName: o.HostName, VendorClass: o.VendorClass, LeaseTime: o.LeaseTime, Broadcast: o.Broadcast,
		RapidCommit: o.RapidCommit, AutoConf: o.AutoConf, Tries: o.Tries, Timeout: o.Timeout, ARPCheck: o.ARPCheck, Restarts: o.Restarts}
	if o.ClientID != nil {
		config.ClientID = []byte(*o.ClientID)
	}
	var err error
	if config.Request, err = codes(o.Request); err != nil {
		decl.Raisef(L, "bad option 'request' to '%s' (%s)", clientName, err)
	}
	if config.Options, err = wishes(o.Options); err != nil {
		decl.Raisef(L, "bad option 'options' to '%s' (%s)", clientName, err)
	}
	if mac := o.MAC; mac != nil && (len(mac) != 6 || mac[0]&1 != 0) {
		decl.Raisef(L, "bad option 'mac' to '%s' (the MAC address of a host expected, got %s)", clientName, mac)
	}
	iface := cmp.Or(o.Iface, decl.HostOf(L).Iface())
	c := new(Client)
	err = decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		if iface == "" {
			if iface, err = chooseInterface(ctx); err != nil {
				return err
			}
		}
		if c.link, err = station.Open(ctx, iface); err != nil {
			return err
		}
		if c.Client, err = client4.New(ctx, c.link, config); err != nil {
			c.link.Close()
		}
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", clientName, err))
	}
	decl.HostOf(L).Own(L, c)
	L.Push(decl.NewUserData(L, c))
	return 1
}

// codes are the codes of options that a list names.
func codes(t *lua.LTable) (list []uint8, err error) {
	if t == nil {
		return nil, nil
	}
	list = []uint8{}
	for i := 1; i <= t.Len(); i++ {
		v, _ := packets.ToGo(t.RawGetInt(i))
		code, err := option.Code(v)
		if err != nil {
			return nil, fmt.Errorf("item %d: %w", i, err)
		}
		list = append(list, code)
	}
	return list, nil
}

// wishes are options with their values: by name or code, or in order as pairs.
func wishes(t *lua.LTable) (list []dhcp4.Option, err error) {
	if t == nil {
		return nil, nil
	}
	add := func(key, value lua.LValue) {
		if err != nil {
			return
		}
		var o dhcp4.Option
		o, err = wish(key, value)
		list = append(list, o)
	}
	if _, pairs := t.RawGetInt(1).(*lua.LTable); pairs {
		for i := 1; i <= t.Len(); i++ {
			pair, ok := t.RawGetInt(i).(*lua.LTable)
			if !ok {
				return nil, fmt.Errorf("item %d: a pair of name and value expected, got %s", i, decl.TypeName(t.RawGetInt(i)))
			}
			add(pair.RawGetInt(1), pair.RawGetInt(2))
		}
		return list, err
	}
	decl.Each(t, add)
	return list, err
}

// wish is one option with its value.
func wish(key, value lua.LValue) (o dhcp4.Option, err error) {
	k, _ := packets.ToGo(key)
	if o.Code, err = option.Code(k); err != nil {
		return o, err
	}
	v, ok := packets.ToGo(value)
	if !ok {
		return o, fmt.Errorf("%s: a %s can't be the value of an option", option.NameOf(o.Code), decl.TypeName(value))
	}
	if o.Data, err = option.Encode(option.KindOf(o.Code), v); err != nil {
		return o, fmt.Errorf("%s: %w", option.NameOf(o.Code), err)
	}
	return o, nil
}

// chooseInterface finds the interface that waits for an address: the only one with a carrier and no IPv4 address, else the
// only one with a carrier, else the only one.
func chooseInterface(ctx context.Context) (string, error) {
	list, err := network.From(ctx).Interfaces()
	if err != nil {
		return "", err
	}
	var all, running, waiting []string
	for _, i := range list {
		if i.Flags&net.FlagLoopback != 0 || len(i.MAC) != 6 {
			continue
		}
		all = append(all, i.Name)
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagRunning == 0 {
			continue
		}
		running = append(running, i.Name)
		if !hasIPv4(i) {
			waiting = append(waiting, i.Name)
		}
	}
	for _, candidates := range [][]string{waiting, running, all} {
		if len(candidates) == 1 {
			return candidates[0], nil
		}
	}
	if len(all) == 0 {
		return "", decl.Refuse(decl.NotFound, fmt.Errorf("which interface? there is none with a MAC address"))
	}
	return "", decl.Refuse(decl.NotFound, fmt.Errorf("which interface? there are %s: name one by iface, or by --iface", strings.Join(all, ", ")))
}

func hasIPv4(i network.Interface) bool {
	for _, p := range i.Addrs {
		if p.Addr().Is4() {
			return true
		}
	}
	return false
}
