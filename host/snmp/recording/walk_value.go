package recording

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// readers read values by the word that net-snmp prints before them, in lower case.
var readers map[string]func(*walk, oid.OID, string) (message.Value, error)

func init() { // they lead to each other
	numbers := func(t message.Type) func(*walk, oid.OID, string) (message.Value, error) {
		return func(w *walk, name oid.OID, s string) (message.Value, error) { return w.number(t, name, s) }
	}
	readers = map[string]func(*walk, oid.OID, string) (message.Value, error){
		"integer": numbers(message.TypeInteger), "counter32": numbers(message.TypeCounter32), "gauge32": numbers(message.TypeGauge32),
		"unsigned32": numbers(message.TypeGauge32), "counter64": numbers(message.TypeCounter64), "timeticks": numbers(message.TypeTimeTicks),
		"string": (*walk).string, "hex-string": (*walk).hex, "bits": (*walk).bits, "oid": (*walk).oid, "ipaddress": (*walk).address,
		"network address": (*walk).networkAddress, "opaque": (*walk).opaque,
	}
}

var (
	parenthesis = regexp.MustCompile(`\((-?[0-9]+)\)`)
	withUnits   = regexp.MustCompile(`^(-?[0-9]+)( .*)?$`)
)

// number reads up(1), (82795) 0:13:47.95, 60 seconds and 60.
func (w *walk) number(t message.Type, name oid.OID, s string) (message.Value, error) {
	if m := withUnits.FindStringSubmatch(s); m != nil {
		return number(t, m[1])
	}
	if m := parenthesis.FindStringSubmatch(s); m != nil {
		return number(t, m[1])
	}
	if w.names != nil {
		n, err := w.names.Number(name, s)
		return message.Number(t, uint64(n)), err
	}
	return message.Value{}, wrongNumber(strconv.ErrSyntax, t, s)
}

// string reads a string in quotes, or one as a display hint has it.
func (w *walk) string(name oid.OID, s string) (message.Value, error) {
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		return message.Text(unquoted.Replace(s[1 : len(s)-1])), nil
	}
	if w.names != nil {
		if b, err := w.names.Octets(name, s); err == nil {
			return message.String(b), nil
		}
	}
	if b, ok := colons(s); ok && w.names == nil {
		return message.String(b), nil
	}
	return message.Text(s), nil
}

var unquoted = strings.NewReplacer(`\"`, `"`, `\\`, `\`)

// colons reads an address of hardware: 0:12:79:62:f9:40.
func colons(s string) (b []byte, ok bool) {
	for part := range strings.SplitSeq(s, ":") {
		n, err := strconv.ParseUint(part, 16, 8)
		if err != nil || len(part) > 2 {
			return nil, false
		}
		b = append(b, byte(n))
	}
	return b, len(b) > 2
}

// hex reads octets of two digits. Behind those of a line, in brackets, there may be what is printable (snmpwalk -OT).
func (w *walk) hex(_ oid.OID, s string) (message.Value, error) {
	var words []string
	for line := range strings.Lines(s) {
		digits, _, _ := strings.Cut(line, "[")
		words = append(words, strings.Fields(digits)...)
	}
	b, err := hexWords(words)
	return message.String(b), err
}

func hexWords(words []string) ([]byte, error) {
	b, err := hex.DecodeString(strings.Join(words, ""))
	for i := 0; err == nil && i < len(words); i++ {
		if len(words[i]) != 2 {
			err = fmt.Errorf("%.60q has %d digits", words[i], len(words[i]))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("octets of two hexadecimal digits expected: %w", err)
	}
	return b, nil
}

// bits reads octets and behind them the bits that are set, by number or name: 80 0, C0 0 1.
func (w *walk) bits(_ oid.OID, s string) (message.Value, error) {
	words := strings.Fields(s)
	for n := 1; n <= len(words); n++ {
		b, err := hexWords(words[:n])
		if err != nil {
			break
		}
		if set(b, words[n:]) {
			return message.String(b), nil
		}
	}
	b, err := hexWords(words)
	return message.String(b), err
}

// set says whether words name the bits that are set.
func set(b []byte, words []string) bool {
	for i, c := range b {
		for at := range 8 {
			if c&(0x80>>at) == 0 {
				continue
			}
			number := strconv.Itoa(8*i + at)
			if len(words) == 0 || words[0] != number && !strings.HasSuffix(words[0], "("+number+")") {
				return false
			}
			words = words[1:]
		}
	}
	return len(words) == 0
}

func (w *walk) oid(_ oid.OID, s string) (message.Value, error) {
	o, err := w.resolve(s)
	return message.OIDValue(o), err
}

func (w *walk) address(_ oid.OID, s string) (message.Value, error) {
	return plain(message.TypeIPAddress, s)
}

// networkAddress reads C0:A8:01:01.
func (w *walk) networkAddress(_ oid.OID, s string) (message.Value, error) {
	b, ok := colons(s)
	if a, is4 := netip.AddrFromSlice(b); ok && is4 && a.Is4() {
		return message.IPAddress(a), nil
	}
	return message.Value{}, fmt.Errorf("%.60q is no address", s)
}

// opaque reads net-snmp's own types, and octets.
func (w *walk) opaque(_ oid.OID, s string) (message.Value, error) {
	kind, rest, _ := strings.Cut(s, ": ")
	f, bad := strconv.ParseFloat(rest, 64)
	switch n, err := strconv.ParseUint(rest, 10, 64); {
	case kind == "Float" && bad == nil:
		return message.Float(float32(f)), nil
	case kind == "Double" && bad == nil:
		return message.Double(f), nil
	case kind == "Counter64" && err == nil:
		return message.Number(message.TypeOpaqueCounter64, n), nil
	case kind == "UInt64" && err == nil:
		return message.Number(message.TypeOpaqueUnsigned64, n), nil
	}
	if n, err := strconv.ParseInt(rest, 10, 64); kind == "Int64" && err == nil {
		return message.Number(message.TypeOpaqueInteger64, uint64(n)), nil
	}
	b, err := hexWords(strings.Fields(s))
	return message.Contents(byte(message.TypeOpaque), b), err
}
