package dhcp6

import (
	"net"
	"net/netip"
	"slices"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/events"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/server6"
)

func eventsClass() *decl.Class { return events.Class("dhcp6.server.events", happeningOf) }

// newServerEvents is server:events(opts).
func newServerEvents(L *lua.LState) int {
	return events.New(L, "dhcp6.server:events", theServer(L, "events"))
}

// happening is an event as a script sees it.
type happening struct {
	Kind    string           `lua:"kind"`
	Time    time.Time        `lua:"time"`
	Address netip.Addr       `lua:"address"`
	Prefix  netip.Prefix     `lua:"prefix"`
	MAC     net.HardwareAddr `lua:"mac"`
	Client  string           `lua:"client?"`
	Why     string           `lua:"why?"`
	Message *dhcp6.Message   `lua:"message"`
}

func happeningOf(x server6.Event) any {
	row := happening{Kind: x.Kind, Time: x.Time, MAC: slices.Clone(x.MAC), Client: string(x.Client), Why: x.Why}
	row.Address, row.Prefix = addressOrPrefix(x.Prefix)
	if x.Request != nil {
		row.Message = x.Request.Message
	}
	return row
}
