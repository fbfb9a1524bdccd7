package server4

import (
	"maps"
	"math"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
)

// begin makes an answer that has no options but those that every answer has: first the type and the server, last what
// comes from the client (RFC 6842, RFC 3046 section 2.2).
func (r *Request) begin(t dhcp4.Type) *dhcp4.Message {
	m := r.Message.Answer(t)
	m.Hops = 0
	if t == 0 { // BOOTP
		m.Set(option.MessageType, nil)
		m.Cookie = r.Message.Cookie
	} else {
		m.SetAddr(option.ServerIdentifier, r.id)
		if id, has := r.Message.Get(option.ClientIdentifier); has {
			m.Set(option.ClientIdentifier, id)
		}
	}
	if len(r.agent) > 0 {
		m.Set(option.RelayAgentInformation, r.agent)
	}
	return m
}

// insert adds an option before those that come from the client.
func insert(m *dhcp4.Message, code uint8, data []byte) {
	for i := range m.Options {
		switch m.Options[i].Code {
		case option.ClientIdentifier, option.RelayAgentInformation, option.End:
			m.Insert(i, dhcp4.Option{Code: code, Data: data})
			return
		}
	}
	m.Add(code, data)
}

// Set sets an option of an answer, in its place or before those that come from the client.
func Set(m *dhcp4.Message, code uint8, data []byte) {
	if m.Has(code) {
		m.Set(code, data)
		return
	}
	insert(m, code, data)
}

// lease makes an offer or an acknowledgement of an address.
func (r *Request) lease(t dhcp4.Type, a netip.Addr, d time.Duration) *dhcp4.Message {
	r.settle(a)
	m := r.begin(t)
	m.YIAddr = a
	if t == dhcp4.Ack {
		m.CIAddr = r.Message.CIAddr // RFC 2131 section 4.3.1, table 3
	}
	insert(m, option.LeaseTime, seconds(d))
	for _, x := range [...]struct {
		code     uint8
		of       func(*Settings) time.Duration
		fraction time.Duration // of the lease time, in eighths
	}{{option.RenewalTime, func(s *Settings) time.Duration { return s.Renewal }, 4}, {option.RebindingTime, func(s *Settings) time.Duration { return s.Rebinding }, 7}} {
		told := setting(r, x.of)
		switch {
		case told != 0:
			insert(m, x.code, seconds(told))
		case slices.Contains(r.requested, x.code) && d != lease.Forever:
			insert(m, x.code, seconds(d*x.fraction/8))
		}
	}
	r.configure(m)
	return m
}

// nak makes a refusal.
func (r *Request) nak(why string) *dhcp4.Message {
	m := r.begin(dhcp4.Nak)
	insert(m, option.Message, []byte(why))
	if !m.GIAddr.IsUnspecified() {
		m.SetBroadcast(true) // RFC 2131 section 4.3.2
	}
	return m
}

// seconds is a time as options have it.
func seconds(d time.Duration) []byte {
	n := uint32(math.MaxUint32)
	if d != lease.Forever {
		n = uint32(min(d/time.Second, math.MaxUint32-1))
	}
	return []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
}

// leaseTime is how long the client gets an address: what it asks for, where that is allowed, or what is set (RFC 2131
// section 4.3.1).
func (s *Server) leaseTime(r *Request, b lease.Binding) time.Duration {
	r.settle(b.Address())
	set := setting(r, func(x *Settings) time.Duration { return x.LeaseTime })
	if set == 0 {
		set = DefaultLease
	}
	least := setting(r, func(x *Settings) time.Duration { return x.LeastTime })
	most := setting(r, func(x *Settings) time.Duration { return x.MostTime })
	asked, some := r.Message.Uint32(option.LeaseTime)
	if !some || least == 0 && most == 0 {
		return set
	}
	want := time.Duration(asked) * time.Second
	if asked == math.MaxUint32 {
		want = math.MaxInt64
	}
	if most == 0 {
		most = set
	}
	switch {
	case most == lease.Forever && want == math.MaxInt64:
		return lease.Forever
	case most != lease.Forever:
		want = min(want, most)
	}
	return max(want, least)
}

// configure adds the fields and options that are set for the client: those it asks for, in its order, or all when it
// gives no list (RFC 2131 section 4.3.1).
func (r *Request) configure(m *dhcp4.Message) {
	if a := setting(r, func(s *Settings) netip.Addr { return s.NextServer }); a.IsValid() {
		m.SIAddr = a
	}
	if name := setting(r, func(s *Settings) string { return s.ServerName }); name != "" {
		m.SName = []byte(name)
	}
	if file := setting(r, func(s *Settings) string { return s.BootFile }); file != "" {
		m.File = []byte(file)
	}
	codes := r.requested
	if len(codes) == 0 {
		codes = r.configured()
	}
	if !m.Cookie {
		return
	}
	if net, ok := r.Message.Get(option.SubnetSelection); ok {
		insert(m, option.SubnetSelection, net) // whether it is asked for or not (RFC 3011 section 2)
	}
	room := newRoom(r, m)
	if mask := r.value(option.SubnetMask); !slices.Contains(codes, option.SubnetMask) && mask != nil {
		room.add(option.SubnetMask, mask) // clients guess wrongly without
	}
	for i, code := range codes {
		if !own(code) && !slices.Contains(codes[:i], code) {
			if data := r.value(code); data != nil {
				room.add(code, data)
			}
		}
	}
	room.finish()
}

// own says that an option isn't one of configuration: the protocol itself has it.
func own(code uint8) bool {
	switch code {
	case option.Pad, option.End, option.RequestedAddress, option.LeaseTime, option.Overload, option.MessageType, option.ServerIdentifier,
		option.ParameterRequestList, option.MaxMessageSize, option.RenewalTime, option.RebindingTime, option.ClientIdentifier,
		option.RapidCommit, option.RelayAgentInformation, option.SubnetSelection:
		return true
	}
	return false
}

// value is what an option says to the client. The mask and the broadcast address follow from the subnet.
func (r *Request) value(code uint8) []byte {
	if data := r.option(code); data != nil {
		return data
	}
	switch code {
	case option.SubnetMask:
		return mask(r.home.Prefix)
	case option.BroadcastAddress:
		if r.requestedOption(code) {
			return lease.Span(r.home.Prefix).Last.AsSlice()
		}
	}
	return nil
}

func (r *Request) requestedOption(code uint8) bool { return slices.Contains(r.requested, code) }

func mask(p netip.Prefix) []byte {
	n := uint32(math.MaxUint32) << (32 - p.Bits())
	return []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
}

// configured are the codes of all options that are set, in order.
func (r *Request) configured() []uint8 {
	all := map[uint8]bool{option.SubnetMask: true}
	r.settings(func(s *Settings) bool {
		for code := range s.Options {
			all[code] = true
		}
		return false
	})
	return slices.Sorted(maps.Keys(all))
}
