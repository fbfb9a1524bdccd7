package dhcp6

import (
	"errors"
	"net/netip"
)

// Inner is the message that a relay agent's message carries. A change of it changes nothing here: SetInner does.
func (m *Message) Inner() (*Message, error) {
	b, ok := m.Get(RelayMessage)
	if !ok {
		return nil, errors.New("no relay message inside")
	}
	return Decode(b)
}

// SetInner puts a message in.
func (m *Message) SetInner(inner *Message) error {
	b, err := inner.Encode()
	if err == nil {
		m.Set(RelayMessage, b)
	}
	return err
}

// Chain is the message and those inside it, the outermost first. What can't be read ends it, with the reason.
func (m *Message) Chain() (all []*Message, err error) {
	for all = append(all, m); m.Type.Relay(); all = append(all, m) {
		if m, err = m.Inner(); err != nil {
			return all, err
		}
	}
	return all, nil
}

// Forward wraps a message as a relay agent does that got it from peer on a link with address link (RFC 8415 section 19.1).
func Forward(m *Message, link, peer netip.Addr, options ...Option) (*Message, error) {
	f := &Message{Type: RelayForward, Link: link, Peer: peer, Options: options}
	if m.Type == RelayForward {
		f.Hops = m.Hops + 1
	}
	return f, f.SetInner(m)
}

// Answer wraps an answer in relay-replies, one for each relay-forward of the chain it answers, with the same hop counts and
// addresses, and with the options that the agents want back (RFC 8415 section 19.3, RFC 4994). A chain without
// relay-forwards leaves it as it is.
func Answer(chain []*Message, answer *Message) (*Message, error) {
	for i := len(chain) - 1; i >= 0; i-- {
		f := chain[i]
		if f.Type != RelayForward {
			continue
		}
		r := &Message{Type: RelayReply, Hops: f.Hops, Link: f.Link, Peer: f.Peer, Options: f.echoed()}
		if err := r.SetInner(answer); err != nil {
			return nil, err
		}
		answer = r
	}
	return answer, nil
}

// echoed are the options of a relay agent's message that go back to it: those that always do, and what it asks for.
func (m *Message) echoed() (list Options) {
	wanted, _ := m.Get(EchoRequest)
	for _, o := range m.Options {
		back := o.Code == InterfaceID || o.Code == RelayPort
		for i := 0; i+2 <= len(wanted) && o.Code != RelayMessage; i += 2 {
			back = back || o.Code == uint16(wanted[i])<<8|uint16(wanted[i+1])
		}
		if back {
			list.Add(o)
		}
	}
	return list
}
