package dhcp6

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"moonwire/host/packet"
)

// A Row says what is known of an option.
type Row struct {
	Code    uint16
	Name    string   // its RFC's words, in snake case
	Aliases []string // what IANA, Scapy, Kea and dhclient call it, where that is another word
	Many    bool     // may stand more than once beside others of its code
	Fields  []Field  // of its data
	Source  string
}

// IANA is the option's name in IANA's list, as "IA_NA", where that is an alias; else the name in capitals.
func (r *Row) IANA() string {
	for _, a := range r.Aliases {
		if a == strings.ToUpper(a) {
			return a
		}
	}
	return strings.ToUpper(r.Name)
}

// A Field is one field of an option's data.
type Field struct {
	Name  string // its RFC's words, in snake case
	Scapy string // its name there
	Kind  Kind
}

// Nested is options to the end.
type Nested struct{}

func (Nested) Read(b []byte) (packet.Value, int, error) {
	list, rest := (&reader{}).options(b, 0, deepest-1)
	if len(rest) > 0 {
		return nil, 0, errShort
	}
	return list.Value(), len(b), nil
}

func (Nested) Append(dst []byte, v packet.Value) ([]byte, error) {
	list, err := OptionsOf(v)
	if err != nil {
		return dst, err
	}
	return list.append(dst)
}

func (Nested) Type() string { return "table" }

// Rows are all options in the order of their codes.
var Rows = sync.OnceValue(func() []Row {
	all := slices.Concat(rowsOfBase, rowsOfServices, rowsOfRelays, rowsOfTransition, rowsOfMobility, rowsOfFailover)
	slices.SortFunc(all, func(a, b Row) int { return int(a.Code) - int(b.Code) })
	return all
})

var byCode = sync.OnceValue(func() map[uint16]*Row {
	rows, codes := Rows(), map[uint16]*Row{}
	for i := range rows {
		codes[rows[i].Code] = &rows[i]
	}
	return codes
})

var byName = sync.OnceValue(func() map[string]*Row {
	rows, names := Rows(), map[string]*Row{}
	for i := range rows {
		for _, name := range append(rows[i].Aliases, rows[i].Name) {
			names[bareOption(name)] = &rows[i]
		}
	}
	return names
})

// RowOf is the row of a code; nil when nothing is known of it.
func RowOf(code uint16) *Row { return byCode()[code] }

// NameOf is the name of a code, option_4711 when it has none.
func NameOf(code uint16) string {
	if r := RowOf(code); r != nil {
		return r.Name
	}
	return "option_" + strconv.Itoa(int(code))
}

// CodeOf is the code of that name, or of that number. Case and what stands between words don't matter.
func CodeOf(v packet.Value) (uint16, error) {
	if n, ok := wholeNumber(v); ok && n <= 0xffff {
		return uint16(n), nil
	}
	s, ok := v.(string)
	if !ok {
		return 0, expected("code or name of an option", v)
	}
	if r := byName()[bareOption(s)]; r != nil {
		return r.Code, nil
	}
	if n, err := strconv.ParseUint(bareOption(s), 10, 16); err == nil {
		return uint16(n), nil
	}
	return 0, &packet.UnknownName{What: "option", Name: s, Known: OptionNames()}
}

// OptionNames are the names of all options.
func OptionNames() []string {
	names := []string{}
	for _, r := range Rows() {
		names = append(names, r.Name)
	}
	return names
}

// bareOption is a name's letters and digits, without what some put before it.
func bareOption(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "dhcp6."), "dhcpv6.")
	return strings.TrimPrefix(strings.TrimPrefix(bare(s), "dhcp6opt"), "option")
}

// before is the length of the fields that stand before the options inside; -1 when they are cut. holds is false for an
// option that holds no others.
func (r *Row) before(data []byte) (n int, holds bool) {
	last := len(r.Fields) - 1
	if last < 0 || r.Fields[last].Kind != Kind(Nested{}) {
		return 0, false
	}
	for _, f := range r.Fields[:last] {
		_, size, err := f.Kind.Read(data[n:])
		if err != nil {
			return -1, true
		}
		n += size
	}
	return n, true
}

// Code is the code of an option, by name where it has one.
type Code struct{}

func (Code) Read(b []byte) (packet.Value, int, error) {
	n, err := readUint(b, 2)
	if r := RowOf(uint16(n)); r != nil {
		return r.Name, 2, err
	}
	return n, 2, err
}

func (Code) Append(dst []byte, v packet.Value) ([]byte, error) {
	code, err := CodeOf(v)
	return appendUint(dst, uint64(code), 2), err
}

func (Code) Type() string { return "string|integer" }
