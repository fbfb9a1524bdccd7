package snmp

import (
	"encoding/hex"
	"fmt"
	"strings"

	"moonwire/host/decl"
	"moonwire/host/snmp/usm"
)

// security are the options that say who sends messages of version 3.
type security struct {
	User *string `lua:"user?" doc:"user of version 3"`
	credentials
}

// credentials are how a user signs and encrypts.
type credentials struct {
	Auth         string `lua:"auth?" doc:"digest: MD5, SHA, SHA224, SHA256, SHA384 or SHA512 (SHA-256, sha1 … too); SHA when only a password is given"`
	AuthPassword string `lua:"auth_password?" doc:"password of the digest, eight characters at least"`
	Priv         string `lua:"priv?" doc:"cipher: DES, 3DES, AES, AES192 or AES256 as net-snmp has them, AES192C or AES256C as Cisco has them; AES when only a password is given"`
	PrivPassword string `lua:"priv_password?" doc:"password of the cipher, eight characters at least"`
	AuthKey      string `lua:"auth_key?" doc:"master key of the digest in hexadecimal digits, in place of its password"`
	PrivKey      string `lua:"priv_key?" doc:"master key of the cipher in hexadecimal digits, in place of its password"`
	Localized    bool   `lua:"localized?" doc:"auth_key and priv_key are no master keys but those of one engine (RFC 3414 section 2.6)"`
	AllowShort   bool   `lua:"allow_short?" doc:"take passwords under eight characters, which RFC 3414 section 11.2 forbids"`
}

// aUser is an entry of the option users.
type aUser struct {
	Name *string `lua:"name?" doc:"name of the user"`
	security
}

// user is the user that the options describe; nil when they name none. Misuse names the option at fault.
func (s *security) user() (*usm.User, error) {
	switch {
	case s.User == nil:
		if option := s.firstGiven(); option != "" {
			return nil, decl.BadArg(option, "needs option 'user'")
		}
		return nil, nil
	case *s.User == "":
		return nil, decl.BadArg("user", `a name expected, got ""`)
	}
	u := &usm.User{Name: *s.User, AuthPassword: s.AuthPassword, PrivPassword: s.PrivPassword, KeysLocalized: s.Localized,
		AllowShort: s.AllowShort}
	var err error
	if u.AuthKey, err = keyOf("auth_key", s.AuthKey); err != nil {
		return nil, err
	}
	if u.PrivKey, err = keyOf("priv_key", s.PrivKey); err != nil {
		return nil, err
	}
	if u.Auth, err = s.authProtocol(); err != nil {
		return nil, err
	}
	if u.Priv, err = s.privProtocol(); err != nil {
		return nil, err
	}
	if err := u.Check(); err != nil {
		return nil, decl.BadArg(s.atFault(u), "%s", err)
	}
	return u, nil
}

// firstGiven is an option that means nothing without a user; "" when there is none.
func (c *credentials) firstGiven() string {
	for _, o := range []struct{ name, value string }{{"auth", c.Auth}, {"auth_password", c.AuthPassword}, {"auth_key", c.AuthKey},
		{"priv", c.Priv}, {"priv_password", c.PrivPassword}, {"priv_key", c.PrivKey}} {
		if o.value != "" {
			return o.name
		}
	}
	return ""
}

// atFault guesses which option Check complains of.
func (c *credentials) atFault(u *usm.User) string {
	authOnly := *u
	authOnly.Priv = usm.NoPriv
	err := authOnly.Check()
	switch {
	case err != nil && c.AuthKey != "":
		return "auth_key"
	case err != nil && u.Auth != usm.NoAuth:
		return "auth_password"
	case err != nil:
		return "user"
	case u.Auth == usm.NoAuth:
		return "priv"
	case c.PrivKey != "":
		return "priv_key"
	}
	return "priv_password"
}

func (c *credentials) authProtocol() (usm.AuthProtocol, error) {
	if c.Auth == "" {
		if c.AuthPassword != "" || c.AuthKey != "" {
			return usm.SHA, nil
		}
		return usm.NoAuth, nil
	}
	p, ok := usm.ParseAuth(c.Auth)
	if !ok {
		return p, decl.BadArg("auth", "%s", notOneOf(c.Auth, usm.AuthProtocols))
	}
	return p, nil
}

func (c *credentials) privProtocol() (usm.PrivProtocol, error) {
	if c.Priv == "" {
		if c.PrivPassword != "" || c.PrivKey != "" {
			return usm.AES, nil
		}
		return usm.NoPriv, nil
	}
	p, ok := usm.ParsePriv(c.Priv)
	if !ok {
		return p, decl.BadArg("priv", "%s", notOneOf(c.Priv, usm.PrivProtocols))
	}
	return p, nil
}

// notOneOf says that word is no protocol, and which are.
func notOneOf[P fmt.Stringer](word string, known []P) string {
	names := make([]string, len(known))
	for i, p := range known {
		names[i] = p.String()
	}
	if near := decl.Nearest(word, names); near != "" {
		return fmt.Sprintf("'%s': did you mean '%s'? expected one of: %s", word, near, strings.Join(names, ", "))
	}
	return fmt.Sprintf("'%s': expected one of: %s", word, strings.Join(names, ", "))
}

// keyOf reads a key in hexadecimal digits; "" is none.
func keyOf(option, digits string) ([]byte, error) {
	if digits == "" {
		return nil, nil
	}
	b, err := hex.DecodeString(strings.TrimPrefix(digits, "0x"))
	if err != nil {
		return nil, decl.BadArg(option, "hexadecimal digits expected")
	}
	return b, nil
}

// usersOf is the table of an option users.
func usersOf(list []aUser) (*usm.Users, error) {
	all := make([]*usm.User, len(list))
	for i := range list {
		s := list[i].security
		if s.User == nil {
			s.User = list[i].Name
		}
		u, err := s.user()
		if err != nil {
			return nil, decl.BadArg("users", "item %d: %s", i+1, err)
		}
		if u == nil {
			return nil, decl.BadArg("users", "item %d: needs a name", i+1)
		}
		all[i] = u
	}
	table, err := usm.NewUsers(all...)
	if err != nil {
		return nil, decl.BadArg("users", "%s", err)
	}
	return table, nil
}
