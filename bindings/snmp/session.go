package snmp

import "moonwire/host/decl"

func sessionFunctions() []decl.Function { return nil }

func sessionClasses() []*decl.Class { return nil }
