package snmp

import "moonwire/host/decl"

func agentFunctions() []decl.Function { return nil }

func agentClasses() []*decl.Class { return nil }
