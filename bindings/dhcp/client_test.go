package dhcp_test

import (
	"context"
	"encoding/binary"
	"net"
	"net/netip"
	"testing"

	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// TestClient runs clients in labs, in simulated time.
func TestClient(t *testing.T) {
	t.Parallel()
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	hosttest.RunFileIn(t, network.Virtual(network.Kernel(), clock), "testdata/client.lua", modules(fake())...)
}

// fake is module fake: servers that do one thing, on the current host.
func fake() *decl.Module {
	return &decl.Module{Name: "fake", Funcs: []decl.Function{
		decl.Fn[fakeArgs, decl.Done]{Name: "serve", Run: func(ctx context.Context, a fakeArgs) (decl.Done, error) { return decl.Done{}, a.serve(ctx) }},
	}}
}

// fakeArgs say what a fake server does.
type fakeArgs struct {
	Address netip.Addr `lua:"opts.address"` // that it offers
	Server  netip.Addr `lua:"opts.server"`  // that it says it is
	Silent  string     `lua:"opts.silent"`  // to messages of this type
	Nak     bool       `lua:"opts.nak"`     // answers requests so
	XID     uint32     `lua:"opts.xid"`     // added to the client's
	T1      uint32     `lua:"opts.t1"`
	Time    uint32     `lua:"opts.time"`
	Times   int        `lua:"opts.times"` // how many messages are answered; 0: all
}

func (a fakeArgs) serve(ctx context.Context) error {
	conn, err := network.From(ctx).ListenPacket(ctx, "udp", "0.0.0.0:67", &network.SockOpts{Broadcast: true, Device: "eth0"})
	if err != nil {
		return err
	}
	network.Go(ctx, func() {
		b := make([]byte, 2000)
		for n := 1; ; n++ {
			size, _, err := conn.ReadMsg(b)
			if err != nil {
				return
			}
			m, err := dhcp4.Decode(append([]byte(nil), b[:size]...))
			if err != nil || a.Times > 0 && n > a.Times {
				continue
			}
			if r := a.answer(m); r != nil {
				out, _ := r.Encode()
				to := &net.UDPAddr{IP: net.IPv4bcast.To4(), Port: 68}
				if !m.CIAddr.IsUnspecified() {
					to.IP = m.CIAddr.AsSlice()
				}
				conn.WriteMsg(out, network.Meta{Peer: to})
			}
		}
	})
	return nil
}

func (a fakeArgs) answer(m *dhcp4.Message) *dhcp4.Message {
	types := map[dhcp4.Type]dhcp4.Type{dhcp4.Discover: dhcp4.Offer, dhcp4.Request: dhcp4.Ack, dhcp4.Inform: dhcp4.Ack}
	typ, known := types[m.Type()]
	if !known || m.Type().String() == a.Silent {
		return nil
	}
	if typ == dhcp4.Ack && a.Nak {
		typ = dhcp4.Nak
	}
	r := m.Answer(typ)
	r.XID += a.XID
	if !a.Server.IsValid() {
		a.Server = netip.MustParseAddr("10.0.1.1")
	}
	r.SetAddr(option.ServerIdentifier, a.Server)
	if typ == dhcp4.Nak || m.Type() == dhcp4.Inform {
		r.SetText(option.Message, "as you wish")
		return r
	}
	if r.YIAddr = a.Address; !a.Address.IsValid() {
		r.YIAddr = netip.MustParseAddr("10.0.1.100")
	}
	if a.Time == 0 {
		a.Time = 600
	}
	r.Set(option.LeaseTime, binary.BigEndian.AppendUint32(nil, a.Time))
	if a.T1 != 0 {
		r.Set(option.RenewalTime, binary.BigEndian.AppendUint32(nil, a.T1))
	}
	r.Set(option.SubnetMask, []byte{255, 255, 255, 0})
	r.SetAddr(option.Router, netip.MustParseAddr("10.0.1.1"))
	r.SetAddr(option.DomainNameServer, netip.MustParseAddr("10.0.1.53"), netip.MustParseAddr("10.0.1.54"))
	r.SetText(option.DomainName, "lab.test")
	return r
}
