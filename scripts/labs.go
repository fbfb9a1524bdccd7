package scripts

import (
	"io/fs"
	"strings"
)

// Labs are the names of the labs in the binary.
func Labs() (names []string) {
	entries, _ := fs.ReadDir(FS, "labs")
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".lua"); ok {
			names = append(names, name)
		}
	}
	return names
}

// Lab is the source of a lab: a chunk that returns the table that describes it.
func Lab(name string) (string, error) {
	code, err := fs.ReadFile(FS, "labs/"+name+".lua")
	return string(code), err
}
