package lab

import (
	"context"
	"net"
	"net/netip"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/lab"
	"moonwire/host/network"
)

// A Host is a host or a router of a lab.
type Host struct {
	*lab.Host
	net  *Net
	held lua.LValue // the lab, which lives as long as its parts do
}

// String is the host's name and addresses.
func (h *Host) String() string {
	parts := []string{string(h.Plan().Kind), h.Name()}
	for _, i := range h.Plan().Interfaces {
		for _, a := range i.Addrs {
			if !a.Addr().IsLinkLocalUnicast() {
				parts = append(parts, a.Addr().String())
			}
		}
	}
	return strings.Join(parts, " ")
}

// theHost is argument 1 as a host.
func theHost(L *lua.LState, method string) *Host { return decl.Self[*Host](L, method, "lab{host}") }

type heldKey struct{}

// in gives the context of what runs on the host. It holds the lab: who runs there keeps it.
func (h *Host) in(ctx context.Context) context.Context {
	return context.WithValue(network.With(ctx, h.Network()), heldKey{}, h.held)
}

// runOn is host:run(fn, ...).
func runOn(L *lua.LState) int {
	h := theHost(L, "lab{host}:run")
	fn, args := callable(L, "lab{host}:run")
	results := decl.HostOf(L).With(L, h.in, fn, args...)
	for _, v := range results {
		L.Push(v)
	}
	return len(results)
}

// callable is argument 2 as a function, and the arguments after it.
func callable(L *lua.LState, name string) (*lua.LFunction, []lua.LValue) {
	fn, ok := L.Get(2).(*lua.LFunction)
	if !ok {
		decl.RaiseArg(L, 1, name, decl.Expected(L, 2, "function"))
	}
	var args []lua.LValue
	for i := 3; i <= L.GetTop(); i++ {
		args = append(args, L.Get(i))
	}
	return fn, args
}

// starting is host:spawn or host:daemon: the function of module task, called on the host.
func starting(how string) lua.LGFunction {
	name := "lab{host}:" + how
	return func(L *lua.LState) int {
		h := theHost(L, name)
		fn, args := callable(L, name)
		start := stateOf(L).function(L, "task", how)
		results := decl.HostOf(L).With(L, h.in, start, append([]lua.LValue{fn}, args...)...)
		for _, v := range results {
			L.Push(v)
		}
		return len(results)
	}
}

// routeRow is a row of a routing table.
type routeRow struct {
	To        netip.Prefix `lua:"to" doc:"where it leads"`
	Via       netip.Addr   `lua:"via" doc:"the gateway; nil: on the link"`
	Interface string       `lua:"interface" doc:"by which it leaves"`
}

type hostArgs struct {
	Self *Host `lua:"self"`
}

func routeTable(_ context.Context, a hostArgs) ([]routeRow, error) {
	list, err := a.Self.Network().Routes()
	rows := make([]routeRow, len(list))
	for i, r := range list {
		rows[i] = routeRow{r.Dst, r.Gateway, r.Interface}
	}
	return rows, err
}

// neighbourRow is a row of the ARP and neighbour table.
type neighbourRow struct {
	Address   netip.Addr       `lua:"address" doc:"of the neighbour"`
	MAC       net.HardwareAddr `lua:"mac" doc:"its MAC address; nil: not known"`
	Interface string           `lua:"interface" doc:"by which it is reached"`
	State     string           `lua:"state" doc:"reachable, stale, failed …"`
}

func neighbourTable(_ context.Context, a hostArgs) ([]neighbourRow, error) {
	list, err := a.Self.Network().Neighbors()
	rows := make([]neighbourRow, len(list))
	for i, n := range list {
		rows[i] = neighbourRow{n.Addr, n.MAC, n.Interface, n.State}
	}
	return rows, err
}

// interfaceRow is an interface as it is now.
type interfaceRow struct {
	Name      string           `lua:"name" doc:"eth0"`
	Address   netip.Addr       `lua:"address" doc:"the first; nil: none"`
	Addresses []netip.Prefix   `lua:"addresses" doc:"all, with prefix lengths"`
	MAC       net.HardwareAddr `lua:"mac" doc:"MAC address; nil for lo"`
	MTU       int              `lua:"mtu" doc:"bytes"`
	Up        bool             `lua:"up" doc:"is it switched on?"`
	Link      string           `lua:"link" doc:"the link that it is at; empty for lo"`
}

// interfaces are the host's, by name.
func (h *Host) interfaces() (map[string]interfaceRow, error) {
	list, err := h.Network().Interfaces()
	rows := map[string]interfaceRow{}
	for _, i := range list {
		r := interfaceRow{Name: i.Name, Addresses: i.Addrs, MAC: i.MAC, MTU: i.MTU, Up: i.Flags&net.FlagUp != 0}
		if len(i.Addrs) > 0 {
			r.Address = i.Addrs[0].Addr()
		}
		if planned := h.Plan().Interface(i.Name); planned != nil {
			r.Link = planned.Link.Name
		}
		rows[i.Name] = r
	}
	return rows, err
}

// hostFields are what a host says of itself.
var hostFields = []decl.Param{
	{Name: "name", Type: "string", Doc: "its name"},
	{Name: "kind", Type: `"host"|"router"`, Doc: "what it is"},
	{Name: "hostname", Type: "string", Doc: "what it calls itself: its name, unless somebody has changed that, as SNMP may"},
	{Name: "address", Type: "string|nil", Doc: "its first address"},
	{Name: "interfaces", Type: "table<string, table>", Doc: "as they are now, by name", Fields: decl.OptionParams(interfaceRow{})},
}

func hostIndex(L *lua.LState, self any, key string) (lua.LValue, bool) {
	h := self.(*Host)
	switch key {
	case "name":
		return lua.LString(h.Name()), true
	case "kind":
		return lua.LString(h.Plan().Kind), true
	case "hostname":
		name, err := h.Network().Hostname()
		if err != nil {
			decl.RaiseFailure(L, err)
		}
		return lua.LString(name), true
	case "address":
		return decl.Push(L, h.Plan().Addr()), true
	case "interfaces":
		rows, err := h.interfaces()
		if err != nil {
			decl.RaiseFailure(L, err)
		}
		return decl.Push(L, rows), true
	}
	if serves(key) {
		return h.server(L, key), true
	}
	names := []string{"name", "kind", "hostname", "address", "interfaces"}
	for _, f := range hostMethods() {
		names = append(names, f.Record().Name)
	}
	decl.RaiseUnknown(L, "a lab's host", key, names)
	return nil, false
}
