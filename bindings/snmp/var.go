package snmp

import "moonwire/host/decl"

func varClasses() []*decl.Class { return nil }
