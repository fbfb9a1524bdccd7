package mib

import (
	"iter"

	"moonwire/host/snmp/oid"
)

// A Source knows the nodes of some modules. What it returns is shared and stays as it is.
type Source interface {
	// Named are all nodes of that name.
	Named(name string) []*Node
	// Deepest finds the longest prefix of o that nodes have, and those nodes, the best one first; nil when there is none.
	Deepest(o oid.OID) (nodes []*Node, length int)
	// Below are the numbers that follow o in the OIDs of the source, in order.
	Below(o oid.OID) []uint32
	// Names are all names, in any order.
	Names() iter.Seq[string]
	// Modules are the names of all modules, in any order.
	Modules() []string
	// Module is what a module defines; nil when the source doesn't have it.
	Module(name string) *Module
}
