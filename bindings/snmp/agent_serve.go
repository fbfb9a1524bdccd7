package snmp

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"net/netip"
	"os"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/agent"
)

// serveOptions are agent:serve's.
type serveOptions struct {
	Count   *int           `lua:"count?" range:"0.." doc:"messages to answer or drop; else no limit"`
	Timeout *time.Duration `lua:"timeout?" range:"0.." doc:"how long in all, in seconds; else no limit"`
}

// serveAgent is agent:serve(opts).
func serveAgent(L *lua.LState) int {
	const name = "snmp.agent:serve"
	h := theAgent(L, "serve")
	var o serveOptions
	decl.Options(L, name, 2, &o)
	defer h.Begin(L, name)()
	before, enough, until := h.Handled(), uint64(math.MaxUint64), time.Time{}
	if o.Count != nil {
		enough = before + uint64(*o.Count)
	}
	if o.Timeout != nil {
		until = h.Now().Add(*o.Timeout)
	}
	err := h.serve(L, until, enough)
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) && !errors.Is(err, net.ErrClosed) {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.Push(lua.LNumber(h.Handled() - before))
	return 1
}

// serve calls the script's functions for requests that need them.
func (h *agentHandle) serve(L *lua.LState, until time.Time, enough uint64) error {
	send := func() {}
	for {
		var r *agent.Request
		err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
			send()
			r, err = h.Await(ctx, until, enough)
			return err
		})
		if r == nil || err != nil {
			return err
		}
		h.SetState(L)
		send = h.Answer(r)
	}
}

// address is where the agent can be asked on this machine.
func (h *agentHandle) address() string {
	at := h.Addresses()[0]
	if a := at.Addr(); a.IsUnspecified() {
		if a.Is4() {
			return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), at.Port()).String()
		}
		return netip.AddrPortFrom(netip.IPv6Loopback(), at.Port()).String()
	}
	return at.String()
}
