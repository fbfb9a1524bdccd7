package watch

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"time"
)

// A Server is somebody who answers.
type Server struct {
	ID      string           // server identifier: an address, or a DUID in hexadecimal digits with colons; "" when it gives none
	MAC     net.HardwareAddr // its frames' source; nil when only its clients were heard
	Address netip.Addr       // its datagrams' source

	First, Last             time.Time
	Offers, Grants, Refused int
	Rogue                   []string // why it isn't what it should be; none: nothing is wrong

	named bool // as the one who answers, not only by clients
}

// Name is how events call the server: its identifier, else its address.
func (s *Server) Name() string {
	switch {
	case s.ID != "":
		return s.ID
	case s.Address.IsValid():
		return s.Address.String()
	}
	return "without a name"
}

// place is where the server is: its MAC address when that is known.
func (s *Server) place() string {
	if len(s.MAC) > 0 {
		return s.MAC.String()
	}
	return "a place unknown"
}

// serverKey tells servers apart: two machines with one identifier are two.
type serverKey struct{ id, mac string }

// answers finds or makes the row of who sent an answer, and judges it.
func (w *Watcher) answers(n *notice) *Server {
	key := serverKey{n.server, string(n.SrcMAC)}
	s := w.servers.get(key)
	if s == nil {
		s = &Server{ID: n.server, MAC: own(n.SrcMAC), Address: n.Src.Addr(), First: n.Time}
		w.counts.Forgotten += w.servers.put(key, s)
		w.name(s)
	}
	s.Last = n.Time
	switch n.verb {
	case offer:
		s.Offers++
	case grant:
		s.Grants++
	case refuse:
		s.Refused++
	}
	if !s.named {
		s.named = true
		w.tell(Event{Kind: NewServer, Server: s, Sighting: n.Sighting})
	}
	for _, why := range w.suspicions(n, s) {
		w.accuse(n, s, why)
	}
	return s
}

// asked judges the server that a client asks: its own answers may go past where this watch looks.
func (w *Watcher) asked(n *notice) {
	if n.server == "" || w.opt.Allow.silent(n) {
		return
	}
	if w.named[n.server] || len(w.named) >= mostRows {
		return
	}
	s := &Server{ID: n.server, First: n.Time, Last: n.Time}
	w.counts.Forgotten += w.servers.put(serverKey{n.server, ""}, s)
	w.name(s)
	w.accuse(n, s, n.client.Name()+" asks it, and it isn't allowed")
}

// name notes that somebody goes by an identifier.
func (w *Watcher) name(s *Server) {
	if len(w.named) < mostRows {
		w.named[s.ID] = true
	}
}

// accuse tells of a rogue once for each reason.
func (w *Watcher) accuse(n *notice, s *Server, why string) {
	if slices.Contains(s.Rogue, why) {
		return
	}
	s.Rogue = append(s.Rogue, why)
	w.tell(Event{Kind: Rogue, Server: s, Client: w.clients.get(n.client.keyOf()), Sighting: n.Sighting, Reason: why, Address: n.subject()})
}

// mostReasons bounds what is kept of one server.
const mostReasons = 8

// suspicions are what is wrong with who answers.
func (w *Watcher) suspicions(n *notice, s *Server) (list []string) {
	if len(s.Rogue) >= mostReasons {
		return nil
	}
	sure, why := w.opt.Allow.judge(n)
	if why != "" {
		list = append(list, why)
	}
	if sure || n.relayed {
		return list
	}
	if n.server == "" {
		return append(list, "names no server identifier")
	}
	if n.address.IsValid() && n.Src.IsValid() && n.Src.Addr() != n.address {
		list = append(list, fmt.Sprintf("says that it is %s, but sends from %s", n.address, n.Src.Addr()))
	}
	if why := w.elsewhere(n); why != "" {
		list = append(list, why)
	}
	return list
}

// elsewhere says that a server's identifier belongs to another machine.
func (w *Watcher) elsewhere(n *notice) string {
	if len(n.SrcMAC) == 0 {
		return ""
	}
	if c := w.claims.get(n.address); c != nil && n.address.IsValid() && string(c.MAC) != string(n.SrcMAC) {
		return fmt.Sprintf("%s is at %s", n.address, c.MAC)
	}
	at, known := w.homes[n.server]
	switch {
	case !known && len(w.homes) < mostRows:
		w.homes[n.server] = string(n.SrcMAC)
	case known && at != string(n.SrcMAC):
		return fmt.Sprintf("%s answered as %s before", net.HardwareAddr(at), n.server)
	}
	return ""
}
