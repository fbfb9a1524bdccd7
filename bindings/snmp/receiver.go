package snmp

import "moonwire/host/decl"

func receiverFunctions() []decl.Function { return nil }

func receiverClasses() []*decl.Class { return nil }
