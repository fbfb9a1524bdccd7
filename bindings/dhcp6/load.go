package dhcp6

import "moonwire/host/decl"

func loadFunctions() []decl.Function { return nil }

func loadClasses() []*decl.Class { return nil }
