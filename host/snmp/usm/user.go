package usm

import "fmt"

// A User is who sends messages: a name and, for more than its bare name, passwords or keys.
type User struct {
	Name         string
	Auth         AuthProtocol
	AuthPassword string
	Priv         PrivProtocol
	PrivPassword string

	// Keys instead of passwords. A master key (RFC 3414's Ku) has the length of the digest's hash and fits every engine.
	// A localised one fits a single engine; KeysLocalized says that these are such.
	AuthKey, PrivKey []byte
	KeysLocalized    bool

	// AllowShort takes passwords under eight characters, which RFC 3414 section 11.2 forbids and some devices have.
	AllowShort bool
}

// A Level is how well a message is protected; the values order them (RFC 3411 section 3.4.3).
type Level uint8

// The three security levels.
const (
	NoAuthNoPriv Level = iota
	AuthNoPriv
	AuthPriv
)

// String is the level's name in the RFCs.
func (l Level) String() string { return [...]string{"noAuthNoPriv", "authNoPriv", "authPriv"}[l] }

// Level is the best level that u has protocols for.
func (u *User) Level() Level {
	switch {
	case u.Auth == NoAuth:
		return NoAuthNoPriv
	case u.Priv == NoPriv:
		return AuthNoPriv
	}
	return AuthPriv
}

// Lengths of names and passwords.
const (
	LongestName      = 32      // SnmpAdminString (SIZE(1..32)) of usmUserName
	shortestPassword = 8       // RFC 3414 section 11.2
	longestPassword  = 1 << 10 // more than anybody types, and little enough to remember some
)

// Check says what is wrong with u, nil when nothing is.
func (u *User) Check() error {
	switch {
	case len(u.Name) > LongestName:
		return fmt.Errorf("user name has %d bytes (RFC 3414 allows %d)", len(u.Name), LongestName)
	case u.Priv != NoPriv && u.Auth == NoAuth:
		return fmt.Errorf("privacy needs authentication (RFC 3414 section 1.4.3): user %q has priv %s and no auth", u.Name, u.Priv)
	}
	if u.Auth != NoAuth {
		if err := u.checkSecret("auth", u.AuthPassword, u.AuthKey, u.Auth.KeySize()); err != nil {
			return err
		}
	}
	if u.Priv == NoPriv {
		return nil
	}
	size := u.Auth.KeySize()
	if u.KeysLocalized {
		size = u.Priv.KeySize()
	}
	if err := u.checkSecret("priv", u.PrivPassword, u.PrivKey, size); err != nil {
		return err
	}
	if u.Priv == TripleDES && u.KeysLocalized && u.PrivKey != nil && weak(u.PrivKey) {
		return fmt.Errorf("priv key of user %q has two equal thirds in a row, which makes 3DES no stronger than DES (draft-reeder-snmpv3-usm-3desede)", u.Name)
	}
	return nil
}

// weak says whether a key of 3DES is one of DES: its first or its last two thirds are the same but for the bits of parity.
func weak(key []byte) bool {
	same := func(a, b []byte) bool {
		for i := range a {
			if (a[i]^b[i])&0xfe != 0 {
				return false
			}
		}
		return true
	}
	return same(key[:8], key[8:16]) || same(key[8:16], key[16:24])
}

// checkSecret checks one password or the key that stands in its place.
func (u *User) checkSecret(what, password string, key []byte, size int) error {
	switch {
	case password != "" && key != nil:
		return fmt.Errorf("user %q has both %s password and %s key", u.Name, what, what)
	case key != nil && len(key) != size && !(u.KeysLocalized && what == "priv" && len(key) > size):
		return fmt.Errorf("%s key of user %q has %d bytes, needs %d (%s)", what, u.Name, len(key), size, u.keyNote())
	case key != nil:
		return nil
	case password == "":
		return fmt.Errorf("user %q needs %s password or %s key", u.Name, what, what)
	case len(password) < shortestPassword && !u.AllowShort:
		return fmt.Errorf("%s password of user %q has %d characters: RFC 3414 section 11.2 asks for %d at least (allow_short takes it)",
			what, u.Name, len(password), shortestPassword)
	case len(password) > longestPassword:
		return fmt.Errorf("%s password of user %q has more than %d characters", what, u.Name, longestPassword)
	}
	return nil
}

func (u *User) keyNote() string {
	if u.KeysLocalized {
		return "a localised key"
	}
	return "a master key of " + u.Auth.String()
}
