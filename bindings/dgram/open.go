package dgram

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// The kinds of socket.
const (
	udp  = "udp"
	ping = "ping"
	ip   = "ip"
)

// openArgs are the options that all kinds share.
type openArgs struct {
	Family    string         `lua:"opts.family" choices:"inet|inet6" doc:"IP version, and no other; else that of the addresses given, or IPv4"`
	Address   string         `lua:"opts.address" doc:"own address, as ip:port for udp and ip for others; names are looked up"`
	To        string         `lua:"opts.to" doc:"far end that send goes to and receive hears from"`
	TTL       int            `lua:"opts.ttl" range:"1..255" doc:"hop limit of what is sent"`
	TOS       int            `lua:"opts.tos" range:"0..255" doc:"type of service, or traffic class, of what is sent"`
	DF        string         `lua:"opts.df" choices:"dont|want|do|probe" doc:"what becomes of datagrams longer than the path MTU: dont and want fragment, do refuses, probe sends whole up to the interface's MTU"`
	Broadcast bool           `lua:"opts.broadcast" doc:"may send to broadcast addresses"`
	Reuse     bool           `lua:"opts.reuse" doc:"others may have the same own address"`
	Device    string         `lua:"opts.device" doc:"interface to stay on"`
	Buffer    int            `lua:"opts.buffer" doc:"bytes the system keeps for receive"`
	Timeout   *time.Duration `lua:"opts.timeout" doc:"longest wait of receive, in seconds; none means for ever"`
}

type ipArgs struct {
	Proto int `lua:"opts.proto!" range:"0..255" doc:"IP protocol number (RFC 790); 1 is ICMP, 58 ICMPv6"`
	openArgs
}

var policies = map[string]network.DF{
	"dont": network.DFDont, "want": network.DFWant, "do": network.DFDo, "probe": network.DFProbe,
}

func openUDP(ctx context.Context, a openArgs) (*Socket, error)  { return open(ctx, udp, 0, a) }
func openPing(ctx context.Context, a openArgs) (*Socket, error) { return open(ctx, ping, 0, a) }
func openIP(ctx context.Context, a ipArgs) (*Socket, error) {
	return open(ctx, ip, a.Proto, a.openArgs)
}

// open makes a socket and binds and connects it.
func open(ctx context.Context, kind string, proto int, a openArgs) (*Socket, error) {
	s := &Socket{kind: kind, proto: proto, timeout: a.Timeout, family: a.Family}
	for _, text := range []string{a.Address, a.To} {
		if s.family == "" && text != "" {
			s.family = familyOf(text, kind == udp)
		}
	}
	if s.family == "" && kind != udp {
		s.family = "inet"
	}
	opts := &network.SockOpts{TTL: a.TTL, TOS: a.TOS, DF: policies[a.DF], Broadcast: a.Broadcast, ReuseAddr: a.Reuse, Device: a.Device,
		V6Only: kind == udp && a.Family == "inet6", RecvBuffer: a.Buffer, Metadata: true, Errors: true}
	err := s.create(ctx, opts)
	if errors.Is(err, errors.ErrUnsupported) && a.DF == "" {
		opts.Metadata, opts.Errors = false, false
		err = s.create(ctx, opts)
	}
	if err == nil {
		if err = s.attach(ctx, a); err != nil {
			s.conn.Close()
		}
	}
	if err != nil {
		var misuse *decl.ArgError
		if errors.As(err, &misuse) {
			return nil, err
		}
		return nil, fmt.Errorf("dgram.%s: %w", kind, err)
	}
	return s, nil
}

// create makes the system's socket. Where ping sockets are refused to a program that may open raw ones, those serve.
func (s *Socket) create(ctx context.Context, opts *network.SockOpts) (err error) {
	n := network.From(ctx)
	v := map[string]string{"": "", "inet": "4", "inet6": "6"}[s.family]
	switch s.kind {
	case udp:
		s.conn, err = n.Packet(ctx, "udp"+v, opts)
	case ip:
		s.conn, err = n.Packet(ctx, "ip"+v+":"+strconv.Itoa(s.proto), opts)
	case ping:
		s.echo = echoes[s.family]
		if s.conn, err = n.Packet(ctx, "ping"+v, opts); errors.Is(err, fs.ErrPermission) {
			raw, rawErr := n.Packet(ctx, "ip"+v+":"+strconv.Itoa(s.echo.proto), opts)
			if rawErr == nil {
				s.conn, s.raw, s.id, err = raw, true, uint16(network.Rand(ctx).Uint32()), nil
			}
		}
	}
	return err
}

// attach binds and connects the socket as the options say.
func (s *Socket) attach(ctx context.Context, a openArgs) error {
	if a.Address != "" {
		own, err := s.target(ctx, "address", a.Address)
		if err != nil {
			return err
		}
		if err := s.conn.Bind(own); err != nil {
			return err
		}
	}
	if a.To == "" {
		return nil
	}
	to, err := s.target(ctx, "to", a.To)
	if err != nil {
		return err
	}
	return s.connect(to)
}

// interfaceName is the name of an interface by its index; the table is read once.
func (s *Socket) interfaceName(ctx context.Context, index int) string {
	if index == 0 {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.interfaces[index]; !ok {
		s.interfaces = map[int]string{}
		list, _ := network.From(ctx).Interfaces()
		for _, i := range list {
			s.interfaces[i.Index] = i.Name
		}
	}
	return s.interfaces[index]
}

// interfaceIndex is interfaceName's inverse.
func interfaceIndex(ctx context.Context, name string) (int, error) {
	list, err := network.From(ctx).Interfaces()
	if err != nil {
		return 0, err
	}
	for _, i := range list {
		if i.Name == name {
			return i.Index, nil
		}
	}
	return 0, decl.Refuse(decl.NotFound, fmt.Errorf("no interface %s", name))
}
