package main

import (
	"slices"
	"strings"

	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// ref reads module::name.
func ref(text string) mib.Ref {
	module, name, _ := strings.Cut(text, "::")
	return mib.Ref{Module: module, Name: name}
}

// drop takes a node out.
func drop(name string) func(*converter) bool {
	return func(c *converter) bool {
		n := c.nodes[ref(name)]
		for _, m := range c.modules {
			m.Nodes = slices.DeleteFunc(m.Nodes, func(o *mib.Node) bool { return o == n })
		}
		return n != nil
	}
}

// add puts a node in.
func add(n mib.Node, at string) func(*converter) bool {
	return func(c *converter) bool {
		n.OID = oid.MustParse(at)
		return c.add(&n)
	}
}

// add puts a node into its module, unless the module has it.
func (c *converter) add(n *mib.Node) bool {
	if c.nodes[n.Ref()] != nil {
		return false
	}
	c.nodes[n.Ref()] = n
	m := c.moduleNamed(n.Module)
	m.Nodes = append(m.Nodes, n)
	slices.SortStableFunc(m.Nodes, func(a, b *mib.Node) int { return slices.Compare(a.OID, b.OID) })
	return true
}

func (c *converter) moduleNamed(name string) *mib.Module {
	return c.modules[slices.IndexFunc(c.modules, func(m *mib.Module) bool { return m.Name == name })]
}

// retype changes a convention wherever it is used.
func retype(convention string, change func(*mib.Syntax)) func(*converter) bool {
	return func(c *converter) (found bool) {
		for _, m := range c.modules {
			for _, t := range m.Types {
				if t.Name == convention {
					change(t)
					found = true
				}
			}
			m.Types = slices.DeleteFunc(m.Types, func(t *mib.Syntax) bool { return t.Name == "" })
			for _, n := range m.Nodes {
				if n.Syntax != nil && n.Syntax.Name == convention {
					change(n.Syntax)
					found = true
				}
			}
		}
		return found
	}
}

// unnamed is an enumeration without a number.
func unnamed(enums []mib.Enum, number int64) []mib.Enum {
	return slices.DeleteFunc(enums, func(e mib.Enum) bool { return e.Value == number })
}

// exactly are sizes without any between.
func exactly(sizes ...int64) (list []mib.Range) {
	for _, n := range sizes {
		list = append(list, mib.Range{Min: n, Max: n})
	}
	return list
}

// resize changes the values that a number has.
func resize(name string, r mib.Range) func(*converter) bool {
	return func(c *converter) bool {
		s := c.nodes[ref(name)].Syntax
		same := slices.Equal(s.Ranges, []mib.Range{r})
		s.Ranges = []mib.Range{r}
		return !same
	}
}

// move gives a module's nodes another place.
func move(module, from, to string) func(*converter) bool {
	return func(c *converter) (moved bool) {
		old, root := oid.MustParse(from), oid.MustParse(to)
		for _, n := range c.moduleNamed(module).Nodes {
			if n.OID.HasPrefix(old) {
				n.OID = append(slices.Clone(root), n.OID[len(old):]...)
				moved = true
			}
		}
		return moved
	}
}
