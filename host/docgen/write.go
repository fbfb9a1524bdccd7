package docgen

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"moonwire/host/whole"
)

// TypesFolder is where WriteTypes puts the stubs inside the folder it is given.
const TypesFolder = ".moonwire/types"

// luarc tells LuaLS where the stubs are.
const luarc = `{
  "$schema": "https://raw.githubusercontent.com/LuaLS/vscode-lua/master/setting/schema.json",
  "runtime.version": "Lua 5.1",
  "workspace.library": ["` + TypesFolder + `"],
  "workspace.checkThirdParty": false,
  "diagnostics.globals": ["describe", "it", "before_each", "after_each", "expect", "test"]
}
`

// WriteTypes writes the stubs for editors into dir, and dir/.luarc.json that points LuaLS to them. It gives the names of
// the files it wrote: one .luarc.json that is there already stays as it is, for it may hold more.
func (l *Library) WriteTypes(dir string) ([]string, error) {
	files := l.Types()
	var written []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(TypesFolder), filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return written, err
		}
		if err := whole.Write(path, []byte(files[name])); err != nil {
			return written, err
		}
		written = append(written, path)
	}
	path := filepath.Join(dir, ".luarc.json")
	err := whole.New(path, []byte(luarc), 0o666)
	if errors.Is(err, fs.ErrExist) {
		return written, nil
	}
	if err != nil {
		return written, err
	}
	return append(written, path), nil
}
