package dhcpserver

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// A Relay carries messages, each in a parcel.
type Relay[P any] interface {
	Serve(ctx context.Context, count int, until time.Time) (int, error)
	Receive(ctx context.Context, until time.Time) (P, error)
	Carry(ctx context.Context, parcel P)
}

// RelayOptions are relay:serve's.
type RelayOptions struct {
	Count   int            `lua:"count?" range:"1.." doc:"end after so many messages, carried or dropped"`
	Timeout *time.Duration `lua:"timeout?" range:"0.." doc:"end after so many seconds"`
}

// RelayHandlers are a script's functions that see messages before they are carried.
type RelayHandlers struct {
	OnRequest, OnReply *lua.LFunction
}

// Refuse shows a message to its handler, if it has one, and says whether that drops it.
func (h RelayHandlers) Refuse(L *lua.LState, reply bool, message any, from netip.AddrPort) bool {
	f := h.OnRequest
	if reply {
		f = h.OnReply
	}
	if f == nil {
		return false
	}
	L.Push(f)
	L.Push(decl.NewUserData(L, message))
	L.Push(lua.LString(from.String()))
	L.Call(2, 1)
	refused := L.Get(-1) == lua.LFalse
	L.Pop(1)
	return refused
}

// ServeRelay is relay:serve(opts), which a script knows by a name. Where there are handlers, handle shows each parcel to them.
func ServeRelay[P any](L *lua.LState, name string, r Relay[P], h RelayHandlers, handle func(P)) int {
	var o RelayOptions
	decl.Options(L, name, 2, &o)
	var until time.Time
	if o.Timeout != nil {
		until = network.ClockFrom(decl.HostOf(L).Context()).Now().Add(*o.Timeout)
	}
	n, err := 0, error(nil)
	if h.OnRequest == nil && h.OnReply == nil {
		err = decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
			n, err = r.Serve(ctx, o.Count, until)
			return err
		})
	} else {
		n, err = carry(L, r, o.Count, until, handle)
	}
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.Push(lua.LNumber(n))
	return 1
}

// carry takes the interpreter for each parcel.
func carry[P any](L *lua.LState, r Relay[P], count int, until time.Time, handle func(P)) (n int, err error) {
	host := decl.HostOf(L)
	for count == 0 || n < count {
		var parcel P
		err := host.Block(L, func(ctx context.Context) (err error) {
			parcel, err = r.Receive(ctx, until)
			return err
		})
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		n++
		handle(parcel)
		if err := host.Block(L, func(ctx context.Context) error { r.Carry(ctx, parcel); return nil }); err != nil {
			return n, err
		}
	}
	return n, nil
}
