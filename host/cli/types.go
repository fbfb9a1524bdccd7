package cli

import (
	"fmt"
	"io"
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
		return writeTypes(words[0], s.Err)
	},
}

// writeTypes writes them into a folder and says so.
func writeTypes(dir string, log io.Writer) error {
	lib, err := library()
	if err != nil {
		return err
	}
	written, err := lib.WriteTypes(dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "moonwire: wrote %d files for editors, the types in %s\n", len(written), filepath.Join(dir, filepath.FromSlash(docgen.TypesFolder)))
	return nil
}
