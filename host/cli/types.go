package cli

import (
	"fmt"
	"path/filepath"

	"moonwire/host/docgen"
)

var typesCommand = &Command{
	Usage: "types DIR",
	Short: "write type definitions for editors into a project",
	Long: `
Writes what the Lua language server (LuaLS) needs to complete, explain and check scripts below DIR: a file for each
module in DIR/.moonwire/types, and DIR/.luarc.json, which leads there, unless DIR has one already.`,
	Run: func(args []string, s Streams) error {
		words, err := flags(nil).parse(args)
		if err != nil {
			return err
		}
		if len(words) != 1 {
			return usagef("types takes one folder")
		}
		lib, err := library()
		if err != nil {
			return err
		}
		written, err := lib.WriteTypes(words[0])
		if err != nil {
			return err
		}
		fmt.Fprintf(s.Err, "moonwire: wrote %d files, the types in %s\n", len(written),
			filepath.Join(words[0], filepath.FromSlash(docgen.TypesFolder)))
		return nil
	},
}
