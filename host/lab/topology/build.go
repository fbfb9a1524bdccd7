package topology

import (
	"maps"
	"net/netip"
	"slices"
	"strings"
)

// builder is a Plan in the making.
type builder struct {
	spec  Spec
	plan  *Plan
	folds map[string]string // names in small letters, to tell R1 from r1

	taken map[netip.Addr]Member
	given map[*Interface]bool // whose addresses the Spec has; true: none are wanted
}

// Build settles everything that the Spec leaves open. Its errors are of type *Error.
func Build(s Spec) (*Plan, error) {
	b := &builder{spec: s, folds: map[string]string{},
		plan: &Plan{nodes: map[string]*Node{}, links: map[string]*Link{}}}
	for _, step := range []func() error{
		b.addLines, b.addNodes, b.addLinks, b.checkRoutes,
		b.setVLANs, b.setMirrors, b.setMTUs, b.setMACs,
		b.join, b.takeAddresses, b.setPrefixes, b.setAddresses, b.checkPrefixes,
		b.setNames, b.setRoutes,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return b.plan, nil
}

// addLines adds the nodes and links of the lines.
func (b *builder) addLines() error {
	for _, line := range b.spec.Lines {
		lists, err := chain(line)
		if err != nil {
			return err
		}
		for i, list := range lists {
			for _, name := range list {
				if err := b.addNode(name); err != nil {
					return err
				}
			}
			if i == 0 {
				continue
			}
			for _, left := range lists[i-1] {
				for _, right := range list {
					if err := b.addLink(LinkSpec{A: left, B: right}); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// addNodes adds the nodes that no line has.
func (b *builder) addNodes() error {
	for _, name := range slices.Sorted(maps.Keys(b.spec.Nodes)) {
		if err := checkName(name); err != nil {
			return err
		}
		if err := b.addNode(name); err != nil {
			return err
		}
	}
	if len(b.plan.Nodes) == 0 {
		return fault("the lab", "it has no nodes (a line such as \"linux -- R1 -- R2\" makes some)")
	}
	return nil
}

func (b *builder) addLinks() error {
	for _, l := range b.spec.Links {
		for _, name := range []string{l.A, l.B} {
			if err := checkName(name); err != nil {
				return err
			}
			if err := b.addNode(name); err != nil {
				return err
			}
		}
		if err := b.addLink(l); err != nil {
			return err
		}
	}
	return nil
}

// addNode adds a node, unless it is there.
func (b *builder) addNode(name string) error {
	if b.plan.nodes[name] != nil {
		return nil
	}
	fold := strings.ToLower(name)
	if other, taken := b.folds[fold]; taken {
		return fault("node "+name, "there is %s already, and names that differ in case alone are one name in DNS", other)
	}
	if len(b.plan.Nodes) == most {
		return fault("node "+name, "a lab has %d nodes at most", most)
	}
	b.folds[fold] = name
	n := &Node{Name: name, Kind: kindOf(name), place: len(b.plan.Nodes)}
	if s := b.spec.Nodes[name]; s.Kind != "" {
		if !slices.Contains(Kinds, s.Kind) {
			return fault("node "+name, "there is no kind %q (host, router or switch)", s.Kind)
		}
		n.Kind = s.Kind
	}
	n.Services = b.spec.Nodes[name].Services
	b.plan.nodes[name] = n
	b.plan.Nodes = append(b.plan.Nodes, n)
	return nil
}
