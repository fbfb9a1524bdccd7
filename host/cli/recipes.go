package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"moonwire/host/script"
	"moonwire/host/shelf"
	"moonwire/scripts"
)

// A recipe is a script that run finds by its name.
type recipe struct {
	name    string                         // with its folder: recipes/arp_scan
	origin  string                         // shipped, installed or folder
	folder  string                         // that it was found in; "" for one that is shipped
	path    string                         // its file; "" for one that is shipped
	version string                         // of an installed one
	header  *script.Header                 // title, about and categories at least
	whole   func() (*script.Header, error) // where header is less than all
}

// full is the whole header.
func (r *recipe) full() (*script.Header, error) {
	if r.whole == nil {
		return r.header, nil
	}
	return r.whole()
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
	var sources []func() ([]recipe, []error)
	for _, dir := range recipeFolders() {
		sources = append(sources, func() ([]recipe, []error) { return folderRecipes(dir) })
	}
	sources = append(sources, shippedRecipes, installedRecipes)
	found, wrong := make([][]recipe, len(sources)), make([][]error, len(sources))
	var group sync.WaitGroup
	for i, read := range sources {
		group.Go(func() { found[i], wrong[i] = read() })
	}
	group.Wait()
	return slices.Concat(found...), slices.Concat(wrong...)
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

func shippedRecipes() (list []recipe, faults []error) {
	for _, name := range shipped() {
		file := name + ".lua"
		code, err := fs.ReadFile(scripts.FS, file)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		list = append(list, recipe{name: name, origin: fromBinary, header: script.Skim(string(code)),
			whole: func() (*script.Header, error) { return script.Parse(file, string(code)) }})
	}
	return list, faults
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

func installedRecipes() (list []recipe, faults []error) {
	dir, err := shelf.Dir(os.Getenv)
	if err != nil {
		return nil, nil // there is no shelf without a folder for it
	}
	entries, err := shelf.Open(dir).List()
	if err != nil {
		faults = append(faults, err)
	}
	for _, e := range entries {
		list = append(list, recipe{name: e.Name, origin: fromShelf, folder: dir, path: e.Path, version: e.Version,
			header: &script.Header{Title: e.Title, About: e.About, Categories: e.Categories}, whole: e.Header})
	}
	return list, faults
}

// readers is how many headers are read at once.
const readers = 4

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
