package message

import (
	"slices"
	"strings"
)

// Secure is what only messages of version 3 have (RFC 3412 section 6).
type Secure struct {
	ID       int32 // the same in question and answer
	MaxSize  int32 // longest message that the sender takes, in bytes
	Flags    Flags
	Model    int32 // 3 is the User-based Security Model
	Security Security
	Other    []byte // security parameters of another model, as they are; nil for that model

	// The scoped PDU, beside Message.PDU. Encrypted, when it isn't nil, is what Encode writes in its place.
	ContextEngine []byte
	Context       string
	Encrypted     []byte
}

// Security are the parameters of the User-based Security Model (RFC 3414 section 2.4).
type Security struct {
	EngineID []byte // the authoritative engine
	Boots    int32
	Time     int32
	User     string
	Auth     []byte // the digest
	Priv     []byte // the salt
	AuthAt   int    // where Auth stands in Message.Whole
}

// ModelUSM is the number of the User-based Security Model.
const ModelUSM = 3

// Flags are msgFlags (RFC 3412 section 6.4).
type Flags uint8

// The flags.
const (
	Auth Flags = 1 << iota
	Priv
	Reportable
)

// String joins the flags' names by a plus: auth+priv+reportable.
func (f Flags) String() string {
	var names []string
	for i, name := range flagNames {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, "+")
}

var flagNames = [...]string{"auth", "priv", "reportable"}

// FlagsNamed reads what String gives.
func FlagsNamed(text string) (f Flags, ok bool) {
	if text == "" {
		return 0, true
	}
	for name := range strings.SplitSeq(text, "+") {
		i := slices.Index(flagNames[:], name)
		if i < 0 {
			return 0, false
		}
		f |= 1 << i
	}
	return f, true
}
