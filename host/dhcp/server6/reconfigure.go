package server6

import (
	"crypto/hmac"
	"crypto/md5"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"moonwire/host/dhcp/dhcp6"
)

// The Reconfigure Key Authentication Protocol (RFC 8415 section 20.4).
const (
	keyProtocol = 3
	hmacMD5     = 1
	giveKey     = 1 // the information is a key
	digest      = 2 // it is the digest of the message
	keySize     = 16
)

// mostKeys bounds how many clients the server remembers that it may reconfigure; what comes then can't be.
const mostKeys = 1 << 16

// keys are the clients that take Reconfigure from this server.
type keys struct {
	mu      sync.Mutex
	clients map[dhcp6.DUID]*reachable
	replay  uint64
}

// reachable is how to reach a client, and to show it that it is this server.
type reachable struct {
	key  []byte
	from *Request // its last message
}

// introduce gives a client that takes Reconfigure a key, with the first reply (RFC 8415 sections 18.3.2 and 20.4.2).
func (s *Server) introduce(r *Request, m *dhcp6.Message) {
	if !s.config.Reconfigure || m.Type != dhcp6.Reply || !r.Message.Options.Has(dhcp6.ReconfAccept) || r.DUID == "" {
		return
	}
	m.Set(dhcp6.ReconfAccept, []byte{})
	k := &s.keys
	k.mu.Lock()
	defer k.mu.Unlock()
	c := k.clients[r.DUID]
	switch r.Type() {
	case dhcp6.Renew, dhcp6.Rebind:
		if c != nil {
			c.from = r
			return
		}
	}
	if c == nil && len(k.clients) >= mostKeys {
		return
	}
	c = &reachable{key: make([]byte, keySize), from: r}
	for i := range c.key {
		c.key[i] = byte(s.rand.Uint32())
	}
	if k.clients == nil {
		k.clients = map[dhcp6.DUID]*reachable{}
	}
	k.clients[r.DUID] = c
	m.Set(dhcp6.Authentication, k.authentication(s, giveKey, c.key))
}

// authentication is the data of the option, with a value that no older message had.
func (k *keys) authentication(s *Server, kind byte, information []byte) []byte {
	k.replay = max(k.replay+1, uint64(s.clock.Now().UnixNano()))
	b := binary.BigEndian.AppendUint64([]byte{keyProtocol, hmacMD5, 0}, k.replay)
	return append(append(b, kind), information...)
}

// Reconfigure tells a client to renew, to rebind or to ask for information (RFC 8415 section 18.3.11). It fails with
// fs.ErrNotExist for a client that doesn't take that from this server.
func (s *Server) Reconfigure(client dhcp6.DUID, to dhcp6.Type) error {
	switch to {
	case dhcp6.Renew, dhcp6.Rebind, dhcp6.InformationRequest:
	default:
		return fmt.Errorf("a client is told to renew, to rebind or to send an information_request, not a %s", to)
	}
	b, from, err := s.order(client, to)
	if err == nil {
		err = s.transmit(from, b)
	}
	if err == nil {
		s.tally.Sent(dhcp6.Reconfigure)
		s.note(Event{Kind: "reconfigured", Why: to.String(), Request: from})
	}
	return err
}

// order is a Reconfigure as bytes, and the request whose way it goes back.
func (s *Server) order(client dhcp6.DUID, to dhcp6.Type) ([]byte, *Request, error) {
	k := &s.keys
	k.mu.Lock()
	defer k.mu.Unlock()
	c := k.clients[client]
	if c == nil {
		return nil, nil, fmt.Errorf("the client %s takes no reconfigure from this server: %w", client, fs.ErrNotExist)
	}
	m := dhcp6.New(dhcp6.Reconfigure, 0)
	m.Set(dhcp6.ClientID, []byte(client))
	m.Set(dhcp6.ServerID, []byte(s.duid))
	m.Set(dhcp6.ReconfMessage, []byte{byte(to)})
	m.Set(dhcp6.Authentication, k.authentication(s, digest, make([]byte, md5.Size)))
	b, err := m.Encode()
	if err != nil {
		return nil, nil, err
	}
	sum := hmac.New(md5.New, c.key)
	sum.Write(b)
	copy(b[len(b)-md5.Size:], sum.Sum(nil)) // the option is the last
	if m, err = dhcp6.Decode(b); err == nil {
		m, err = dhcp6.Answer(c.from.Relays, m)
	}
	if err != nil {
		return nil, nil, errors.Join(errors.New("reconfigure"), err)
	}
	b, err = m.Encode()
	return b, c.from, err
}
