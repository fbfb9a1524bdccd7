package usm

import (
	"crypto/hmac"
	"fmt"

	"moonwire/host/snmp/message"
)

// Open checks the digest of a decoded message and decrypts its scoped PDU into m.PDU, m.V3.ContextEngine and
// m.V3.Context, as far as its flags ask for. The engine's id and the window are not looked at: Verify does that too.
// Errors are Refusals.
func Open(m *message.Message, k *Keys) error { return k.open(m, nil) }

// Verify is Open with a look at the time between the digest and the cipher, where RFC 3414 section 3.2 has it: window
// gets boots and time of messages that are authentic.
func Verify(m *message.Message, k *Keys, window func(boots, seconds int32) error) error {
	return k.open(m, window)
}

func (k *Keys) open(m *message.Message, window func(boots, seconds int32) error) error {
	level, ok := LevelOf(m.V3.Flags)
	if !ok || level > k.Level() {
		return refuse(UnsupportedSecLevels, fmt.Sprintf("the message is %s, user %q has %s", m.V3.Flags, k.User, k.Level()))
	}
	if level == NoAuthNoPriv {
		return nil
	}
	if err := k.authenticate(m); err != nil {
		return err
	}
	if window != nil {
		if err := window(m.V3.Security.Boots, m.V3.Security.Time); err != nil {
			return err
		}
	}
	if level < AuthPriv {
		return nil
	}
	return k.decipher(m)
}

// authenticate checks the digest (RFC 3414 sections 6.3.2 and 7.3.2, RFC 7860 section 4.2.2).
func (k *Keys) authenticate(m *message.Message) error {
	s := &m.V3.Security
	if len(s.Auth) != k.Auth.DigestSize() {
		return refuse(WrongDigests, fmt.Sprintf("it has %d bytes, %s has %d", len(s.Auth), k.Auth, k.Auth.DigestSize()))
	}
	h := hmac.New(auths[k.Auth].hash.New, k.AuthKey)
	h.Write(m.Whole[:s.AuthAt])
	h.Write(make([]byte, len(s.Auth)))
	h.Write(m.Whole[s.AuthAt+len(s.Auth):])
	if !hmac.Equal(h.Sum(nil)[:len(s.Auth)], s.Auth) {
		return ErrWrongDigest
	}
	return nil
}

// decipher decrypts and reads the scoped PDU. Behind it stands the padding of a block cipher.
func (k *Keys) decipher(m *message.Message) error {
	if m.V3.Encrypted == nil {
		return refuse(DecryptionErrors, "the flags promise an encrypted PDU and there is none")
	}
	s := &m.V3.Security
	plain, err := k.decrypt(m.V3.Encrypted, s.Priv, s.Boots, s.Time)
	if err != nil {
		return refuse(DecryptionErrors, err.Error())
	}
	before := *m.V3
	problems := len(m.Problems)
	if err := m.DecodeScoped(plain); err != nil && m.PDU == nil { // what the password isn't to blame for is a problem of m
		*m.V3, m.Problems = before, m.Problems[:problems]
		return refuse(DecryptionErrors, "what comes out is no PDU: the privacy password or the cipher is wrong")
	}
	return nil
}
