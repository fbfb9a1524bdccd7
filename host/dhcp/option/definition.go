package option

import (
	"slices"
	"strings"
	"sync"

	"moonwire/host/decl/nearest"
)

// A Definition is what is known of an option.
type Definition struct {
	Code    uint8
	Name    string   // RFC 2132's words, in snake case
	Scapy   string   // Scapy's name; "" where it has none
	Aliases []string // what else IANA, tshark and ISC's dhcpd call it
	Kind    Kind
	Source  string // the RFC and its section; "" for those that no RFC defines
}

// A row is a definition in the tables; its aliases have blanks between them.
type row struct {
	code                 uint8
	name, scapy, aliases string
	kind                 Kind
	source               string
}

// definitions is the table of options, in the order of their codes.
var definitions = func() (all []Definition) {
	for _, r := range slices.Concat(basic, further) {
		all = append(all, Definition{r.code, r.name, r.scapy, strings.Fields(r.aliases), r.kind, r.source})
	}
	return all
}()

// byCode is the table by code.
var byCode = sync.OnceValue(func() *[256]*Definition {
	table := new([256]*Definition)
	for i := range definitions {
		table[definitions[i].Code] = &definitions[i]
	}
	return table
})

// byName is the table by plain names, and by the RFC's as they are.
var byName = sync.OnceValue(func() map[string]*Definition {
	names := make(map[string]*Definition, 4*len(definitions))
	for i := range definitions {
		d := &definitions[i]
		names[d.Name], names[Plain(d.Name)] = d, d
		for _, a := range d.Aliases {
			names[Plain(a)] = d
		}
	}
	for name, d := range byScapy() {
		if names[name] == nil {
			names[name] = d
		}
	}
	return names
})

// byScapy is the table by Scapy's plain names. Some of them mean other options than RFC 2132 does.
var byScapy = sync.OnceValue(func() map[string]*Definition {
	names := map[string]*Definition{}
	for i := range definitions {
		if d := &definitions[i]; d.Scapy != "" {
			names[Plain(d.Scapy)] = d
		}
	}
	return names
})

// ByScapy finds an option by Scapy's name; nil when Scapy has none of that name.
func ByScapy(name string) *Definition { return byScapy()[Plain(name)] }

// All are all options that are known, by code.
func All() []Definition { return definitions }

// ByCode finds an option; nil when it is unknown.
func ByCode(code uint8) *Definition { return byCode()[code] }

// ByName finds an option by any of its names; nil when there is none. Case, - and _ don't matter, and the word option at
// either end doesn't, nor tshark's dhcp.option before it.
func ByName(name string) *Definition {
	if d := byName()[name]; d != nil {
		return d
	}
	plain := Plain(name)
	if d := byName()[plain]; d != nil {
		return d
	}
	for _, word := range []string{"dhcp", "option", "dhcp"} {
		plain = strings.TrimPrefix(plain, word)
		for _, name := range []string{plain, strings.TrimSuffix(plain, "option")} {
			if d := byName()[name]; d != nil {
				return d
			}
		}
	}
	return nil
}

// Names are the names of all options.
func Names() []string {
	names := make([]string, len(definitions))
	for i := range definitions {
		names[i] = definitions[i].Name
	}
	return names
}

// Nearest is the name that a misspelt one may have meant; "" when there is none.
func Nearest(name string) string {
	all := Names()
	for i := range definitions {
		all = append(all, definitions[i].Aliases...)
	}
	if near := nearest.Word(name, all); near != "" {
		return ByName(near).Name
	}
	return ""
}

// NameOf is the name of an option; "option 224" for one that has none.
func NameOf(code uint8) string {
	if d := ByCode(code); d != nil {
		return d.Name
	}
	return unnamed(code)
}

// KindOf is the kind of an option's values: bytes for those that are unknown.
func KindOf(code uint8) Kind {
	if d := ByCode(code); d != nil {
		return d.Kind
	}
	return Bytes
}
