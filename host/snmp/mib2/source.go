package mib2

import (
	"sync"

	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// Mounts are where an agent's tree has the host.
func (h *Host) Mounts() []agent.Mount {
	s := &source{host: h}
	var all []agent.Mount
	for _, root := range Roots() {
		all = append(all, agent.Mount{Root: root, Source: s})
	}
	return all
}

// source is a Host as an agent asks it. All variables of a request are of one View.
type source struct {
	host *Host

	mu      sync.Mutex
	request *agent.Request // the last one
	view    *View
}

// of is what a request sees.
func (s *source) of(r *agent.Request) *View {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.request != r || s.view == nil {
		s.request, s.view = r, s.host.View()
	}
	return s.view
}

// Get gives a variable.
func (s *source) Get(r *agent.Request, name oid.OID) (message.Value, error) {
	return s.of(r).Get(name), nil
}

// Next gives the one behind a name.
func (s *source) Next(r *agent.Request, name oid.OID) (message.Var, error) {
	v, ok := s.of(r).Next(name)
	if !ok {
		v.Value = message.EndOfMibView
	}
	return v, nil
}

// Test says whether a variable can be set.
func (s *source) Test(_ *agent.Request, v message.Var) (agent.Change, error) {
	c, status := s.host.Prepare(v.Name, v.Value)
	if status != message.NoError {
		return nil, agent.Refuse(status)
	}
	return c, nil
}
