package message

import (
	"fmt"

	"moonwire/host/snmp/ber"
)

// A Version is the number in a message's first field.
type Version int32

// The versions.
const (
	V1  Version = 0
	V2c Version = 1
	V2u Version = 2 // RFC 1910, historic; read and written like V2c
	V3  Version = 3
)

// String gives the version as people write it: 1, 2c, 3.
func (v Version) String() string {
	switch v {
	case V1:
		return "1"
	case V2c:
		return "2c"
	case V2u:
		return "2u"
	case V3:
		return "3"
	}
	return fmt.Sprintf("version %d", int32(v))
}

// VersionNamed finds a version by what String gives.
func VersionNamed(name string) (Version, bool) {
	for _, v := range []Version{V1, V2c, V2u, V3} {
		if v.String() == name {
			return v, true
		}
	}
	return 0, false
}

// A Message is one message of any version. Versions 1 and 2c have a community, version 3 has V3. The PDU is nil
// where none could be read, and while it is encrypted.
type Message struct {
	Version   Version
	Community []byte
	V3        *Secure
	PDU       *PDU
	Problems  ber.Log
	Whole     []byte // what the message was decoded from, nil for one that was made
}

// A Problem is a place where a message departs from the standard.
type Problem = ber.Problem

// Err says why part of a decoded message is missing; nil when all could be read, however bent it was.
func (m *Message) Err() error { return m.Problems.Broken() }
