package wire

import "sync"

// Switch is an Ethernet switch (IEEE 802.1Q): it learns where addresses are, and floods what it hasn't learned.
type Switch struct {
	name   string
	engine Engine

	mu    sync.Mutex
	ports []*member
	table macTable
}

// member is a port of a switch with what the switch knows of it.
type member struct {
	*Port
	of *Switch
}

// NewSwitch makes a switch without ports.
func NewSwitch(e Engine, name string) *Switch {
	return &Switch{name: name, engine: e, table: macTable{}}
}

// Name is the switch's.
func (s *Switch) Name() string { return s.name }

// AddPort gives the switch one more port.
func (s *Switch) AddPort(name string) *Port {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &member{Port: NewPort(name), of: s}
	s.ports = append(s.ports, m)
	m.Handle(func(frame []byte) { s.forward(m, frame) })
	m.OnCarrier(func(up bool) {
		if !up {
			s.forget(m)
		}
	})
	return m.Port
}

// forget drops what was learned from a port.
func (s *Switch) forget(m *member) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.table.forget(m)
}

// forward takes a frame that came from a port to where it belongs.
func (s *Switch) forward(from *member, frame []byte) {
	if len(frame) < headerLen {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.engine.Now()
	dst, src := mac(frame), mac(frame[6:])
	s.table.learn(src, from, now)
	if reserved(dst) {
		return
	}
	if to := s.table.find(dst, now); to != nil {
		if to != from {
			to.Send(frame)
		}
		return
	}
	for _, to := range s.ports {
		if to != from {
			to.Send(frame)
		}
	}
}
