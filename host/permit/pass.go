package permit

import "net/netip"

// passes decides about a segment by its addresses, protocol and port.
func (r *reader) passes(s *segment) {
	if r.err != nil {
		return
	}
	port, known := s.port()
	for i := range r.f.deny {
		if d := &r.f.deny[i]; d.forbids(s, port, known) {
			r.err = r.f.policy.told(&Refusal{Tried: "a frame to " + s.dst.String(), Denied: d.grant, Why: r.f.policy.whyFrames(d.grant)})
			return
		}
	}
	ownSource := s.src.IsUnspecified()
	looked := ownSource
	for i := range r.f.allow {
		a := &r.f.allow[i]
		if !a.leads(s, port, known) {
			continue
		}
		if !a.free && !(a.from.IsValid() && a.from.Contains(s.src)) {
			if !looked {
				ownSource, looked = r.f.isOwn(s.src), true
			}
			if !ownSource || !a.from.IsValid() && r.foreignMAC() {
				continue
			}
		}
		return
	}
	r.err = r.f.refusal(r.why(s, known), r.foreignMAC(), s.src, s.dst, port, s.proto)
}

// foreignMAC says whether the frame's hardware address is somebody else's. What is inside a packet has none that counts.
func (r *reader) foreignMAC() bool { return r.depth == 0 && r.mac != nil && !r.f.ownMAC(r.mac) }

// why says what about a segment may surprise.
func (r *reader) why(s *segment, known bool) string {
	switch {
	case r.depth > 0:
		return "the packet inside its packet goes there"
	case hasPorts(s.proto) && !known && !s.later:
		return "its ports can't be read"
	case r.foreignMAC():
		return "its hardware address isn't the interface's"
	}
	return ""
}

// leads says whether a rule holds where a segment goes.
func (a *rule) leads(s *segment, port uint16, known bool) bool {
	switch {
	case a.any:
		return true
	case a.prefix.IsValid() && !a.prefix.Contains(s.dst):
		return false
	case s.proto == neighbour:
		return true
	case a.proto >= 0 && (s.unsure && s.later || a.proto != s.proto && !(a.proto == icmp && s.proto == icmp6)):
		return false
	case a.port == 0:
		return true
	}
	return known && port == a.port || !known && s.later && !s.unsure && hasPorts(s.proto)
}

// forbids says whether a rule that denies may hold what a segment is.
func (a *rule) forbids(s *segment, port uint16, known bool) bool {
	if a.any {
		return true
	}
	if a.prefix.IsValid() && !a.prefix.Contains(s.dst) {
		in, has := embedded(s.dst)
		if !has || !a.prefix.Contains(in) {
			return false
		}
	}
	switch {
	case s.proto == neighbour:
		return a.port == 0 && a.proto < 0
	case a.proto >= 0 && !s.unsure && a.proto != s.proto && !(a.proto == icmp && s.proto == icmp6):
		return false
	case a.port == 0:
		return true
	case known:
		return port == a.port
	}
	return s.unsure || !s.later && hasPorts(s.proto)
}

// foreign decides about a frame without an IP address in it: only a grant that leads everywhere holds it.
func (r *reader) foreign() { r.unbounded(false, "it has no IP address") }

// unreadable decides about a frame that may hide where it goes and where it comes from.
func (r *reader) unreadable(why string) { r.unbounded(true, why) }

func (r *reader) unbounded(hides bool, why string) {
	if r.err != nil {
		return
	}
	for i := range r.f.deny {
		r.err = r.f.policy.told(&Refusal{Tried: "a frame of which " + why, Denied: r.f.deny[i].grant})
		return
	}
	for i := range r.f.allow {
		a := &r.f.allow[i]
		if a.any && (a.free || !hides && (a.from.IsValid() || !r.foreignMAC())) {
			return
		}
	}
	r.err = r.f.refusal(why, true, netip.Addr{}, netip.Addr{}, 0, -1)
}
