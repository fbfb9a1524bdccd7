package notify

import (
	"slices"

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

// A journal keeps the last datagrams.
type journal struct {
	list []Datagram
	next int // where the oldest stands, once it is full
}

func (j *journal) add(d Datagram) {
	if len(j.list) < keptDatagrams {
		j.list = append(j.list, d)
		return
	}
	j.list[j.next] = d
	j.next = (j.next + 1) % keptDatagrams
}

// Exchange are the last messages both ways, the oldest first; long ones are left out.
func (l *Listener) Exchange() []Datagram {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Concat(l.journal.list[l.journal.next:], l.journal.list[:l.journal.next])
}

func (l *Listener) note(d Datagram) {
	if len(d.Data) > longestKept {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.journal.add(d)
}

// came notes what came.
func (l *Listener) came(in *inlet.Message, m *message.Message) {
	l.note(Datagram{Datagram: manager.Datagram{Time: in.Time, Source: in.Source, Destination: in.Local, Data: in.Bytes}, Message: m})
}

// reply sends an answer back, or withholds it. What the system refuses the inlet counts.
func (l *Listener) reply(in *inlet.Message, m *message.Message, b []byte, withhold bool) {
	l.note(Datagram{manager.Datagram{Time: l.clock.Now(), Out: true, Source: in.Local, Destination: in.Source, Data: b}, m, withhold})
	if !withhold {
		in.Reply(b)
	}
}
