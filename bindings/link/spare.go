package link

import (
	"context"
	"net"
	"sync"

	"moonwire/host/network"
)

// A spare is a second connection to a link's interface, for one call at a time: so the link's readers and an exchange
// don't take each other's packets. A call that finds it in use opens another.
type spare struct {
	mu     sync.Mutex
	conn   network.LinkConn // that nobody uses
	past   network.LinkStats
	used   map[network.LinkConn]bool
	closed bool
}

// get opens a connection, or takes the one that there is.
func (s *spare) get(ctx context.Context, l *Link) (network.LinkConn, error) {
	s.mu.Lock()
	conn := s.conn
	s.conn = nil
	closed := s.closed
	s.mu.Unlock()
	if closed {
		return nil, net.ErrClosed
	}
	if conn == nil {
		var err error
		if conn, err = openConn(ctx, l.iface.Name, l.opts, nil, false); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.used == nil {
		s.used = map[network.LinkConn]bool{}
	}
	s.used[conn] = true
	return conn, nil
}

// put gives a connection back.
func (s *spare) put(conn network.LinkConn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.used, conn)
	if s.conn == nil && !s.closed {
		s.conn = conn
		return
	}
	n := conn.Stats()
	s.past.Sent, s.past.SendErrors = s.past.Sent+n.Sent, s.past.SendErrors+n.SendErrors
	conn.Close()
}

// stats counts what was sent by all of them.
func (s *spare) stats() network.LinkStats {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.past
	for c := range s.used {
		n := c.Stats()
		all.Sent, all.SendErrors = all.Sent+n.Sent, all.SendErrors+n.SendErrors
	}
	if s.conn != nil {
		n := s.conn.Stats()
		all.Sent, all.SendErrors = all.Sent+n.Sent, all.SendErrors+n.SendErrors
	}
	return all
}

// close ends all of them.
func (s *spare) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for c := range s.used {
		c.Close()
	}
	if s.conn != nil {
		s.conn.Close()
	}
}
