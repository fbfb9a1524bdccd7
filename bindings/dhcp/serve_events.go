package dhcp

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
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/feed"
	"moonwire/host/dhcp/server4"
)

// serverEvents is an iterator over what happens at a server.
type serverEvents struct {
	*feed.Listener[server4.Event]
	server  *server
	timeout *time.Duration
}

type serverEventOptions struct {
	Timeout *time.Duration `lua:"timeout?" doc:"longest wait for each, in seconds; else no limit"`
}

// String says whose they are.
func (e *serverEvents) String() string { return "events of " + e.server.name }

func eventsClass() *decl.Class {
	return &decl.Class{Name: "dhcp.server.events", Doc: "What happens at a server, for a generic for.", Type: reflect.TypeFor[*serverEvents](),
		Meta: map[string]lua.LGFunction{"__call": nextServerEvent, "__tostring": decl.ToString}}
}

// newServerEvents is server:events(opts).
func newServerEvents(L *lua.LState) int {
	s := theServer(L, "events")
	var o serverEventOptions
	decl.Options(L, "dhcp.server:events", 2, &o)
	e := &serverEvents{s.Listen(), s, o.Timeout}
	decl.HostOf(L).Own(L, e)
	L.Push(decl.NewUserData(L, e))
	return 1
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

func nextServerEvent(L *lua.LState) int {
	e := decl.Self[*serverEvents](L, "dhcp.server.events", "dhcp.server.events")
	var x server4.Event
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
	row := serverEvent{x.Kind, x.Time, x.Address, slices.Clone(x.MAC), string(x.Client), x.Why, nil}
	if x.Request != nil {
		row.Message = x.Request.Message
	}
	L.Push(decl.Push(L, row))
	return 1
}
