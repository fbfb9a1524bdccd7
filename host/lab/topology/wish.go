package topology

import (
	"fmt"
	"maps"
	"slices"
)

// resolveInterface finds the interface of n that a key of NodeSpec means: its name, the name of its link, "" for the first.
func (b *builder) resolveInterface(n *Node, key string) *Interface {
	if key == "" && len(n.Interfaces) > 0 {
		return n.Interfaces[0]
	}
	if i := n.Interface(key); i != nil {
		return i
	}
	l, err := b.plan.Link(key)
	if err != nil || l.Ends[0].Node != n && l.Ends[1].Node != n {
		return nil
	}
	return n.Interface(l.end(n).Interface)
}

// wishesOf reads what a NodeSpec says of the interfaces of n.
func wishesOf[V any](b *builder, n *Node, option string, of map[string]V) (map[*Interface]V, error) {
	if len(of) == 0 {
		return nil, nil
	}
	wishes := map[*Interface]V{}
	for _, key := range slices.Sorted(maps.Keys(of)) {
		i := b.resolveInterface(n, key)
		if i == nil {
			return nil, fault("node "+n.Name, "%s of %q: it has no such interface%s", option, key, meant(key, n.interfaceNames()))
		}
		if _, twice := wishes[i]; twice {
			return nil, fault("node "+n.Name, "%s of %s are given twice", option, i.Name)
		}
		wishes[i] = of[key]
	}
	return wishes, nil
}

func (n *Node) interfaceNames() (names []string) {
	for _, i := range n.Interfaces {
		names = append(names, i.Name, i.Link.Name)
	}
	return names
}

// named is how errors call an interface.
func named(n *Node, i *Interface) string { return fmt.Sprintf("interface %s.%s", n.Name, i.Name) }
