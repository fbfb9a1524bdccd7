// Package names gives bindings the names of a runtime: those of the built-in table, and those of the MIB files that its
// scripts have loaded.
package names

import (
	"context"

	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/mib/facts"
)

var trees = decl.Local[*mib.Tree]{Make: func() *mib.Tree { return mib.New(facts.Table()) }}

// From is the tree of names of the runtime that runs ctx.
func From(ctx context.Context) *mib.Tree { return trees.From(ctx) }
