package notify

import (
	"hash/maphash"
	"slices"

	"moonwire/host/snmp/inlet"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// hear takes a message that came.
func (l *Listener) hear(in *inlet.Message) {
	l.tally.note(func(c *Counts) { c.Received++ })
	e := &Event{Time: in.Time, Source: in.Source, Local: in.Local, Stream: in.Stream, Bytes: in.Bytes}
	keys, err := l.admit(e)
	l.came(in, e.Message)
	if err == nil && e.Refused == nil {
		l.read(e)
	}
	// All is counted before anybody hears of it.
	kept := true
	if err != nil && e.Refused == nil {
		l.tally.note(func(c *Counts) { c.Discoveries++ })
	} else {
		kept = l.tell(e)
	}
	switch {
	case err != nil:
		l.report(in, e, keys, err)
	case kept && e.Refused == nil && e.Inform:
		l.confirm(in, e, keys)
	}
}

// admit says whether a message may be heard: e.Refused is why not. The error is what to report to who sent it, if that is
// to be; without a refusal it is an answer to a discovery.
func (l *Listener) admit(e *Event) (*usm.Keys, error) {
	m, err := message.Decode(e.Bytes)
	if err != nil {
		e.Refused = &Refusal{Malformed, err.Error()}
		return nil, nil
	}
	e.Message = m
	for _, p := range m.Problems {
		e.Problems = append(e.Problems, p.String())
	}
	switch m.Version {
	case message.V1, message.V2c:
		if !l.config.AnyCommunity && !slices.Contains(l.config.Communities, string(m.Community)) {
			e.Refused = refuse(WrongCommunity, "community %q isn't listed", m.Community)
		}
	case message.V3:
		return l.admitSecure(e)
	default:
		e.Refused = refuse(Unsupported, "version %d of SNMP", m.Version)
	}
	return nil, nil
}

// admitSecure is admit for version 3.
func (l *Listener) admitSecure(e *Event) (*usm.Keys, error) {
	m := e.Message
	if m.V3.Model != message.ModelUSM {
		e.Refused = refuse(Unsupported, "security model %d; 3, the user-based one, is known", m.V3.Model)
		return nil, nil
	}
	keys, err := l.open(e)
	if err != nil && !discovers(m, err) {
		e.Refused = refused(m, err)
	}
	return keys, err
}

// read takes what the PDU says.
func (l *Listener) read(e *Event) {
	m := e.Message
	if err := m.Err(); err != nil || m.PDU == nil {
		e.Refused = refuse(Malformed, "it can't be read whole: %v", err)
		return
	}
	var more []string
	switch p := m.PDU; p.Type {
	case message.TrapV1:
		e.Notification, more = fromV1(p.Trap, p.Vars, m.Community)
	case message.TrapV2, message.Inform:
		e.Notification, more = read(p.Vars)
		e.Inform = p.Type == message.Inform
	default:
		e.Refused = refuse(NoNotification, "%s is no notification", what(p.Type))
		return
	}
	e.Problems = append(e.Problems, more...)
	switch old := m.PDU.Type == message.TrapV1; {
	case old && m.Version != message.V1:
		e.Problems = append(e.Problems, "a trap of version 1 in a message of version "+m.Version.String())
	case !old && m.Version == message.V1:
		e.Problems = append(e.Problems, "version 1 has no such PDU: "+m.PDU.Type.String())
	}
	if e.Inform {
		e.before = l.repeats.seen(l.identity(e), e.Time)
		e.Repeated = e.before > 0
	}
}

// identity tells an inform from others. The request id alone doesn't: senders that start anew take the same ones.
func (l *Listener) identity(e *Event) told {
	m := e.Message
	who := string(m.Community)
	if m.V3 != nil {
		who = m.V3.Security.User
	}
	var h maphash.Hash
	h.SetSeed(l.repeats.seed)
	for _, v := range m.PDU.Vars {
		for _, n := range v.Name {
			maphash.WriteComparable(&h, n)
		}
		h.Write(v.Value.Raw())
	}
	return told{e.Source, m.Version, who, m.PDU.RequestID, h.Sum64()}
}

// tell counts an event and keeps it for who takes it. It is false for one that there is no room for.
func (l *Listener) tell(e *Event) bool {
	wanted := !e.Repeated || l.config.Repeated
	if e.Refused != nil {
		l.keepRefused(e)
		wanted = l.config.Refused
	}
	told := true
	l.tally.note(func(c *Counts) { // who takes the event finds it counted
		if wanted && !l.queue.put(e) {
			c.Lost++
			told = e.Refused != nil
		}
		if told {
			c.event(e)
		}
	})
	if !told {
		l.repeats.forget(l.identity(e))
	}
	return told
}

// confirm answers an inform (RFC 3413 section 3.4).
func (l *Listener) confirm(in *inlet.Message, e *Event, keys *usm.Keys) {
	m := e.Message
	out := &message.Message{Version: m.Version, Community: m.Community,
		PDU: &message.PDU{Type: message.Response, RequestID: m.PDU.RequestID, Vars: m.PDU.Vars}}
	b, err := l.seal(out, m, keys)
	if err != nil {
		return
	}
	withhold := int64(e.before) < l.withhold.Load()
	l.tally.note(func(c *Counts) {
		if withhold {
			c.Withheld++
		} else {
			c.Answered++
		}
	})
	l.reply(in, out, b, withhold)
}

// longestAnswer is what we say that we take, too.
const longestAnswer = 65507

// seal encodes the answer to a message.
func (l *Listener) seal(out, in *message.Message, keys *usm.Keys) ([]byte, error) {
	if in.V3 == nil {
		return out.Encode()
	}
	boots, seconds := l.engine.Now(l.clock.Now())
	out.V3 = &message.Secure{ID: in.V3.ID, MaxSize: longestAnswer, Flags: in.V3.Flags &^ message.Reportable, Model: message.ModelUSM,
		Security:      message.Security{EngineID: l.engine.ID(), Boots: boots, Time: seconds, User: in.V3.Security.User},
		ContextEngine: in.V3.ContextEngine, Context: in.V3.Context}
	return usm.Seal(out, keys, l.salts.Next())
}

// report tells a sender why its message was refused, when it asked for that (RFC 3412 section 7.1).
func (l *Listener) report(in *inlet.Message, e *Event, keys *usm.Keys, why error) {
	b, err := l.engine.Report(e.Message, keys, why, l.clock.Now())
	if err != nil || b == nil {
		return
	}
	l.tally.note(func(c *Counts) { c.Reports[refused(e.Message, why).Reason]++ })
	m, _ := message.Decode(b)
	l.reply(in, m, b, false)
}
