package layers

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"moonwire/host/dhcp/option"
	"moonwire/host/packet"
)

// dhcpCookie stands before the options (RFC 2131 section 3).
const dhcpCookie = "\x63\x82\x53\x63"

// dhcpList is the options behind the cookie, in order, as {"router", "10.0.0.1"} and {"end"}; of codes without a name as
// {224, "bytes"}. What isn't an option, and what follows the end, is a string of bytes. A message without the cookie has
// one string instead of a list.
type dhcpList struct{}

// Type is a list of tables.
func (dhcpList) Type() string { return "table[]" }

// Text is the list in Lua's notation.
func (dhcpList) Text(v packet.Value) string { return packet.TextOf(v) }

// Get reads the options.
func (dhcpList) Get(_, b []byte) packet.Value {
	if !strings.HasPrefix(string(b), dhcpCookie) {
		return string(b)
	}
	list := []packet.Value{}
	for b = b[len(dhcpCookie):]; len(b) > 0; {
		n := dhcpOptionLen(b)
		list = append(list, dhcpEntry(b[:n]))
		end := b[0] == 255
		if b = b[n:]; end && len(b) > 0 {
			return append(list, string(b))
		}
	}
	return list
}

// dhcpOptionLen is the length of the option at the start of b; all of b when it is cut short.
func dhcpOptionLen(b []byte) int {
	switch {
	case b[0] == 0 || b[0] == 255:
		return 1
	case len(b) < 2 || len(b) < 2+int(b[1]):
		return len(b)
	}
	return 2 + int(b[1])
}

// dhcpEntry reads one option; what isn't what its code says is the string of its bytes.
func dhcpEntry(b []byte) packet.Value {
	if b[0] == option.Pad || b[0] == option.End {
		return []packet.Value{option.ByCode(b[0]).Scapy}
	}
	if len(b) < 2 || len(b) != 2+int(b[1]) {
		return string(b)
	}
	o := dhcpOptionOf(uint64(b[0]))
	if o == nil {
		return []packet.Value{uint64(b[0]), string(b[2:])}
	}
	values, ok := dhcpValueOf(o).get(b[2:])
	if !ok {
		return string(b)
	}
	entry := append([]packet.Value{o.Scapy}, values...)
	if again, err := putDHCPEntry(nil, entry); err != nil || !bytes.Equal(again, b) && o.Code != option.DomainSearch {
		return string(b)
	}
	return entry
}

// Put writes the cookie and the options.
func (dhcpList) Put(dst []byte, v packet.Value) (_ []byte, err error) {
	if s, ok := v.(string); ok {
		return append(dst, s...), nil
	}
	list, ok := v.([]packet.Value)
	if !ok {
		return dst, errors.New(`list of options, as {"router", "10.0.0.1"}`)
	}
	dst = append(dst, dhcpCookie...)
	for _, e := range list {
		if dst, err = putDHCPEntry(dst, e); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// putDHCPEntry writes one option. "end" and "pad" need no list around them; other strings stand as they are. A value that is
// too long for one option goes on in the next of the same code (RFC 3396).
func putDHCPEntry(dst []byte, e packet.Value) ([]byte, error) {
	if s, ok := e.(string); ok {
		if s != "end" && s != "pad" {
			return append(dst, s...), nil
		}
		e = []packet.Value{s}
	}
	entry, _ := e.([]packet.Value)
	if len(entry) == 0 {
		return dst, errors.New(`list of options, as {"router", "10.0.0.1"}`)
	}
	code, value, err := dhcpCode(entry[0])
	if err != nil {
		return dst, err
	}
	b, err := value.put(nil, dhcpFlat(code, entry[1:]))
	if err != nil {
		return dst, fmt.Errorf("list of options whose %v is a %w", entry[0], err)
	}
	if code == option.Pad || code == option.End {
		return append(dst, code), nil
	}
	for more := true; more; more = len(b) > 0 {
		n := min(len(b), 255)
		dst = append(append(dst, code, byte(n)), b[:n]...)
		b = b[n:]
	}
	return dst, nil
}

// dhcpFlat is the values of an entry one by one, where they are given as one list: {"router", {"10.0.0.1", "10.0.0.2"}}.
// Codes of options may be names.
func dhcpFlat(code uint8, values []packet.Value) []packet.Value {
	if list, ok := append(values, nil)[0].([]packet.Value); ok && len(values) == 1 && code != option.RelayAgentInformation {
		values = list
	}
	if code != option.ParameterRequestList {
		return values
	}
	values = slices.Clone(values)
	for i, v := range values {
		if o := dhcpOptionOf(v); o != nil {
			values[i] = uint64(o.Code)
		}
	}
	return values
}

// dhcpCode finds the option that an entry names.
func dhcpCode(v packet.Value) (uint8, dhcpValue, error) {
	if o := dhcpOptionOf(v); o != nil {
		return o.Code, dhcpValueOf(o), nil
	}
	if n, ok := packet.Hex.Number(v, 8); ok && n < 256 {
		return uint8(n), dhcpText, nil
	}
	return 0, dhcpNothing, fmt.Errorf("list of options with codes or names that exist (%s does not)", packet.TextOf(v))
}

// dhcpOptionOf finds an option by its code, by Scapy's name, or by one of its others; nil when there is none that Scapy has a
// name for.
func dhcpOptionOf(v packet.Value) *option.Definition {
	if s, ok := v.(string); ok {
		if o := option.ByScapy(s); o != nil {
			return o
		}
		return named4(option.ByName(s))
	}
	if n, ok := packet.Hex.Number(v, 8); ok && n < 256 {
		return named4(option.ByCode(uint8(n)))
	}
	return nil
}

// named4 is an option that Scapy has a name for.
func named4(o *option.Definition) *option.Definition {
	if o == nil || o.Scapy == "" {
		return nil
	}
	return o
}
