package snmp

import "moonwire/host/decl"

func engineFunctions() []decl.Function { return nil }
