package notify

import (
	"moonwire/host/snmp/inlet"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
)

// A Datagram is a message that came or left, in clear as far as it could be read.
type Datagram struct {
	manager.Datagram
	Message  *message.Message // nil for what is none
	Withheld bool             // it was to leave, and wasn't sent
}

// The bounds of the journal.
const (
	keptDatagrams = 256
	longestKept   = 4096
)

// Exchange are the last messages both ways, the oldest first; long ones are left out.
func (l *Listener) Exchange() []Datagram {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Datagram(nil), l.journal...)
}

func (l *Listener) note(d Datagram) {
	if len(d.Data) > longestKept {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.journal) == keptDatagrams {
		l.journal = append(l.journal[:0:0], l.journal[1:]...)
	}
	l.journal = append(l.journal, d)
}

// came notes what came.
func (l *Listener) came(in *inlet.Message, m *message.Message) {
	l.note(Datagram{Datagram: manager.Datagram{Time: in.Time, Source: in.Source, Destination: in.Local, Data: in.Bytes}, Message: m})
}

// reply sends an answer back, or withholds it.
func (l *Listener) reply(in *inlet.Message, m *message.Message, b []byte, withhold bool) error {
	l.note(Datagram{manager.Datagram{Time: l.clock.Now(), Out: true, Source: in.Local, Destination: in.Source, Data: b}, m, withhold})
	if withhold {
		return nil
	}
	return in.Reply(b)
}
