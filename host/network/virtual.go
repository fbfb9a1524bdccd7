package network

import (
	"context"
	"errors"
	"net"
	"net/netip"
)

// Virtual is network n under the simulated clock c. Its tables can be read; what would touch the real network is refused
// with a *RealTimeError.
func Virtual(n Network, c Clock) Network { return &virtual{n, c} }

// A RealTimeError says that something real was asked for in simulated time.
type RealTimeError struct {
	Tried string // "opening a tcp socket"
}

func (e *RealTimeError) Error() string {
	return e.Tried + ": this run's time is simulated, and what is real keeps real time (run in a lab: --lab NAME; or drop --virtual-time; a test's header says: needs: net ADDRESS)"
}

// Unwrap makes it an errors.ErrUnsupported.
func (e *RealTimeError) Unwrap() error { return errors.ErrUnsupported }

// virtual is a network whose own clock is hidden by a simulated one.
type virtual struct {
	Network // tables and names of its own
	clock   Clock
}

func (v *virtual) Clock() Clock         { return v.clock }
func (v *virtual) Caps() Caps           { return Caps{Virtual: true} }
func (v *virtual) Config() Configurator { return nil }

func (v *virtual) Stream(_ context.Context, family string, _ *SockOpts) (Stream, error) {
	return nil, &RealTimeError{"opening a " + family + " socket"}
}

func (v *virtual) Packet(_ context.Context, family string, _ *SockOpts) (PacketConn, error) {
	return nil, &RealTimeError{"opening a " + family + " socket"}
}

func (v *virtual) Dial(_ context.Context, network, addr string, _ *SockOpts) (Conn, error) {
	return nil, &RealTimeError{"connecting to " + network + " " + addr}
}

func (v *virtual) Listen(_ context.Context, network, addr string, _ *SockOpts) (Listener, error) {
	return nil, &RealTimeError{"listening on " + network + " " + addr}
}

func (v *virtual) ListenPacket(_ context.Context, network, addr string, _ *SockOpts) (PacketConn, error) {
	return nil, &RealTimeError{"listening on " + network + " " + addr}
}

func (v *virtual) OpenLink(_ context.Context, iface string, _ *LinkOpts) (LinkConn, error) {
	return nil, &RealTimeError{"opening interface " + iface}
}

func (v *virtual) Resolve(_ context.Context, iface string, neighbor netip.Addr) (net.HardwareAddr, error) {
	return nil, &RealTimeError{"asking " + neighbor.String() + " on " + iface + " for its MAC address"}
}

func (v *virtual) GuardPort(_ context.Context, network string, local netip.AddrPort) (Guard, error) {
	return nil, &RealTimeError{"taking " + network + " port " + local.String()}
}

func (v *virtual) LookupHost(ctx context.Context, name string, f Family) (Host, error) {
	if _, err := netip.ParseAddr(name); err == nil {
		return v.Network.LookupHost(ctx, name, f)
	}
	return Host{}, &RealTimeError{"asking for the addresses of " + name}
}

func (v *virtual) LookupAddr(_ context.Context, a netip.Addr) ([]string, error) {
	return nil, &RealTimeError{"asking for the names of " + a.String()}
}
