package dhcp6

import "moonwire/host/decl"

func clientFunctions() []decl.Function { return nil }

func clientClasses() []*decl.Class { return nil }
