package layers

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"moonwire/host/packet"
)

// A part is one field of a record inside of a list: DNS records, options of DHCPv6.
type part struct {
	name  string
	fresh packet.Value // where a script gives none
	// get reads the field; next is where the next one begins.
	get func(in cut) (v packet.Value, next int, err error)
	put func(dst []byte, v packet.Value) ([]byte, error)
}

// A cut is where a part is read: from offset at of a message up to end, so many lists deep.
type cut struct {
	msg            []byte
	at, end, depth int
}

// rest is the bytes up to the end.
func (in cut) rest() []byte { return in.msg[in.at:in.end] }

var errCut = errors.New("a record's data is cut short")

// uintPart is a number of so many bytes.
func uintPart(name string, size int, fresh uint64, names *packet.Enum) part {
	return part{name, fresh,
		func(in cut) (packet.Value, int, error) {
			if in.at+size > in.end {
				return nil, 0, errCut
			}
			return bigEndian(in.msg[in.at : in.at+size]), in.at + size, nil
		},
		func(dst []byte, v packet.Value) ([]byte, error) { return appendNumber(dst, v, size, names) },
	}
}

// bigEndian is the number that the bytes are.
func bigEndian(b []byte) (n uint64) {
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// appendNumber writes a number, or a name of one, in so many bytes.
func appendNumber(dst []byte, v packet.Value, size int, names *packet.Enum) ([]byte, error) {
	n, ok := packet.Hex.Number(v, 8*size)
	if !ok && names != nil {
		n, ok = names.Number(v, 8*size)
	}
	if !ok || n>>(8*size) != 0 {
		return dst, fmt.Errorf("number of 0 to %d", uint64(1)<<(8*size)-1)
	}
	for i := size - 1; i >= 0; i-- {
		dst = append(dst, byte(n>>(8*i)))
	}
	return dst, nil
}

// kindPart is a value of one of package packet's kinds that takes a fixed number of bytes.
func kindPart(name string, size int, kind packet.Kind, fresh packet.Value) part {
	return part{name, fresh,
		func(in cut) (packet.Value, int, error) {
			if in.at+size > in.end {
				return nil, 0, errCut
			}
			return kind.Get(in.msg, in.msg[in.at:in.at+size]), in.at + size, nil
		},
		kind.Put,
	}
}

// namePart is a domain name, which may be compressed.
func namePart(name string) part {
	return part{name, ".",
		func(in cut) (packet.Value, int, error) {
			s, next, err := dnsName(in.msg, in.at)
			if err == nil && next > in.end {
				err = errCut
			}
			return s, next, err
		},
		putName,
	}
}

func putName(dst []byte, v packet.Value) ([]byte, error) {
	s, ok := v.(string)
	if !ok {
		return dst, errors.New("domain name")
	}
	return appendName(dst, s)
}

// restPart is all bytes to the end.
func restPart(name string) part {
	return part{name, "",
		func(in cut) (packet.Value, int, error) { return string(in.rest()), in.end, nil },
		packet.Bytes.Put,
	}
}

// stringPart is bytes behind their number in one byte, longStringPart in two.
func stringPart(name string) part     { return countedPart(name, 1) }
func longStringPart(name string) part { return countedPart(name, 2) }

func countedPart(name string, size int) part {
	return part{name, "",
		func(in cut) (packet.Value, int, error) { return counted(in, size) },
		func(dst []byte, v packet.Value) ([]byte, error) { return appendCounted(dst, v, size) },
	}
}

// counted reads bytes behind their number.
func counted(in cut, size int) (packet.Value, int, error) {
	if in.at+size > in.end {
		return nil, 0, errCut
	}
	from := in.at + size
	to := from + int(bigEndian(in.msg[in.at:from]))
	if to > in.end {
		return nil, 0, errCut
	}
	return string(in.msg[from:to]), to, nil
}

func appendCounted(dst []byte, v packet.Value, size int) ([]byte, error) {
	s, ok := v.(string)
	if !ok || len(s)>>(8*size) != 0 {
		return dst, fmt.Errorf("string of at most %d bytes", 1<<(8*size)-1)
	}
	dst, err := appendNumber(dst, uint64(len(s)), size, nil)
	return append(dst, s...), err
}

// textsPart is strings, each behind its length, to the end. One string alone may be written without a list.
func textsPart(name string) part { return listPart(stringPart(name)) }

// listPart is values of one kind, to the end. One alone may be written without a list.
func listPart(one part) part {
	return part{one.name, []packet.Value{},
		func(in cut) (packet.Value, int, error) {
			list := []packet.Value{}
			for in.at < in.end {
				v, next, err := one.get(in)
				if err != nil {
					return nil, 0, err
				}
				list, in.at = append(list, v), next
			}
			return list, in.at, nil
		},
		func(dst []byte, v packet.Value) (_ []byte, err error) {
			list, ok := v.([]packet.Value)
			if !ok {
				list = []packet.Value{v}
			}
			for _, e := range list {
				if dst, err = one.put(dst, e); err != nil {
					return dst, fmt.Errorf("list of one %w each", err)
				}
			}
			return dst, nil
		},
	}
}

// readParts reads fields one after the other, all of in.
func readParts(rec packet.Record, in cut, parts []part) (packet.Record, error) {
	for _, p := range parts {
		v, next, err := p.get(in)
		if err != nil {
			return nil, err
		}
		if in.at = next; v != nil {
			rec = append(rec, packet.Entry{Name: p.name, Value: v})
		}
	}
	if in.at != in.end {
		return nil, errors.New("bytes behind a record's data")
	}
	return rec, nil
}

// writeParts writes fields one after the other.
func writeParts(dst []byte, rec packet.Record, parts []part) (_ []byte, err error) {
	for _, p := range parts {
		v := rec.Get(p.name)
		if v == nil {
			v = p.fresh
		}
		if dst, err = p.put(dst, v); err != nil {
			return dst, fmt.Errorf("list of records with a %s that is a %w", p.name, err)
		}
	}
	return dst, nil
}

// onlyParts holds that a record has no other entries than there are fields.
func onlyParts(rec packet.Record, parts ...part) error {
	for _, e := range rec {
		if !slices.ContainsFunc(parts, func(p part) bool { return p.name == e.Name }) {
			names := make([]string, len(parts))
			for i, p := range parts {
				names[i] = p.name
			}
			return fmt.Errorf("list of records of %s (this one has '%s')", strings.Join(names, ", "), e.Name)
		}
	}
	return nil
}
