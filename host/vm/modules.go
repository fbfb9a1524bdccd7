package vm

import "moonwire/host/decl"

// Modules are those that belong to the runtime itself.
func Modules() []*decl.Module {
	return []*decl.Module{taskModule(), clockModule(), scriptModule()}
}
