package dhcp

import "moonwire/host/decl"

func watchFunctions() []decl.Function { return nil }

func watchClasses() []*decl.Class { return nil }
