package link

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"strings"

	lua "github.com/yuin/gopher-lua"
	"golang.org/x/net/bpf"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/packet"
	"moonwire/host/permit"
)

// openOptions are link.open's.
type openOptions struct {
	To          netip.Addr `lua:"to?" doc:"open the interface by which packets leave for this address, unless the script was told which one to use"`
	Promiscuous bool       `lua:"promiscuous?" doc:"receive what is for other hosts, too"`
	Snap        int        `lua:"snap?" range:"0..262144" doc:"bytes kept of a frame; 0: all"`
	Buffer      int        `lua:"buffer?" range:"0..1073741824" doc:"bytes of memory for frames that the script has not read yet; 0: some 16 million"`
	Filter      string     `lua:"filter?" doc:"what is received, in tcpdump's language"`
	Method      string     `lua:"method?" choices:"bulk|xdp|ring|mmsg|write" doc:"how to send: bulk is the fastest of the others that works here; else as programs do"`
}

// open is link.open(iface, opts).
func open(L *lua.LState) int {
	const name = "link.open"
	n := 2
	var iface string
	if _, table := L.Get(1).(*lua.LTable); table {
		n = 1
	} else {
		iface = decl.CheckOr(L, name, 1, "iface", "")
	}
	var o openOptions
	decl.Options(L, name, n, &o)
	if iface == "" {
		iface = decl.HostOf(L).Iface()
	}
	var l *Link
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		l, err = openLink(ctx, iface, o, false)
		return err
	})
	if err != nil {
		return fail(L, name, err)
	}
	L.Push(own(L, l))
	return 1
}

// own makes a link the current task's.
func own(L *lua.LState, l *Link) *lua.LUserData {
	decl.HostOf(L).Own(L, l)
	return decl.NewUserData(L, l)
}

// openLink opens an interface by its name, or the one by which packets for an address leave. One for sending only has
// no memory for what comes.
func openLink(ctx context.Context, iface string, o openOptions, sendOnly bool) (*Link, error) {
	n := network.From(ctx)
	if iface == "" {
		hop, err := n.NextHop(ctx, towards(o.To), "")
		if err != nil {
			return nil, fmt.Errorf("which interface? %w", err)
		}
		iface = hop.Interface
	}
	conn, err := openConn(ctx, iface, o, nil, sendOnly)
	if err != nil {
		return nil, err
	}
	l := &Link{iface: conn.Interface(), opts: o, clock: n.Clock(), opened: n.Clock().Now(), hops: map[netip.Addr]hop{},
		roles: map[*packet.Protocol]*role{}, senders: map[string]network.LinkConn{}}
	l.one, l.outbox, l.direct = newSingle(l), newOutbox(l), n.Caps().Virtual || !permit.From(ctx).Free()
	if o.Filter != "" {
		if l.filter, err = l.compile(ctx, o.Filter); err == nil {
			err = conn.SetFilter(l.filter)
		}
		if err != nil {
			conn.Close()
			return nil, err
		}
	}
	l.inbox = newInbox(conn, l.filter)
	l.inbox.mark = conn.Stats()
	return l, nil
}

// towards is a, or an address for which the default route serves.
func towards(a netip.Addr) netip.Addr {
	if a.IsValid() {
		return a
	}
	return netip.AddrFrom4([4]byte{192, 0, 2, 1}) // RFC 5737: in no network
}

// openConn opens an interface.
func openConn(ctx context.Context, iface string, o openOptions, program []bpf.RawInstruction, sendOnly bool) (network.LinkConn, error) {
	conn, err := network.From(ctx).OpenLink(ctx, iface, &network.LinkOpts{Promiscuous: o.Promiscuous, Snap: o.Snap, Buffer: o.Buffer,
		Filter: program, SendOnly: sendOnly, Method: o.Method})
	if err != nil {
		return nil, explain(ctx, iface, err)
	}
	return conn, nil
}

// explain says what would help where an interface could not be opened.
func explain(ctx context.Context, iface string, err error) error {
	cause := err
	var op *net.OpError
	if errors.As(err, &op) {
		cause = op.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		list, _ := network.From(ctx).Interfaces()
		var names []string
		for _, i := range list {
			names = append(names, i.Name)
		}
		if near := decl.Nearest(iface, names); near != "" {
			return decl.Refuse(decl.NotFound, fmt.Errorf("no interface '%s': did you mean '%s'? (there are %s)", iface, near, strings.Join(names, ", ")))
		}
		return decl.Refuse(decl.NotFound, fmt.Errorf("no interface '%s' (there are %s)", iface, strings.Join(names, ", ")))
	case errors.Is(err, fs.ErrPermission):
		return decl.Refuse(decl.Denied, fmt.Errorf("%s: %w; module dgram sends pings and datagrams without it", iface, cause))
	}
	return fmt.Errorf("%s: %w", iface, cause)
}

// fail answers an error of the function: misuse raises, all else is a refusal.
func fail(L *lua.LState, name string, err error) int {
	var bad *decl.ArgError
	switch {
	case !errors.As(err, &bad):
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	case bad.Param == "packets":
		decl.RaiseArg(L, 1, name, bad.Message)
	case bad.Param != "":
		decl.Raisef(L, "bad option '%s' to '%s' (%s)", bad.Param, name, bad.Message)
	}
	decl.Raisef(L, "%s: %s", name, bad.Message)
	return 0
}
