package main

// What dump.py prints.

type declaredModule struct {
	Module string
	Types  []declaredSyntax
	Nodes  []declaredNode
}

type declaredNode struct {
	Name, OID, Kind, Access, Status, Units string

	Syntax   *declaredSyntax
	Index    [][]any // implied (0 or 1), module, name
	Objects  [][]string
	Augments []string // module, name
}

type declaredSyntax struct {
	Name         string // of a type's own declaration
	Type, Module string // of a named type that is used
	Base, Hint   string
	Enums        [][]any // name, number
	Ranges       [][]int64
	Sizes        [][]int64
}
