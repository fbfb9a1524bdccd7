package usm

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// An EngineID names an engine (SnmpEngineID of RFC 3411 section 5).
type EngineID []byte

// Formats of an engine id's second part.
const (
	formatIPv4   = 1
	formatIPv6   = 2
	formatMAC    = 3
	formatText   = 4
	formatOctets = 5
	formatOwn    = 128 // the enterprise's own, from here on
)

// netSNMP is net-snmp's enterprise number; its engines choose an id by chance and by the time when they first ran.
const netSNMP = 8072

// A Description is what an engine id says.
type Description struct {
	Enterprise uint32 // number below 1.3.6.1.4.1
	Name       string // of the enterprise, "" when it isn't known here
	Format     string // ipv4, ipv6, mac, text, octets, net-snmp, enterprise, reserved or malformed
	Value      string // by the format
}

// String is the enterprise, the format and the value: Cisco, mac 00:ca:fe:00:00:01.
func (d Description) String() string {
	name := d.Name
	if name == "" {
		name = fmt.Sprintf("enterprise %d", d.Enterprise)
	}
	return name + ", " + d.Format + " " + d.Value
}

// String is the id in hexadecimal digits.
func (e EngineID) String() string { return hex.EncodeToString(e) }

// Check says what RFC 3411 forbids in an engine id.
func (e EngineID) Check() error {
	if len(e) < 5 || len(e) > 32 {
		return fmt.Errorf("engine id has %d bytes (RFC 3411 section 5 allows 5 to 32)", len(e))
	}
	for _, same := range []byte{0x00, 0xff} {
		if only(e, same) {
			return fmt.Errorf("engine id is all %02x, which RFC 3411 section 5 forbids", same)
		}
	}
	return nil
}

func only(b []byte, c byte) bool {
	for _, x := range b {
		if x != c {
			return false
		}
	}
	return true
}

// Describe reads what the id says of its engine.
func (e EngineID) Describe() Description {
	if e.Check() != nil {
		return Description{Format: "malformed", Value: e.String()}
	}
	number := binary.BigEndian.Uint32(e)
	d := Description{Enterprise: number &^ (1 << 31)}
	d.Name = enterprises[d.Enterprise]
	if number>>31 == 0 { // the older form: twelve bytes, eight of them the enterprise's own
		d.Format, d.Value = "enterprise", hex.EncodeToString(e[4:])
		return d
	}
	d.Format, d.Value = d.read(e[4], e[5:])
	return d
}

// read reads the part behind the format byte.
func (d Description) read(format byte, b []byte) (name, value string) {
	digits := hex.EncodeToString(b)
	switch {
	case format == formatIPv4 && len(b) == 4, format == formatIPv6 && len(b) == 16:
		a, _ := netip.AddrFromSlice(b)
		return map[byte]string{formatIPv4: "ipv4", formatIPv6: "ipv6"}[format], a.String()
	case format == formatMAC && len(b) == 6:
		return "mac", net.HardwareAddr(b).String()
	case format == formatText && printable(b):
		return "text", string(b)
	case format == formatOctets:
		return "octets", digits
	case format == formatOwn && d.Enterprise == netSNMP && len(b) >= 8:
		return "net-snmp", fmt.Sprintf("%s, made %s", digits[:8], made(b[4:]))
	case format >= formatOwn:
		return "enterprise", strconv.Itoa(int(format)) + " " + digits
	case format > formatOctets || format == 0:
		return "reserved", strconv.Itoa(int(format)) + " " + digits
	}
	return "malformed", digits // a known format with a length or text that it doesn't have
}

// made is when net-snmp chose an id: seconds since 1970, as its machine orders bytes; little-endian is by far the commonest.
func made(b []byte) string {
	return time.Unix(int64(binary.LittleEndian.Uint32(b)), 0).UTC().Format(time.RFC3339)
}

func printable(b []byte) bool {
	if len(b) == 0 || !utf8.Valid(b) {
		return false
	}
	for _, r := range string(b) {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// ownEnterprise is the number that RFC 5612 keeps for examples: this project has none of its own.
const ownEnterprise = 32473

// NewEngineID is an engine id that says text, cut to what fits.
func NewEngineID(text string) EngineID {
	e := binary.BigEndian.AppendUint32(nil, ownEnterprise|1<<31)
	return append(append(e, formatText), text[:min(len(text), 27)]...)
}

// ParseEngineID reads an id in hexadecimal digits, with 0x before and colons or spaces between if it has them.
func ParseEngineID(s string) (EngineID, error) {
	digits := make([]byte, 0, len(s))
	if len(s) > 1 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') {
		s = s[2:]
	}
	for i := range len(s) {
		if s[i] != ':' && s[i] != ' ' {
			digits = append(digits, s[i])
		}
	}
	e, err := hex.DecodeString(string(digits))
	if err != nil {
		return nil, fmt.Errorf("engine id %q: hexadecimal digits expected, as 0x80001f8804", s)
	}
	return e, EngineID(e).Check()
}
