package mib

import "moonwire/host/snmp/oid"

// A Node is a named OID. Nodes are shared: nobody changes one that a tree has.
type Node struct {
	Name   string
	Module string
	OID    oid.OID
	Kind   Kind
	Access Access
	Status Status
	Syntax *Syntax // of scalars and columns, else nil
	Units  string

	Index    []Index // of a row; where it augments another row, that row's
	Augments Ref     // the row whose rows this one extends
	Objects  []Ref   // what a notification carries, in order
}

// A Ref names a node of a module.
type Ref struct{ Module, Name string }

// String is the reference as module::name.
func (r Ref) String() string { return r.Module + "::" + r.Name }

// An Index is one part of a row's index.
type Index struct {
	Ref
	Syntax  *Syntax
	Implied bool // a string or OID without its length, in last place (RFC 2578 section 7.7)
}

// Ref is the node's module and name.
func (n *Node) Ref() Ref { return Ref{n.Module, n.Name} }

// String is the node as module::name.
func (n *Node) String() string { return n.Ref().String() }

// A Module is what a MIB module defines.
type Module struct {
	Name  string
	Nodes []*Node
	Types []*Syntax // named ones: textual conventions, and SMIv1's assigned types
}
