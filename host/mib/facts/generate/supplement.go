package main

import (
	_ "embed" // for the lists
	"regexp"
	"slices"
	"strconv"
	"strings"

	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// order lists notifications whose objects the sources have in another order: MODULE::name: object object …
//
//go:embed order.txt
var order string

// iana lists what IANA's registries, which are in the public domain (CC0), have beyond the sources. A line is an
// enumeration, MODULE::Type: name(number) …, or an object identity, MODULE::name = OID.
//
//go:embed iana.txt
var iana string

// reorder puts the objects of notifications into the order of their RFC, where some stand twice.
func reorder(c *converter) (changed bool) {
	for line := range strings.Lines(order) {
		name, objects, _ := strings.Cut(strings.TrimSpace(line), ": ")
		n, known := c.nodes[ref(name)], map[string]mib.Ref{}
		for _, r := range n.Objects {
			known[r.Name] = r
		}
		var right []mib.Ref
		for object := range strings.FieldsSeq(objects) {
			right = append(right, known[object])
		}
		changed = changed || !slices.Equal(right, n.Objects)
		n.Objects = right
	}
	return changed
}

var named = regexp.MustCompile(`([\w-]+)\((\d+)\)`)

// grow adds to enumerations, wherever the convention is used, and to identities.
func grow(c *converter) (grown bool) {
	for line := range strings.Lines(iana) {
		line = strings.TrimSpace(line)
		if name, at, identity := strings.Cut(line, " = "); identity {
			r := ref(name)
			grown = c.add(&mib.Node{Name: r.Name, Module: r.Module, OID: oid.MustParse(at), Kind: mib.ObjectIdentity}) || grown
			continue
		}
		name, enums, _ := strings.Cut(line, ": ")
		more := named.FindAllStringSubmatch(enums, -1)
		grown = retype(ref(name).Name, func(s *mib.Syntax) {
			if s.Module != ref(name).Module {
				return
			}
			for _, m := range more {
				number, _ := strconv.ParseInt(m[2], 10, 64)
				s.Enums = append(unnamed(s.Enums, number), mib.Enum{Name: m[1], Value: number})
			}
			slices.SortStableFunc(s.Enums, func(a, b mib.Enum) int { return int(a.Value - b.Value) })
		})(c) || grown
	}
	return grown
}

// completeRFC1213 gives RFC1213-MIB the nodes and types under its own name that its source takes from later modules:
// vendors' modules import them from there.
func completeRFC1213(c *converter) (grown bool) {
	for _, from := range []struct{ module, roots string }{
		{"SNMPv2-SMI", "1.3.6.1.2.1"},
		{"SNMPv2-MIB", "1.3.6.1.2.1.1 1.3.6.1.2.1.11"},
		{"IF-MIB", "1.3.6.1.2.1.2"},
		{"IP-MIB", "1.3.6.1.2.1.5"},
		{"TCP-MIB", "1.3.6.1.2.1.6"},
		{"UDP-MIB", "1.3.6.1.2.1.7"},
	} {
		for root := range strings.FieldsSeq(from.roots) {
			for _, n := range c.moduleNamed(from.module).Nodes {
				if n.OID.HasPrefix(oid.MustParse(root)) && old(n) {
					grown = c.copy(n, "RFC1213-MIB") || grown
				}
			}
		}
	}
	m := c.moduleNamed("RFC1213-MIB")
	grown = c.add(&mib.Node{Name: "egpNeighborLoss", Module: m.Name, OID: oid.MustParse("1.3.6.1.6.3.1.1.5.6"), Kind: mib.Notification,
		Objects: []mib.Ref{{Module: m.Name, Name: "egpNeighAddr"}}}) || grown // RFC 1215, and RFC 3418 says where
	for _, t := range c.moduleNamed("SNMPv2-TC").Types {
		if t.Name == "DisplayString" || t.Name == "PhysAddress" {
			m.Types = append(m.Types, t)
		}
	}
	return grown
}

// old says whether RFC 1213 has a node: the groups, the system group's first seven objects, the interfaces group's and the
// snmp group's first thirty.
func old(n *mib.Node) bool {
	last := n.OID[len(n.OID)-1]
	switch {
	case n.Name == "icmp" || n.Name == "tcp" || n.Name == "udp" || n.Name == "transmission" || n.Name == "mib-2" || n.Name == "snmp":
		return true
	case n.Kind == mib.Scalar && strings.HasPrefix(n.Name, "sys"):
		return last <= 7
	case n.Kind == mib.Scalar && strings.HasPrefix(n.Name, "snmp"):
		return last <= 30
	case n.Kind == mib.Scalar || n.Kind == mib.Column || n.Kind == mib.Table || n.Kind == mib.Row:
		return strings.HasPrefix(n.Name, "if")
	}
	return n.Name == "system" || n.Name == "interfaces"
}

// copy gives a module a node of another.
func (c *converter) copy(n *mib.Node, module string) bool {
	same := *n
	same.Module = module
	return c.add(&same)
}
