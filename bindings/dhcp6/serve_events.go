package dhcp6

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"reflect"
	"slices"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/feed"
	"moonwire/host/dhcp/server6"
)

// events is an iterator over what happens at a server.
type events struct {
	*feed.Listener[server6.Event]
	server  *server
	timeout *time.Duration
}

type eventOptions struct {
	Timeout *time.Duration `lua:"timeout?" doc:"longest wait for each, in seconds; else no limit"`
}

// String says whose they are.
func (e *events) String() string { return "events of " + e.server.name }

func eventsClass() *decl.Class {
	return &decl.Class{Name: "dhcp6.server.events", Doc: "What happens at a server, for a generic for.", Type: reflect.TypeFor[*events](),
		Meta: map[string]lua.LGFunction{"__call": nextEvent, "__tostring": decl.ToString}}
}

// newEvents is server:events(opts).
func newEvents(L *lua.LState) int {
	s := theServer(L, "events")
	var o eventOptions
	decl.Options(L, "dhcp6.server:events", 2, &o)
	e := &events{s.Listen(), s, o.Timeout}
	decl.HostOf(L).Own(L, e)
	L.Push(decl.NewUserData(L, e))
	return 1
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

func nextEvent(L *lua.LState) int {
	e := decl.Self[*events](L, "dhcp6.server.events", "dhcp6.server.events")
	var x server6.Event
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		var until time.Time
		if e.timeout != nil {
			until = e.server.Now().Add(*e.timeout)
		}
		x, err = e.Next(ctx, until)
		return err
	})
	if errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, net.ErrClosed) {
		decl.HostOf(L).Disown(e)
		e.Close()
		return 0
	} else if err != nil {
		decl.RaiseFailure(L, err)
	}
	row := happening{Kind: x.Kind, Time: x.Time, MAC: slices.Clone(x.MAC), Client: string(x.Client), Why: x.Why}
	row.Address, row.Prefix = addressOrPrefix(x.Prefix)
	if x.Request != nil {
		row.Message = x.Request.Message
	}
	L.Push(decl.Push(L, row))
	return 1
}
