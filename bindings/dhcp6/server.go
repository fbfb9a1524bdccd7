package dhcp6

import "moonwire/host/decl"

func serverFunctions() []decl.Function { return nil }

func serverClasses() []*decl.Class { return nil }
