package usm

import (
	"bytes"
	"fmt"
	"time"

	"moonwire/host/snmp/message"
)

// Receive checks a message that was sent to this engine as the authoritative one, in the order of RFC 3414 section 3.2:
// engine id, user, level, digest, window, cipher. It decrypts the message and counts what it refuses. The keys of the
// sender come back as soon as they are known, since a refusal may have to be signed.
func (e *Engine) Receive(m *message.Message, users *Users, now time.Time) (*Keys, error) {
	k, err := e.receive(m, users, now)
	return k, e.Refused(err)
}

func (e *Engine) receive(m *message.Message, users *Users, now time.Time) (*Keys, error) {
	s := &m.V3.Security
	if !bytes.Equal(s.EngineID, e.ID()) {
		return nil, ErrUnknownEngine
	}
	u := users.Named(s.User)
	if u == nil {
		return nil, refuse(UnknownUserNames, fmt.Sprintf("%q", s.User))
	}
	if level, ok := LevelOf(m.V3.Flags); !ok || level > u.Level() { // before the keys, which cost more
		return nil, refuse(UnsupportedSecLevels, fmt.Sprintf("%s, user %q has %s", level, u.Name, u.Level()))
	}
	k, err := u.Localize(s.EngineID)
	if err != nil {
		return nil, err
	}
	return k, Verify(m, k, func(boots, seconds int32) error { return e.window(boots, seconds, now) })
}
