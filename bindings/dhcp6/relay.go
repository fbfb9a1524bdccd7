package dhcp6

import "moonwire/host/decl"

func relayFunctions() []decl.Function { return nil }

func relayClasses() []*decl.Class { return nil }
