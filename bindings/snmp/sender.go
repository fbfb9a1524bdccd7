package snmp

import "moonwire/host/decl"

func senderFunctions() []decl.Function { return nil }
