package snmp

import "moonwire/host/decl"

func pollFunctions() []decl.Function { return nil }

func pollClasses() []*decl.Class { return nil }
