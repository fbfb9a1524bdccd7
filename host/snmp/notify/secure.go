package notify

import (
	"bytes"
	"errors"
	"fmt"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// open checks a message of version 3 and decrypts it. An inform has to be for the own engine (RFC 3414 section 3.2, step
// 7a); the sender of a trap is the authority on it, whatever its engine is (step 7b). It gives back the keys for the answer.
func (l *Listener) open(e *Event) (*usm.Keys, error) {
	m := e.Message
	s := &m.V3.Security
	e.Level, _ = usm.LevelOf(m.V3.Flags)
	if len(s.EngineID) == 0 || bytes.Equal(s.EngineID, l.engine.ID()) {
		return l.openOwn(e)
	}
	err := l.openForeign(e)
	reportable := m.PDU == nil && m.V3.Flags&message.Reportable != 0 || m.PDU != nil && m.PDU.Type.Confirmed()
	if reportable && !errors.Is(err, usm.ErrUnknownEngine) {
		err = &usm.Refusal{Statistic: usm.UnknownEngineIDs,
			Detail: fmt.Sprintf("sent to engine %x, which is not this one: it was told so", s.EngineID)}
	}
	return nil, l.engine.Refused(err)
}

// openOwn opens what is for the own engine.
func (l *Listener) openOwn(e *Event) (*usm.Keys, error) {
	m := e.Message
	k, err := l.engine.Receive(m, l.users.own, e.Time)
	if errors.Is(err, usm.ErrUnknownUser) {
		err = l.users.unknown(m.V3.Security.User, m.V3.Security.EngineID) // says whom there is
	}
	if err != nil {
		return k, err
	}
	u, err := l.users.of(m.V3.Security.User, m.V3.Security.EngineID)
	if err == nil {
		err = l.engine.Refused(u.allow(m.V3.Flags))
	}
	return k, err
}

// openForeign opens what another engine sent on its own authority.
func (l *Listener) openForeign(e *Event) error {
	m := e.Message
	s := &m.V3.Security
	if err := usm.EngineID(s.EngineID).Check(); err != nil {
		return &usm.Refusal{Statistic: usm.UnknownEngineIDs, Detail: err.Error()}
	}
	u, err := l.users.of(s.User, s.EngineID)
	if err != nil {
		return err
	}
	if e.Level > u.Level() { // before the keys, which cost more
		return &usm.Refusal{Statistic: usm.UnsupportedSecLevels,
			Detail: fmt.Sprintf("user %q sends with %s and is listed with passwords for %s", u.Name, e.Level, u.Level())}
	}
	if err := u.allow(m.V3.Flags); err != nil {
		return err
	}
	k, err := u.Localize(s.EngineID)
	if err != nil {
		return err
	}
	return usm.Verify(m, k, func(boots, seconds int32) error {
		err := l.engines.of(s.EngineID).Check(boots, seconds, e.Time)
		if r, ok := err.(*usm.Refusal); ok {
			r.Detail += ": a sender that lost count of its boots, or two that share engine " + fmt.Sprintf("%x", s.EngineID)
		}
		return err
	})
}

// refused makes a Refusal of what usm says of a message.
func refused(m *message.Message, err error) *Refusal {
	var r *usm.Refusal
	if !errors.As(err, &r) {
		return &Refusal{Malformed, err.Error()}
	}
	text := r.Detail
	switch r.Statistic {
	case usm.WrongDigests:
		text = fmt.Sprintf("user %q signs with another password or digest than the listed one", m.V3.Security.User)
		if r.Detail != "" {
			text += ": " + r.Detail
		}
	case usm.DecryptionErrors:
		text = fmt.Sprintf("what user %q encrypts: %s", m.V3.Security.User, r.Detail)
	case usm.NotInTimeWindows:
		text = r.Error()
	}
	return &Refusal{r.Kind(), text}
}

// discovers says whether a message that was refused asks for the own engine's id or time: the first step of a sender who
// has yet to learn them (RFC 3414 section 4).
func discovers(m *message.Message, err error) bool {
	s := &m.V3.Security
	return errors.Is(err, usm.ErrUnknownEngine) && len(s.EngineID) == 0 ||
		errors.Is(err, usm.ErrNotInWindow) && s.Boots == 0 && s.Time == 0
}
