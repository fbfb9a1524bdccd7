package dgram

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// maxPending is how many errors wait for s:error(); older ones are dropped.
const maxPending = 64

// over is a context that has ended: calls with it look once.
var over = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// drain moves the system's queue of errors to the socket's. It returns those that are new, and whether there were any:
// others' errors are dropped.
func (s *Socket) drain() (news []network.PacketError, some bool) {
	for range maxPending {
		if s.conn.Ready(over, network.Failed) != nil {
			break
		}
		e, err := s.conn.ReadError(over)
		if err != nil {
			break
		}
		if some = true; s.earned(e) {
			news = append(news, e)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending = append(s.pending, news...)
	s.pending = s.pending[max(0, len(s.pending)-maxPending):]
	return news, some
}

// earned says whether an error is about a datagram of this socket: a raw one gets those of other raw ones, too.
func (s *Socket) earned(e network.PacketError) bool {
	if !s.raw || e.Origin == "local" {
		return true
	}
	_, id, _, ok := s.echo.parse(e.Payload)
	return ok && id == s.id
}

// take is the oldest error put aside.
func (s *Socket) take() (network.PacketError, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.pending) == 0 {
		return network.PacketError{}, false
	}
	e := s.pending[0]
	s.pending = s.pending[1:]
	return e, true
}

type errorArgs struct {
	Self    *Socket       `lua:"self"`
	Timeout time.Duration `lua:"opts.timeout" doc:"longest wait in seconds; else it looks once"`
}

// errorResult is what error returns.
type errorResult struct {
	Type     int        `lua:"ret.type" doc:"ICMP or ICMPv6 type (RFC 792, RFC 4443); 0 for an error of this machine"`
	Code     int        `lua:"ret.code" doc:"ICMP code"`
	Offender netip.Addr `lua:"ret.offender" doc:"who sent the error; nil for one of this machine"`
	MTU      *int       `lua:"ret.mtu?" doc:"of the next hop, where the datagram was too long for it"`
	Info     errorInfo  `lua:"ret.info" doc:"all that is known"`
}

// errorInfo is the rest of what is known of an error.
type errorInfo struct {
	Message string `lua:"message" doc:"what happened, in words"`
	Origin  string `lua:"origin" doc:"icmp, icmp6 or local"`
	Kind    string `lua:"kind?" doc:"kind of refusal"`
	To      string `lua:"to?" doc:"where the datagram was sent to"`
	Payload []byte `lua:"payload" doc:"what the error brought back of the datagram's payload"`
	Seq     *int   `lua:"seq?" doc:"sequence number of a ping"`
}

func nextError(ctx context.Context, a errorArgs) (errorResult, error) {
	s := a.Self
	e, ok := s.take()
	if !ok {
		var err error
		wait, cancel := within(ctx, &a.Timeout)
		defer cancel()
		for err == nil && !ok {
			e, err = s.conn.ReadError(wait)
			ok = s.earned(e)
		}
		switch {
		case ctx.Err() != nil:
			return errorResult{}, ctx.Err()
		case err != nil && errors.Is(err, context.Canceled):
			return errorResult{}, decl.Refuse(decl.Timeout, errors.New("dgram: no error came back"))
		case err != nil:
			return errorResult{}, named(err)
		}
	}
	f := &failure{e}
	out := errorResult{Type: e.Type, Code: e.Code, Offender: e.Offender, Info: errorInfo{Message: f.Error(), Origin: e.Origin,
		Kind: f.Kind(), Payload: e.Payload}}
	if e.MTU > 0 {
		out.MTU = &e.MTU
	}
	if e.Dst.IsValid() {
		out.Info.To = e.Dst.String()
		if s.kind != udp {
			out.Info.To = e.Dst.Addr().String()
		}
	}
	if s.kind == ping {
		if _, _, seq, ok := s.echo.parse(e.Payload); ok {
			n := int(seq)
			out.Info.Seq, out.Info.Payload = &n, e.Payload[echoHeader:]
		}
	}
	return out, nil
}

// named is a refusal of the network with the name of this module.
func named(err error) error { return fmt.Errorf("dgram: %w", err) }

// failure is an entry of the error queue as an error.
type failure struct{ e network.PacketError }

// Error says what happened to the datagram and who says so.
func (f *failure) Error() string {
	text := describe(f.e)
	if f.e.MTU > 0 {
		text += fmt.Sprintf(", the MTU is %d", f.e.MTU)
	}
	if f.e.Offender.IsValid() {
		text += " (from " + f.e.Offender.String() + ")"
	}
	return "dgram: " + text
}

// Unwrap is the system's error.
func (f *failure) Unwrap() error { return f.e.Errno }

// Kind is refused or unreachable: the datagram didn't arrive.
func (f *failure) Kind() string {
	if k := decl.KindOf(f.e.Errno); k != "" {
		return k
	}
	return decl.Unreachable
}

// icmpTexts are the errors of ICMP (RFC 792, RFC 1812 section 5.2.7.1) by type and code; -1 is any other code.
var icmpTexts = map[string]map[[2]int]string{
	"icmp": {
		{3, 0}: "network unreachable", {3, 1}: "host unreachable", {3, 2}: "protocol unreachable", {3, 3}: "port unreachable",
		{3, 4}: "fragmentation needed and DF set", {3, 5}: "source route failed", {3, 9}: "network administratively prohibited",
		{3, 10}: "host administratively prohibited", {3, 13}: "communication administratively prohibited",
		{3, -1}: "destination unreachable", {11, 0}: "time to live exceeded in transit", {11, 1}: "fragment reassembly time exceeded",
		{12, -1}: "parameter problem",
	},
	"icmp6": {
		{1, 0}: "no route to destination", {1, 1}: "communication administratively prohibited", {1, 2}: "beyond scope of source address",
		{1, 3}: "address unreachable", {1, 4}: "port unreachable", {1, -1}: "destination unreachable", {2, -1}: "packet too big",
		{3, 0}: "hop limit exceeded in transit", {3, 1}: "fragment reassembly time exceeded", {4, -1}: "parameter problem",
	},
}

// describe names an error.
func describe(e network.PacketError) string {
	texts := icmpTexts[e.Origin]
	for _, key := range [][2]int{{e.Type, e.Code}, {e.Type, -1}} {
		if text, ok := texts[key]; ok {
			return text
		}
	}
	return e.Errno.Error()
}
