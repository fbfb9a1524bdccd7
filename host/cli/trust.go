package cli

import (
	"moonwire/host/permit"
	"moonwire/host/script"
)

// trust says where a script came from, and so what it may do.
type trust int

const (
	own        trust = iota // named by its path, typed, or read from the standard input: it runs as who started it
	comesAlong              // a script in this binary: exactly what its header says
	packed                  // a packed recipe: what its manifest declares, when it was granted
	installed               // the same, from the shelf
	built                   // a tool: what was granted when it was made
)

// policy is what a script with these arguments may do.
func (o *options) policy(src source, values script.Values) *permit.Policy {
	p := &permit.Policy{All: !o.restrict, Allow: o.allow, Deny: o.deny}
	switch src.trust {
	case packed, installed, built:
		p.All, p.Allow = false, append(src.granted, o.allow...)
		return p
	}
	if src.header != nil {
		declared, _ := src.header.Grants(values) // parsed headers have no other
		p.Allow = append(declared, o.allow...)
	}
	return p
}
