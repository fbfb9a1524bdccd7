package cli

import (
	"context"
	"slices"

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

// policy is what a script with these arguments may do at a place, as far as that is known. What scripts do in a lab is free.
func (o *options) policy(src source, values script.Values, p *place) (*permit.Policy, error) {
	may := &permit.Policy{All: src.trust == own && !o.restrict, Allow: o.allow, Deny: o.deny}
	var declared permit.Grants
	var err error
	switch {
	case src.trust == packed, src.trust == installed, src.trust == built:
		declared = src.granted
	case src.header == nil:
	case may.All || p.lab.Name != "" || p.world == nil:
		declared, err = src.header.Grants(values)
	default:
		declared, err = src.header.GrantsIn(context.Background(), p.world, o.iface, values)
	}
	may.Allow = slices.Concat(declared, o.allow)
	if src.trust == built {
		may.OnRefusal = func(e *permit.Refusal) { e.Would = nil } // a tool has no flags that allow more
	}
	return may, err
}
