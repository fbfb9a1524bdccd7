package cli

import (
	"moonwire/host/catalog"
	"moonwire/host/decl"
	"moonwire/host/docgen"
	"moonwire/host/vm"
	"moonwire/stdlib"
)

// library is the documentation of every module.
func library() (*docgen.Library, error) {
	return docgen.New(append(append([]*decl.Module{}, vm.Modules()...), catalog.Modules()...), stdlib.FS)
}
