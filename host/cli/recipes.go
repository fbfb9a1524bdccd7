package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"moonwire/host/script"
	"moonwire/host/shelf"
	"moonwire/scripts"
)

// A recipe is a script that run finds by its name.
type recipe struct {
	name    string // with its folder: recipes/arp_scan
	origin  string // shipped, installed or folder
	folder  string // that it was found in; "" for one that is shipped
	path    string // its file; "" for one that is shipped
	version string // of an installed one
	header  *script.Header
}

// Where recipes come from.
const (
	fromBinary = "shipped"
	fromShelf  = "installed"
	fromFolder = "folder"
)

// called is how run is told of a recipe.
func (r recipe) called() string {
	if r.origin == fromShelf {
		return r.name + "@" + r.version
	}
	return r.name
}

// allRecipes are the recipes of the folders in MOONWIRE_PATH, of the binary and of the shelf. Those that can't be read
// are left out, and named by the faults.
func allRecipes() (all []recipe, faults []error) {
	for _, dir := range recipeFolders() {
		found, wrong := folderRecipes(dir)
		all, faults = append(all, found...), append(faults, wrong...)
	}
	found, wrong := shippedRecipes()
	all, faults = append(all, found...), append(faults, wrong...)
	found, err := installedRecipes()
	if err != nil {
		faults = append(faults, err)
	}
	return append(all, found...), faults
}

// recipePath is the variable that lists folders with recipes, as PATH does.
const recipePath = "MOONWIRE_PATH"

// recipeFolders are the folders in MOONWIRE_PATH.
func recipeFolders() (dirs []string) {
	for _, dir := range filepath.SplitList(os.Getenv(recipePath)) {
		if dir != "" {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// inFolders finds the file of NAME among the folders in MOONWIRE_PATH.
func inFolders(name string) (string, bool) {
	if !filepath.IsLocal(name) {
		return "", false
	}
	for _, dir := range recipeFolders() {
		file := filepath.Join(dir, strings.TrimSuffix(name, ".lua")+".lua")
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			return file, true
		}
	}
	return "", false
}

func shippedRecipes() ([]recipe, []error) {
	var list []recipe
	for _, name := range shipped() {
		list = append(list, recipe{name: name, origin: fromBinary})
	}
	return parsed(list, func(r *recipe) (*script.Header, error) {
		code, err := fs.ReadFile(scripts.FS, r.name+".lua")
		if err != nil {
			return nil, err
		}
		return script.Parse(r.name+".lua", string(code))
	})
}

// folderRecipes are the scripts with a title in a folder and below it.
func folderRecipes(dir string) ([]recipe, []error) {
	var list []recipe
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != dir && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(file) != ".lua":
			return nil
		}
		name, err := filepath.Rel(dir, file)
		list = append(list, recipe{name: filepath.ToSlash(strings.TrimSuffix(name, ".lua")), origin: fromFolder, folder: dir, path: file})
		return err
	})
	found, faults := parsed(list, func(r *recipe) (*script.Header, error) { return headOf(r.path) })
	if err != nil {
		faults = append(faults, err)
	}
	titled := found[:0]
	for _, r := range found {
		if r.header.Title != "" {
			titled = append(titled, r)
		}
	}
	return titled, faults
}

// headOf reads the header of a file.
func headOf(file string) (*script.Header, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head, err := script.ReadHead(f)
	if err != nil {
		return nil, err
	}
	return script.Parse(file, strings.TrimPrefix(head, "\ufeff"))
}

func installedRecipes() ([]recipe, error) {
	dir, err := shelf.Dir(os.Getenv)
	if err != nil {
		return nil, nil // there is no shelf without a folder for it
	}
	entries, err := shelf.Open(dir).List()
	list := make([]recipe, len(entries))
	for i, e := range entries {
		list[i] = recipe{name: e.Name, origin: fromShelf, folder: dir, path: e.Path, version: e.Version, header: e.Header}
	}
	return list, err
}

// readers is how many headers are read at once.
const readers = 8

// parsed reads the headers of a list, several at a time, and leaves those out that it can't.
func parsed(list []recipe, read func(*recipe) (*script.Header, error)) (good []recipe, faults []error) {
	errs := make([]error, len(list))
	var group sync.WaitGroup
	for first := range readers {
		group.Go(func() {
			for i := first; i < len(list); i += readers {
				list[i].header, errs[i] = read(&list[i])
			}
		})
	}
	group.Wait()
	for i, r := range list {
		if errs[i] == nil {
			good = append(good, r)
		} else {
			faults = append(faults, errs[i])
		}
	}
	return good, faults
}
