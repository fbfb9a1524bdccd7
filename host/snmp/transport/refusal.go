package transport

import (
	"context"
	"fmt"
	"net/netip"

	"moonwire/host/network"
)

// A Refusal says that a message can't reach its agent: the ICMP error that it earned (RFC 792, RFC 4443).
type Refusal struct {
	To       netip.AddrPort
	Offender netip.Addr // who said so; invalid when the system doesn't tell
	Err      error      // as a socket call would have failed

	local bool // this machine's
}

func (r *Refusal) Error() string {
	if r.Offender.IsValid() {
		return fmt.Sprintf("%v (so says %s)", r.Err, r.Offender)
	}
	return r.Err.Error()
}

// Unwrap is the system's error.
func (r *Refusal) Unwrap() error { return r.Err }

// over is a context that has ended: calls with it look once.
var over = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// drain takes what waits in the system's queue of errors.
func (d *Datagrams) drain() (list []Refusal) {
	for range most {
		if d.conn.Ready(over, network.Failed) != nil {
			return list
		}
		e, err := d.conn.ReadError(over)
		if err != nil {
			return list
		}
		list = append(list, Refusal{To: netip.AddrPortFrom(e.Dst.Addr().Unmap(), e.Dst.Port()), Offender: e.Offender.Unmap(), Err: e.Errno,
			local: e.Origin == "local"})
	}
	return list
}
