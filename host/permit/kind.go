package permit

import "strings"

// A Kind is a kind of thing that may be granted.
type Kind string

// The kinds.
const (
	ToNet     Kind = "net"       // sockets towards addresses
	Resolve   Kind = "resolve"   // look up any name
	Listen    Kind = "listen"    // bind, and answer whoever sent something there
	Raw       Kind = "raw"       // whole frames and ip:proto sockets
	Sniff     Kind = "sniff"     // receive frames
	Configure Kind = "configure" // addresses, routes, MTU, up and down, name servers
	Read      Kind = "read"      // files
	Write     Kind = "write"     // files
	Run       Kind = "run"       // programs
	Env       Kind = "env"       // variables of the environment
	Rate      Kind = "rate"      // packets and connections a second
)

// Kinds are all kinds, in the order of documents.
var Kinds = []Kind{ToNet, Resolve, Listen, Raw, Sniff, Configure, Read, Write, Run, Env, Rate}

// wants says what stands behind a kind's word, and whether it may be left out.
var wants = map[Kind]struct {
	what     string
	optional bool
}{
	ToNet:     {"TARGET[:PORT][/PROTOCOL]", false},
	Resolve:   {"", true},
	Listen:    {"ADDRESS[:PORT][/PROTOCOL]", false},
	Raw:       {"[on LINK] [to PREFIX[:PORT][/PROTOCOL]] [from PREFIX|any]", true},
	Sniff:     {"[on LINK]", true},
	Configure: {"[on LINK]", true},
	Read:      {"PATH", false},
	Write:     {"PATH", false},
	Run:       {"PROGRAM", false},
	Env:       {"NAME", false},
	Rate:      {"N/s", false},
}

// Wants is what stands behind the kind's word, in capitals; "" when nothing may.
func (k Kind) Wants() string { return wants[k].what }

// Alone says whether the kind's word may stand alone.
func (k Kind) Alone() bool { return wants[k].optional }

// All is the widest grant of a kind.
func (k Kind) All() Grant {
	g := Grant{Kind: k}
	switch k {
	case ToNet, Listen:
		g.To.Host = Anything
	case Read, Write, Run, Env:
		g.Name = Anything
	case Raw:
	}
	return g
}

// Anything stands for every address, path, program and variable.
const Anything = "*"

// list is the kinds' words for an error.
func list() string {
	var words []string
	for _, k := range Kinds {
		words = append(words, string(k))
	}
	return strings.Join(words, ", ")
}
