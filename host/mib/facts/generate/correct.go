package main

import (
	"fmt"
	"slices"

	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// A correction mends what the sources have wrong, as the RFC in its text has it right. mend says whether there was
// anything to mend: a correction that has become needless is an error.
type correction struct {
	what string
	mend func(c *converter) bool
}

var corrections = []correction{
	{"zeroDotZero has one name (RFC 2578)", drop(mib.Ref{Module: "DLSW-MIB", Name: "null"})},
	{"RowStatus has no value 0 (RFC 2579)", unname("RowStatus", 0)},
	{"marsMIB is mib-2 57 (RFC 2417)", move("IPATM-IPMC-MIB", "1.3.6.1.6.3.17", "1.3.6.1.2.1.57")},
}

func (c *converter) correct() error {
	for _, fix := range corrections {
		if !fix.mend(c) {
			return fmt.Errorf("nothing to correct: %s", fix.what)
		}
	}
	return nil
}

// drop takes a node out.
func drop(ref mib.Ref) func(*converter) bool {
	return func(c *converter) bool {
		n := c.nodes[ref]
		for _, m := range c.modules {
			m.Nodes = slices.DeleteFunc(m.Nodes, func(o *mib.Node) bool { return o == n })
		}
		return n != nil
	}
}

// unname takes a number out of an enumeration, wherever the convention is used.
func unname(convention string, number int64) func(*converter) bool {
	return func(c *converter) bool {
		return c.eachSyntax(func(s *mib.Syntax) bool {
			before := len(s.Enums)
			if s.Name == convention {
				s.Enums = slices.DeleteFunc(s.Enums, func(e mib.Enum) bool { return e.Value == number })
			}
			return len(s.Enums) < before
		})
	}
}

// eachSyntax changes types; it says whether any changed.
func (c *converter) eachSyntax(change func(*mib.Syntax) bool) (changed bool) {
	for _, m := range c.modules {
		for _, t := range m.Types {
			changed = change(t) || changed
		}
		for _, n := range m.Nodes {
			if n.Syntax != nil {
				changed = change(n.Syntax) || changed
			}
		}
	}
	return changed
}

// move gives a module's nodes another place.
func move(module, from, to string) func(*converter) bool {
	return func(c *converter) (moved bool) {
		old, root := oid.MustParse(from), oid.MustParse(to)
		for _, n := range c.nodes {
			if n.Module == module && n.OID.HasPrefix(old) {
				n.OID = append(slices.Clone(root), n.OID[len(old):]...)
				moved = true
			}
		}
		return moved
	}
}
