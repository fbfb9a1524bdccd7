package dhcp

import (
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/watch"
)

// A watchEvent is what happened, as Lua has it.
type watchEvent struct {
	watch.Event
	began time.Time
}

// String tells the event in a line.
func (e *watchEvent) String() string { return e.Event.String() }

// watchEventClass declares what a watch gives.
func watchEventClass() *decl.Class {
	return decl.Reads(&decl.Class{Name: "dhcp.event", Doc: "Something that happened by DHCP on a link; tostring tells it in a line.",
		Type: reflect.TypeFor[*watchEvent](), Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, watchEventFields)
}

// of is a field of an event that may be nil.
func of(name, kind, doc string, get func(e *watchEvent) any) decl.Reading[*watchEvent] {
	return decl.Reading[*watchEvent]{Param: decl.Param{Name: name, Type: kind, Optional: true, Doc: doc},
		Get: func(L *lua.LState, e *watchEvent) lua.LValue {
			v := decl.Push(L, get(e))
			if v == lua.LString("") {
				return lua.LNil
			}
			return v
		}}
}

var watchEventFields = []decl.Reading[*watchEvent]{
	{Param: decl.Param{Name: "kind", Type: "string", Doc: "message, client (asks for the first time), server (answers for the first time), granted, renewed, released, " +
		"declined, expired, refused, rogue, starvation, storm (of refusals), spoofed (a message under another client's name), conflict or lost (frames)"},
		Get: func(_ *lua.LState, e *watchEvent) lua.LValue { return lua.LString(e.Kind) }},
	{Param: decl.Param{Name: "time", Type: "number", Doc: "when, in seconds since 1970"},
		Get: func(L *lua.LState, e *watchEvent) lua.LValue { return decl.Push(L, e.Time) }},
	{Param: decl.Param{Name: "t", Type: "number", Doc: "seconds since the watch began"},
		Get: func(_ *lua.LState, e *watchEvent) lua.LValue { return lua.LNumber(e.Time.Sub(e.began).Seconds()) }},
	of("message", "dhcp.message|dhcp6.message", "by which it happened", func(e *watchEvent) any { return e.message() }),
	of("mac", "string", "hardware address of the client that it is about", func(e *watchEvent) any {
		if e.Client == nil {
			return nil
		}
		return e.Client.MAC
	}),
	of("client", "table", "that client, with the fields that dhcp.leases gives clients", func(e *watchEvent) any {
		if e.Client == nil {
			return nil
		}
		return clientRow(e.Client)
	}),
	of("address", "string", "what was lent, or should have been: an address or a prefix", func(e *watchEvent) any { return e.Address }),
	of("lease", "table", "the lease as it is now, with the fields that dhcp.leases gives it", func(e *watchEvent) any {
		if e.Lease == nil {
			return nil
		}
		return leaseRow(e.Lease)
	}),
	of("server", "string", "how the server calls itself: its address, or its DUID", func(e *watchEvent) any {
		if e.Server == nil {
			return nil
		}
		return e.Server.Name()
	}),
	of("server_mac", "string", "source of the server's frames; nil when only its clients were heard", func(e *watchEvent) any {
		if e.Server == nil {
			return nil
		}
		return e.Server.MAC
	}),
	of("how", "string", "of granted and renewed: selecting, init-reboot, renewing, rebinding, rapid commit, or not heard", func(e *watchEvent) any { return e.How }),
	of("reason", "string", "why a server refuses, and what is suspicious", func(e *watchEvent) any { return e.Reason }),
	of("count", "integer", "of clients, refusals or frames, where it is about many", func(e *watchEvent) any {
		if e.Count == 0 {
			return nil
		}
		return e.Count
	}),
	sighted("source", "the message's source, as ip:port", func(s *watch.Sighting) any { return s.Src }),
	sighted("destination", "the message's destination", func(s *watch.Sighting) any { return s.Dst }),
	sighted("from", "MAC address that the frame came from", func(s *watch.Sighting) any { return s.SrcMAC }),
	sighted("to", "MAC address that the frame went to", func(s *watch.Sighting) any { return s.DstMAC }),
}

// sighted is a field of an event's message.
func sighted(name, doc string, get func(*watch.Sighting) any) decl.Reading[*watchEvent] {
	return of(name, "string", doc, func(e *watchEvent) any {
		if e.Sighting == nil {
			return nil
		}
		return get(e.Sighting)
	})
}

// message is the message of an event.
func (e *watchEvent) message() any {
	switch {
	case e.Sighting == nil:
		return nil
	case e.Sighting.V4 != nil:
		return e.Sighting.V4
	}
	return e.Sighting.V6
}
