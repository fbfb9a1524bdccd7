package usm

import (
	"crypto/sha256"
	"fmt"
	"strconv"
)

// Keys are a user's keys for one engine. They don't change and may be shared.
type Keys struct {
	User   string
	Engine string // bytes of the authoritative engine's id
	Auth   AuthProtocol
	Priv   PrivProtocol

	AuthKey []byte
	PrivKey []byte // with the pre-IV of DES and 3DES
}

// Level is the best level that the keys allow.
func (k *Keys) Level() Level {
	return (&User{Auth: k.Auth, Priv: k.Priv}).Level()
}

// Localize is u's keys for engine. They are remembered, for some thousands of users and engines.
func (u *User) Localize(engine []byte) (*Keys, error) {
	if err := u.Check(); err != nil {
		return nil, err
	}
	id := u.cacheKey(engine)
	if k := known.get(id); k != nil {
		return k, nil
	}
	k, err := u.localize(engine)
	if err != nil {
		return nil, fmt.Errorf("keys of user %q: %w", u.Name, err)
	}
	known.put(id, k)
	return k, nil
}

func (u *User) localize(engine []byte) (*Keys, error) {
	k := &Keys{User: u.Name, Engine: string(engine), Auth: u.Auth, Priv: u.Priv}
	if u.Auth == NoAuth {
		return k, nil
	}
	var err error
	if k.AuthKey, err = u.localKey(u.AuthPassword, u.AuthKey, engine); err != nil || u.Priv == NoPriv {
		return k, err
	}
	if u.KeysLocalized && u.PrivKey != nil {
		k.PrivKey = u.PrivKey[:u.Priv.KeySize()]
		return k, nil
	}
	base, err := u.localKey(u.PrivPassword, u.PrivKey, engine)
	if err != nil {
		return nil, err
	}
	k.PrivKey, err = lengthen(u.Auth, u.Priv, base, engine)
	return k, err
}

// localKey is the localised key of a password, or of the key that stands in its place.
func (u *User) localKey(password string, key, engine []byte) ([]byte, error) {
	switch {
	case key == nil:
		return derive(u.Auth, password, engine)
	case u.KeysLocalized:
		return key, nil
	}
	return localizeMaster(u.Auth, key, engine), nil
}

// cacheKey tells users and engines apart by all that their keys depend on, and keeps no password.
func (u *User) cacheKey(engine []byte) [sha256.Size]byte {
	b := make([]byte, 0, 256)
	b = append(b, byte(u.Auth), byte(u.Priv))
	b = strconv.AppendBool(b, u.KeysLocalized)
	for _, part := range []string{u.Name, string(engine), u.AuthPassword, u.PrivPassword, string(u.AuthKey), string(u.PrivKey)} {
		b = strconv.AppendInt(b, int64(len(part)), 10)
		b = append(append(b, ':'), part...)
	}
	return sha256.Sum256(b)
}
