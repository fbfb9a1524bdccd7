// Package scripts holds the experiments that ship with moonwire: tutorial in reading order, recipes, labs.
package scripts

import "embed"

// FS holds the scripts' sources.
//
//go:embed tutorial/*.lua recipes/*.lua labs/*.lua
var FS embed.FS
