package usm

import (
	"crypto"
	_ "crypto/md5"    // for crypto.MD5
	_ "crypto/sha1"   // for crypto.SHA1
	_ "crypto/sha256" // for crypto.SHA224 and crypto.SHA256
	_ "crypto/sha512" // for crypto.SHA384 and crypto.SHA512
	"strings"

	"moonwire/host/snmp/oid"
)

// An AuthProtocol says how messages of a user are signed.
type AuthProtocol uint8

// The authentication protocols of RFC 3414 and RFC 7860.
const (
	NoAuth AuthProtocol = iota
	MD5
	SHA
	SHA224
	SHA256
	SHA384
	SHA512
)

// AuthProtocols are all that sign, weakest first.
var AuthProtocols = []AuthProtocol{MD5, SHA, SHA224, SHA256, SHA384, SHA512}

// auths has a row for each protocol. The digests of RFC 7860 are cut to a half of the hash's length or a little more.
var auths = [...]struct {
	name   string
	hash   crypto.Hash
	digest int    // bytes of msgAuthenticationParameters
	arc    uint32 // below snmpAuthProtocols, 1.3.6.1.6.3.10.1.1
}{
	NoAuth: {"none", 0, 0, 1},
	MD5:    {"MD5", crypto.MD5, 12, 2},
	SHA:    {"SHA", crypto.SHA1, 12, 3},
	SHA224: {"SHA224", crypto.SHA224, 16, 4},
	SHA256: {"SHA256", crypto.SHA256, 24, 5},
	SHA384: {"SHA384", crypto.SHA384, 32, 6},
	SHA512: {"SHA512", crypto.SHA512, 48, 7},
}

// String is the name that scripts use: MD5, SHA, SHA224 …, or none.
func (a AuthProtocol) String() string { return auths[a].name }

// DigestSize is the number of bytes of a digest in a message.
func (a AuthProtocol) DigestSize() int { return auths[a].digest }

// KeySize is the number of bytes of a key.
func (a AuthProtocol) KeySize() int {
	if a == NoAuth {
		return 0
	}
	return auths[a].hash.Size()
}

// OID is the protocol's name in usmUserAuthProtocol.
func (a AuthProtocol) OID() oid.OID { return oid.OID{1, 3, 6, 1, 6, 3, 10, 1, 1, auths[a].arc} }

// ParseAuth reads a protocol's name in the ways in which people write it: SHA256, sha-256, HMAC-SHA-256, SHA1.
func ParseAuth(s string) (AuthProtocol, bool) {
	name := strings.TrimPrefix(plain(s), "HMAC")
	if name == "SHA1" {
		return SHA, true
	}
	for a := range auths {
		if plain(auths[a].name) == name {
			return AuthProtocol(a), true
		}
	}
	return NoAuth, false
}

// plain is a name in capitals without the marks that people put between its parts.
func plain(s string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToUpper(s))
}
