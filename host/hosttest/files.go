package hosttest

import (
	"embed"
	"io/fs"

	"moonwire/stdlib"
)

//go:embed files
var embedded embed.FS

// beside are the files that examples find beside their script: modules for workers, and data.
var beside, _ = fs.Sub(embedded, "files")

// exampleName is what scripts of tests are called.
const exampleName = "02_ping.lua"

// A library is stdlib's modules, and those beside an example.
type library struct{}

// Open opens a module's file.
func (library) Open(name string) (fs.File, error) {
	if f, err := beside.Open(name); err == nil {
		return f, nil
	}
	return stdlib.FS.Open(name)
}
