package main

import (
	"fmt"
	"slices"

	"moonwire/host/mib"
)

// A correction mends what a source has wrong; it fails when there is nothing to mend any more.
type correction struct {
	node mib.Ref
	why  string
	mend func(m *mib.Module, n *mib.Node)
}

var corrections = []correction{
	{mib.Ref{Module: "DLSW-MIB", Name: "null"}, "another name for zeroDotZero", drop},
}

func drop(m *mib.Module, n *mib.Node) {
	m.Nodes = slices.DeleteFunc(m.Nodes, func(o *mib.Node) bool { return o == n })
}

func correct(modules []*mib.Module) error {
	for _, c := range corrections {
		m := modules[slices.IndexFunc(modules, func(m *mib.Module) bool { return m.Name == c.node.Module })]
		i := slices.IndexFunc(m.Nodes, func(n *mib.Node) bool { return n.Name == c.node.Name })
		if i < 0 {
			return fmt.Errorf("%s is to be corrected (%s), but isn't there", c.node, c.why)
		}
		c.mend(m, m.Nodes[i])
	}
	return nil
}
