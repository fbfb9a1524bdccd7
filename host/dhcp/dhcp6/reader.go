package dhcp6

import (
	"encoding/binary"
	"fmt"
)

// deepest is how deep options may lie in options to be read as such. RFC 8415 needs three levels.
const deepest = 8

// A reader reads options and notes what it can't read.
type reader struct{ problems []Problem }

func (r *reader) problem(at int, format string, args ...any) {
	r.problems = append(r.problems, Problem{at, fmt.Sprintf(format, args...)})
}

// options reads the options in b, which begins at offset at of the message, and what is left that is none.
func (r *reader) options(b []byte, at, depth int) (list Options, rest []byte) {
	for len(b) > 0 {
		if len(b) < optionHeader {
			r.problem(at, "%d bytes are no option", len(b))
			return list, b
		}
		code, n := binary.BigEndian.Uint16(b), int(binary.BigEndian.Uint16(b[2:]))
		if n > len(b)-optionHeader {
			r.problem(at, "%s is cut: %d bytes announced, %d left", NameOf(code), n, len(b)-optionHeader)
			return list, b
		}
		list = append(list, r.option(code, b[optionHeader:optionHeader+n:optionHeader+n], at+optionHeader, depth))
		b, at = b[optionHeader+n:], at+optionHeader+n
	}
	return list, nil
}

// option reads one option's data, and the options inside when it is of those that hold some.
func (r *reader) option(code uint16, data []byte, at, depth int) Option {
	o := Option{Code: code, Data: data}
	row := RowOf(code)
	if row == nil {
		return o
	}
	before, holds := row.before(data)
	switch {
	case !holds:
	case before < 0:
		r.problem(at, "%s is too short: %d bytes", row.Name, len(data))
	case depth == deepest:
		r.problem(at, "%s lies too deep in others", row.Name)
	default:
		o.Data = data[:before:before]
		o.Options, o.Rest = r.options(data[before:], at+before, depth+1)
	}
	return o
}
