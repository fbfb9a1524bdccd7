package snmp

import "moonwire/host/decl"

func diagnoseFunctions() []decl.Function { return nil }

func diagnoseClasses() []*decl.Class { return nil }
