package usm

import (
	"crypto/hmac"
	"fmt"

	"moonwire/host/snmp/message"
)

// LevelOf is the level of a message's flags; false when they ask for privacy without authentication, which RFC 3412
// section 7.2 step 5d calls invalid.
func LevelOf(f message.Flags) (Level, bool) {
	switch f & (message.Auth | message.Priv) {
	case 0:
		return NoAuthNoPriv, true
	case message.Auth:
		return AuthNoPriv, true
	case message.Auth | message.Priv:
		return AuthPriv, true
	}
	return NoAuthNoPriv, false
}

// Flags are the bits of msgFlags that say level.
func (l Level) Flags() message.Flags {
	return [...]message.Flags{0, message.Auth, message.Auth | message.Priv}[l]
}

// Seal encodes a message at the level of its flags: it encrypts the scoped PDU and signs the whole (RFC 3414 section
// 3.1). Engine id, boots, time and user of m are the caller's; salt is a number of Salts, used when m is encrypted. The
// result stays in m too: the salt, the digest and the cipher text, as Decode would find them.
func Seal(m *message.Message, k *Keys, salt uint64) ([]byte, error) {
	level, ok := LevelOf(m.V3.Flags)
	if !ok || level > k.Level() {
		return nil, fmt.Errorf("keys of user %q are for %s, the message asks for %s", k.User, k.Level(), m.V3.Flags)
	}
	s := &m.V3.Security
	s.Auth, s.Priv, m.V3.Encrypted = nil, nil, nil
	if level == AuthPriv {
		plain, err := m.EncodeScoped()
		if err != nil {
			return nil, err
		}
		if m.V3.Encrypted, s.Priv, err = k.encrypt(plain, s.Boots, s.Time, salt); err != nil {
			return nil, err
		}
	}
	if level >= AuthNoPriv {
		s.Auth = make([]byte, k.Auth.DigestSize()) // zeros while the digest is made
	}
	whole, at, err := m.Append(nil)
	if err != nil || level == NoAuthNoPriv {
		return whole, err
	}
	copy(s.Auth, k.digest(whole))
	copy(whole[at:], s.Auth)
	return whole, nil
}

// digest signs a message whose digest is zeros.
func (k *Keys) digest(whole []byte) []byte {
	h := hmac.New(auths[k.Auth].hash.New, k.AuthKey)
	h.Write(whole)
	return h.Sum(nil)[:k.Auth.DigestSize()]
}
