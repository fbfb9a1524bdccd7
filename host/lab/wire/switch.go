package wire

import (
	"maps"
	"sync"
)

// Switch is an Ethernet switch (IEEE 802.1Q): it learns where addresses are, and floods what it hasn't learned. As long
// as none of its ports has a VLAN, it knows nothing of VLANs and carries tags as they are.
type Switch struct {
	name   string
	engine Engine

	mu      sync.Mutex
	ports   []*member
	table   macTable
	aware   bool // of VLANs
	mirrors []*Mirror
	loop    loopGuard
	stats   SwitchStats
	onStorm func(Storm)

	out []sending // of the frame in hand; used on the engine's goroutine only
}

// member is a port of a switch with what the switch knows of it.
type member struct {
	*Port
	vlan VLAN
	copy bool // it gets a mirror's copies and nothing else
}

// sending is a frame that is to leave by a port.
type sending struct {
	to    *Port
	frame []byte
}

// SwitchStats is what became of the frames that a switch received.
type SwitchStats struct {
	Forwarded uint64 // to one port
	Flooded   uint64 // to all ports
	Drops     map[string]uint64
	Storms    uint64
}

// Why a switch dropped a frame.
const (
	TooShort   = "no Ethernet header"
	LinkLocal  = "link-local group" // IEEE 802.1Q section 8.6.3
	WrongVLAN  = "VLAN not allowed"
	SamePort   = "the receiver is where it came from"
	Storming   = "storm" // it went round a loop
	MirrorPort = "came from a mirror port"
)

// NewSwitch makes a switch without ports.
func NewSwitch(e Engine, name string) *Switch {
	return &Switch{name: name, engine: e, table: newTable()}
}

// Name is the switch's.
func (s *Switch) Name() string { return s.name }

// AddPort gives the switch one more port.
func (s *Switch) AddPort(name string) *Port {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &member{Port: NewPort(name), vlan: VLAN{Untagged: usualVLAN}}
	s.ports = append(s.ports, m)
	m.Handle(func(frame []byte) { s.receive(m, frame) })
	m.OnCarrier(func(up bool) {
		if !up {
			s.forget(m)
		}
	})
	return m.Port
}

// member is what the switch knows of a port, nil if that isn't its own.
func (s *Switch) member(p *Port) *member {
	for _, m := range s.ports {
		if m.Port == p {
			return m
		}
	}
	return nil
}

// Stats is what the switch did so far.
func (s *Switch) Stats() SwitchStats {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.stats
	out.Drops = maps.Clone(out.Drops)
	return out
}

func (s *Switch) drop(reason string) {
	if s.stats.Drops == nil {
		s.stats.Drops = map[string]uint64{}
	}
	s.stats.Drops[reason]++
}

// receive takes a frame that came from a port to where it belongs.
func (s *Switch) receive(from *member, frame []byte) {
	storm, report := s.decide(from, frame)
	for i, o := range s.out {
		o.to.Send(o.frame)
		s.out[i] = sending{}
	}
	if report != nil {
		report(storm)
	}
}

// decide fills the list of what is to be sent.
func (s *Switch) decide(from *member, frame []byte) (storm Storm, report func(Storm)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out = s.out[:0]
	if len(frame) < headerLen {
		s.drop(TooShort)
		return
	}
	if from.copy {
		s.drop(MirrorPort)
		return
	}
	p, ok := s.classify(from, frame)
	s.mirrorIn(from, &p)
	if !ok {
		s.drop(WrongVLAN)
		return
	}
	now := s.engine.Now()
	dst, src := mac(frame), mac(frame[6:])
	s.table.learn(key{p.vlan, src}, from, now)
	if reserved(dst) {
		s.drop(LinkLocal)
		return
	}
	to := s.table.find(key{p.vlan, dst}, now)
	if (to == nil || s.loop.known(now)) && from != s.loop.first(p.sum(), from, now) {
		if s.loop.again(now) {
			s.stats.Storms++
			storm, report = Storm{Switch: s.name, Port: from.name, Time: now}, s.onStorm
		}
		if s.loop.paused {
			s.drop(Storming)
			return
		}
	}
	if to != nil {
		s.unicast(from, to, &p)
	} else {
		s.flood(from, &p)
	}
	return
}

func (s *Switch) unicast(from, to *member, p *packet) {
	switch {
	case to == from:
		s.drop(SamePort)
	case s.emit(to, p):
		s.stats.Forwarded++
	default:
		s.drop(WrongVLAN)
	}
}

func (s *Switch) flood(from *member, p *packet) {
	s.stats.Flooded++
	for _, to := range s.ports {
		if to != from {
			s.emit(to, p)
		}
	}
}

// emit adds a packet to what is to be sent, if the port carries its VLAN.
func (s *Switch) emit(to *member, p *packet) bool {
	frame := p.frame
	switch {
	case to.copy:
		return false
	case s.aware && !to.vlan.carries(p.vlan):
		return false
	case s.aware:
		frame = p.as(to.vlan.tags(p.vlan))
	}
	s.out = append(s.out, sending{to.Port, frame})
	s.mirrorOut(to, p, frame)
	return true
}
