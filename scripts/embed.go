// Package scripts holds the experiments that ship with moonwire: tutorial in reading order, recipes, labs.
package scripts

import "embed"

// FS holds the scripts' sources.
//
//go:embed tutorial recipes labs
var FS embed.FS
