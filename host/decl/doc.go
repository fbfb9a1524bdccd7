// Package decl declares what Lua sees. A Module is a Go value that lists functions and classes; one record per
// function holds its name, parameters, options, results, error kinds, example and source. The call check, moonwire
// doc, completion, the Markdown reference and the editor types all read that record, so none can drift.
//
// A binding imports decl, network and its protocol library, nothing else of moonwire. The runtime reaches a binding
// through Host (see HostOf), a binding reaches Lua through Fn (plain Go in, plain Go out) or, on hot paths, Raw.
package decl
