package main

import (
	"fmt"
	"slices"
	"strings"

	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// convert turns declarations into modules; the order of nodes with one OID is the order of preference.
func convert(declared []declaredModule) ([]*mib.Module, error) {
	c := converter{nodes: map[mib.Ref]*mib.Node{}}
	for _, d := range declared {
		if err := c.module(d); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Module, err)
		}
	}
	for _, d := range declared {
		if err := c.refer(d); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Module, err)
		}
	}
	if err := c.correct(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(c.modules, func(a, b *mib.Module) int { return mib.CompareModules(a.Name, b.Name) })
	return c.modules, nil
}

type converter struct {
	modules []*mib.Module
	nodes   map[mib.Ref]*mib.Node
}

var kinds = map[string]mib.Kind{
	"MibIdentifier": mib.Identifier, "ModuleIdentity": mib.ModuleIdentity, "ObjectIdentity": mib.ObjectIdentity,
	"MibScalar": mib.Scalar, "MibTable": mib.Table, "MibTableRow": mib.Row, "MibTableColumn": mib.Column,
	"NotificationType": mib.Notification, "ObjectGroup": mib.ObjectGroup, "NotificationGroup": mib.NotificationGroup,
	"ModuleCompliance": mib.Compliance, "AgentCapabilities": mib.Capabilities,
}

var accesses = map[string]mib.Access{
	"noaccess": mib.NotAccessible, "notifyonly": mib.AccessibleForNotify, "accessiblefornotify": mib.AccessibleForNotify,
	"readonly":  mib.ReadOnly,
	"readwrite": mib.ReadWrite, "readcreate": mib.ReadCreate, "writeonly": mib.WriteOnly,
	"": mib.NotAccessible, // the compiler of python3-pysnmp4's modules says nothing of these
}

func (c *converter) module(d declaredModule) error {
	m := &mib.Module{Name: d.Module}
	for _, t := range d.Types {
		t.Type, t.Module = t.Name, d.Module
		s, err := syntax(&t)
		if err != nil {
			return err
		}
		m.Types = append(m.Types, s)
	}
	slices.SortFunc(m.Types, func(a, b *mib.Syntax) int { return strings.Compare(a.Name, b.Name) })
	for _, dn := range d.Nodes {
		n, err := c.node(d.Module, dn)
		if err != nil {
			return fmt.Errorf("%s: %w", dn.Name, err)
		}
		m.Nodes = append(m.Nodes, n)
	}
	slices.SortStableFunc(m.Nodes, func(a, b *mib.Node) int { return slices.Compare(a.OID, b.OID) })
	c.modules = append(c.modules, m)
	return nil
}

func (c *converter) node(module string, d declaredNode) (*mib.Node, error) {
	o, err := oid.Parse(d.OID)
	if err != nil {
		return nil, err
	}
	kind, known := kinds[d.Kind]
	if !known {
		return nil, fmt.Errorf("unknown macro %s", d.Kind)
	}
	n := &mib.Node{Name: d.Name, Module: module, OID: o, Kind: kind, Units: d.Units}
	if n.Status, known = mib.StatusOf(d.Status); !known {
		return nil, fmt.Errorf("unknown status %s", d.Status)
	}
	if kind.Object() {
		if n.Access, known = accesses[d.Access]; !known {
			return nil, fmt.Errorf("unknown access %s", d.Access)
		}
	}
	if kind == mib.Scalar || kind == mib.Column {
		if n.Syntax, err = syntax(d.Syntax); err != nil {
			return nil, err
		}
	}
	if kind == mib.Notification {
		for _, r := range d.Objects {
			n.Objects = append(n.Objects, mib.Ref{Module: r[0], Name: r[1]})
		}
	}
	c.nodes[n.Ref()] = n
	return n, nil
}

var bases = map[string]mib.Base{
	"Integer": mib.Integer32, "Integer32": mib.Integer32, "Unsigned32": mib.Unsigned32, "Gauge32": mib.Gauge32,
	"Counter32": mib.Counter32, "Counter64": mib.Counter64, "TimeTicks": mib.TimeTicks, "OctetString": mib.OctetString,
	"ObjectIdentifier": mib.ObjectIdentifier, "IpAddress": mib.IpAddress, "Opaque": mib.Opaque, "Bits": mib.Bits,
}

func syntax(d *declaredSyntax) (*mib.Syntax, error) {
	if d == nil {
		return nil, fmt.Errorf("an object without a type")
	}
	base, known := bases[d.Base]
	if !known {
		return nil, fmt.Errorf("unknown type %s", d.Base)
	}
	s := &mib.Syntax{Name: d.Type, Module: d.Module, Base: base, Hint: d.Hint}
	for _, e := range d.Enums {
		s.Enums = append(s.Enums, mib.Enum{Name: e[0].(string), Value: int64(e[1].(float64))})
	}
	s.Ranges, s.Sizes = ranges(d.Ranges), ranges(d.Sizes)
	return s, nil
}

func ranges(list [][]int64) []mib.Range {
	var rs []mib.Range
	for _, r := range list {
		rs = append(rs, mib.Range{Min: r[0], Max: r[1]})
	}
	return rs
}

// refer fills in what nodes say of others: the index with its types, the augmented row.
func (c *converter) refer(d declaredModule) error {
	for _, dn := range d.Nodes {
		n := c.nodes[mib.Ref{Module: d.Module, Name: dn.Name}]
		for _, i := range dn.Index {
			ref := mib.Ref{Module: i[1].(string), Name: i[2].(string)}
			object := c.nodes[ref]
			if object == nil || object.Syntax == nil {
				return fmt.Errorf("%s: no type for its index %s", dn.Name, ref)
			}
			n.Index = append(n.Index, mib.Index{Ref: ref, Syntax: object.Syntax, Implied: i[0].(float64) == 1})
		}
		if n.Kind == mib.ObjectGroup || n.Kind == mib.NotificationGroup {
			n.Kind = c.group(dn.Objects)
		}
		if dn.Augments != nil {
			n.Augments = mib.Ref{Module: dn.Augments[0], Name: dn.Augments[1]}
		}
	}
	return nil
}

// group says what sort of group the members make: the sources mix them up.
func (c *converter) group(members [][]string) mib.Kind {
	for _, m := range members {
		if n := c.nodes[mib.Ref{Module: m[0], Name: m[1]}]; n != nil && n.Kind == mib.Notification {
			return mib.NotificationGroup
		}
	}
	return mib.ObjectGroup
}
