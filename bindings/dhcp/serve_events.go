package dhcp

import (
	"net"
	"net/netip"
	"slices"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/events"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/server4"
)

func eventsClass() *decl.Class { return events.Class("dhcp.server.events", eventRowOf) }

// newServerEvents is server:events(opts).
func newServerEvents(L *lua.LState) int {
	return events.New(L, "dhcp.server:events", theServer(L, "events"))
}

// serverEvent is an event as a script sees it.
type serverEvent struct {
	Kind    string           `lua:"kind"`
	Time    time.Time        `lua:"time"`
	Address netip.Addr       `lua:"address"`
	MAC     net.HardwareAddr `lua:"mac"`
	Client  string           `lua:"client?"`
	Why     string           `lua:"why?"`
	Message *dhcp4.Message   `lua:"message"`
}

func eventRowOf(x server4.Event) any {
	row := serverEvent{x.Kind, x.Time, x.Address, slices.Clone(x.MAC), string(x.Client), x.Why, nil}
	if x.Request != nil {
		row.Message = x.Request.Message
	}
	return row
}
