package snmp

import "moonwire/host/decl"

func messageFunctions() []decl.Function { return nil }

func messageClasses() []*decl.Class { return nil }
