package layers

import (
	"errors"
	"fmt"

	"moonwire/host/packet"
)

// A dnsPart is one field in a record's data.
type dnsPart struct {
	name  string
	fresh packet.Value // where a script gives none
	// get reads the field at offset at of the message; end is where the data ends, next where the next field begins.
	get func(msg []byte, at, end int) (v packet.Value, next int, err error)
	put func(dst []byte, v packet.Value) ([]byte, error)
}

var errRdata = errors.New("a record's data is cut short")

// uintPart is a number of so many bytes.
func uintPart(name string, size int, fresh uint64, names *packet.Enum) dnsPart {
	return dnsPart{name, fresh,
		func(msg []byte, at, end int) (packet.Value, int, error) {
			if at+size > end {
				return nil, 0, errRdata
			}
			return bigEndian(msg[at : at+size]), at + size, nil
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
func kindPart(name string, size int, kind packet.Kind, fresh packet.Value) dnsPart {
	return dnsPart{name, fresh,
		func(msg []byte, at, end int) (packet.Value, int, error) {
			if at+size > end {
				return nil, 0, errRdata
			}
			return kind.Get(msg, msg[at:at+size]), at + size, nil
		},
		kind.Put,
	}
}

// namePart is a domain name, which may be compressed.
func namePart(name string) dnsPart {
	return dnsPart{name, ".",
		func(msg []byte, at, end int) (packet.Value, int, error) {
			s, next, err := dnsName(msg, at)
			if err == nil && next > end {
				err = errRdata
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
func restPart(name string) dnsPart {
	return dnsPart{name, "",
		func(msg []byte, at, end int) (packet.Value, int, error) { return string(msg[at:end]), end, nil },
		packet.Bytes.Put,
	}
}

// stringPart is bytes behind their number in one byte, longStringPart in two.
func stringPart(name string) dnsPart     { return countedPart(name, 1) }
func longStringPart(name string) dnsPart { return countedPart(name, 2) }

func countedPart(name string, size int) dnsPart {
	return dnsPart{name, "",
		func(msg []byte, at, end int) (packet.Value, int, error) { return counted(msg, at, end, size) },
		func(dst []byte, v packet.Value) ([]byte, error) { return appendCounted(dst, v, size) },
	}
}

func counted(msg []byte, at, end, size int) (packet.Value, int, error) {
	if at+size > end {
		return nil, 0, errRdata
	}
	n := int(bigEndian(msg[at : at+size]))
	at += size
	if at+n > end {
		return nil, 0, errRdata
	}
	return string(msg[at : at+n]), at + n, nil
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
func textsPart(name string) dnsPart {
	return dnsPart{name, []packet.Value{},
		func(msg []byte, at, end int) (packet.Value, int, error) {
			list := []packet.Value{}
			for at < end {
				s, next, err := counted(msg, at, end, 1)
				if err != nil {
					return nil, 0, err
				}
				list, at = append(list, s), next
			}
			return list, at, nil
		},
		func(dst []byte, v packet.Value) (_ []byte, err error) {
			list, ok := v.([]packet.Value)
			if !ok {
				list = []packet.Value{v}
			}
			for _, e := range list {
				if dst, err = appendCounted(dst, e, 1); err != nil {
					return dst, errors.New("list of strings of at most 255 bytes")
				}
			}
			return dst, nil
		},
	}
}
