package usm

import (
	"strings"

	"moonwire/host/snmp/oid"
)

// A PrivProtocol says how scoped PDUs of a user are encrypted. AES192 and AES256 lengthen short keys in Blumenthal's
// way, as net-snmp does, AES192C and AES256C in Reeder's, as Cisco's devices do.
type PrivProtocol uint8

// The privacy protocols.
const (
	NoPriv PrivProtocol = iota
	DES
	TripleDES
	AES
	AES192
	AES256
	AES192C
	AES256C
)

// PrivProtocols are all that encrypt.
var PrivProtocols = []PrivProtocol{DES, TripleDES, AES, AES192, AES256, AES192C, AES256C}

// An extension is a way to lengthen a localised key.
type extension uint8

const (
	noExtension extension = iota
	blumenthal
	reeder
)

// privs has a row for each protocol. The last eight bytes of the keys of DES and 3DES are no key but the pre-IV.
var privs = [...]struct {
	name   string
	key    int // bytes
	extend extension
	id     oid.OID
}{
	NoPriv:    {"none", 0, noExtension, oid.OID{1, 3, 6, 1, 6, 3, 10, 1, 2, 1}},
	DES:       {"DES", 16, noExtension, oid.OID{1, 3, 6, 1, 6, 3, 10, 1, 2, 2}},
	TripleDES: {"3DES", 32, reeder, oid.OID{1, 3, 6, 1, 6, 3, 10, 1, 2, 3}},
	AES:       {"AES", 16, noExtension, oid.OID{1, 3, 6, 1, 6, 3, 10, 1, 2, 4}},
	AES192:    {"AES192", 24, blumenthal, oid.OID{1, 3, 6, 1, 4, 1, 14832, 1, 3}},
	AES256:    {"AES256", 32, blumenthal, oid.OID{1, 3, 6, 1, 4, 1, 14832, 1, 4}},
	AES192C:   {"AES192C", 24, reeder, oid.OID{1, 3, 6, 1, 4, 1, 9, 12, 6, 1, 1}},
	AES256C:   {"AES256C", 32, reeder, oid.OID{1, 3, 6, 1, 4, 1, 9, 12, 6, 1, 2}},
}

// String is the name that scripts use: DES, 3DES, AES, AES192 …, or none.
func (p PrivProtocol) String() string { return privs[p].name }

// Title is the name with the way in which short keys are lengthened: Reeder's AES-256.
func (p PrivProtocol) Title() string {
	switch name := p.String(); privs[p].extend {
	case blumenthal:
		return "Blumenthal's AES-" + name[3:]
	case reeder:
		if p != TripleDES {
			return "Reeder's AES-" + name[3:len(name)-1]
		}
	}
	return p.String()
}

// KeySize is the number of bytes of a key, with the pre-IV of DES and 3DES.
func (p PrivProtocol) KeySize() int { return privs[p].key }

// OID is the protocol's name in usmUserPrivProtocol.
func (p PrivProtocol) OID() oid.OID { return privs[p].id }

// Block is the number of bytes that are encrypted at once; AES takes any number.
func (p PrivProtocol) Block() int {
	if p == DES || p == TripleDES {
		return 8
	}
	return 1
}

// otherNames are spellings that plain doesn't cover.
var otherNames = map[string]PrivProtocol{
	"AES128": AES, "DES3": TripleDES, "TDES": TripleDES, "3DESEDE": TripleDES, "DES56": DES,
	"AES192BLUMENTHAL": AES192, "AES256BLUMENTHAL": AES256, "AES192REEDER": AES192C, "AES256REEDER": AES256C,
}

// ParsePriv reads a protocol's name in the ways in which people write it: AES, AES128, aes-256, AES256C, AES-256-C, 3DES.
func ParsePriv(s string) (PrivProtocol, bool) {
	name := strings.TrimPrefix(plain(s), "CFB")
	if p, ok := otherNames[name]; ok {
		return p, true
	}
	for p := range privs {
		if plain(privs[p].name) == name {
			return PrivProtocol(p), true
		}
	}
	return NoPriv, false
}

// Sibling is the protocol that differs in nothing but how a short key is lengthened.
func (p PrivProtocol) Sibling() (PrivProtocol, bool) {
	s, ok := map[PrivProtocol]PrivProtocol{AES192: AES192C, AES256: AES256C, AES192C: AES192, AES256C: AES256}[p]
	return s, ok
}

// Lengthens says whether keys made by a are too short for p, so that the way of lengthening matters.
func (p PrivProtocol) Lengthens(a AuthProtocol) bool { return a.KeySize() < p.KeySize() }
