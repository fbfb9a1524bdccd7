package pack

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// MainName is the file that a folder's recipe starts at.
const MainName = "main.lua"

// A Collection is a recipe as it was found among files.
type Collection struct {
	Recipe
	LeftOut []string // files of the folder that don't go along, each with the reason
}

// Folder collects the recipe of a folder: all that is in it but hidden files, tests, packs and keys. A link that leads out
// of it is refused.
func Folder(dir string) (*Collection, error) {
	real, err := filepath.EvalSymlinks(dir)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return nil, err
	}
	named, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	c := &Collection{Recipe: Recipe{Name: filepath.Base(named), Main: MainName, Files: map[string][]byte{}}}
	if err := filepath.WalkDir(real, func(file string, d fs.DirEntry, err error) error {
		if err != nil || file == real {
			return err
		}
		name, err := filepath.Rel(real, file)
		if err != nil {
			return err
		}
		return c.take(real, file, filepath.ToSlash(name), d)
	}); err != nil {
		return nil, err
	}
	if c.Files[MainName] == nil {
		return nil, fmt.Errorf("%s has no %s, where a folder's recipe starts", dir, MainName)
	}
	return c, nil
}

// take adds one file of a folder, or notes why it doesn't.
func (c *Collection) take(root, file, name string, d fs.DirEntry) error {
	base := path.Base(name)
	if strings.HasPrefix(base, ".") {
		c.leaveOut(name, "hidden")
		return skipped(d)
	}
	if d.IsDir() {
		return nil
	}
	info, err := inside(root, file, name)
	if err != nil {
		return err
	}
	switch {
	case !info.Mode().IsRegular():
		c.leaveOut(name, "not a plain file")
	case strings.HasSuffix(base, "_test.lua"):
		c.leaveOut(name, "a test")
	case strings.HasSuffix(base, ".moon"):
		c.leaveOut(name, "a pack")
	case strings.HasSuffix(base, "~"):
		c.leaveOut(name, "an editor's copy")
	default:
		return c.read(file, name, info.Size())
	}
	return nil
}

func skipped(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// inside describes a file, which may be a link to another one below root.
func inside(root, file, name string) (fs.FileInfo, error) {
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return nil, err
	}
	if rel, err := filepath.Rel(root, real); err != nil || !filepath.IsLocal(rel) {
		return nil, fmt.Errorf("%s is a link out of its folder, to %s", name, real)
	}
	return os.Stat(real)
}

// read adds a file's bytes.
func (c *Collection) read(file, name string, size int64) error {
	if size > maxFile {
		return fmt.Errorf("%s: %d bytes are more than a file in a pack may have (%d)", name, size, maxFile)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if isSecretKey(data) {
		c.leaveOut(name, "a secret key")
		return nil
	}
	c.Files[name] = data
	return nil
}

// isSecretKey tells keys that sign from other files, so that nobody gives his own away.
func isSecretKey(data []byte) bool {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	return bytes.HasPrefix(first, []byte("untrusted comment:")) && bytes.Contains(first, []byte("secret key"))
}

func (c *Collection) leaveOut(name, why string) {
	c.LeftOut = append(c.LeftOut, name+" ("+why+")")
}

// Single collects the recipe of one file: it, the modules beside it that it requires by name, and the data files that it
// reads by name with script.open and script.read.
func Single(file string) (*Collection, error) {
	dir, main := filepath.Split(file)
	if dir == "" {
		dir = "."
	}
	root, err := filepath.EvalSymlinks(dir)
	if err == nil {
		root, err = filepath.Abs(root)
	}
	if err != nil {
		return nil, err
	}
	c := &Collection{Recipe: Recipe{Name: strings.TrimSuffix(main, ".lua"), Main: main, Files: map[string][]byte{}}}
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	c.Files[main] = source
	return c, c.follow(root, source)
}

// follow adds the files that a source names, and those that they name.
func (c *Collection) follow(root string, source []byte) error {
	refs := referencesIn(string(source))
	for _, module := range refs.modules {
		for _, name := range moduleFiles(module) {
			if found, err := c.add(root, name); err != nil {
				return err
			} else if found {
				if err := c.follow(root, c.Files[name]); err != nil {
					return err
				}
			}
		}
	}
	for _, name := range refs.data {
		if _, err := c.add(root, path.Clean(name)); err != nil {
			return err
		}
	}
	return nil
}

// add adds a file that isn't there yet; found says that it came now.
func (c *Collection) add(root, name string) (found bool, err error) {
	file := filepath.Join(root, filepath.FromSlash(name))
	if checkPath(name) != nil || c.Files[name] != nil || !isFile(file) {
		return false, nil
	}
	info, err := inside(root, file, name)
	if err == nil {
		err = c.read(file, name, info.Size())
	}
	return err == nil && c.Files[name] != nil, err
}

func isFile(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular()
}

// moduleFiles are the files that may hold a module.
func moduleFiles(module string) []string {
	base := strings.ReplaceAll(module, ".", "/")
	return []string{base + ".lua", base + "/init.lua"}
}

// Missing are the modules that the recipe's files require by name and that are not among them.
func (r *Recipe) Missing() []string {
	var missing []string
	for name, data := range r.Files {
		if !strings.HasSuffix(name, ".lua") {
			continue
		}
		for _, module := range referencesIn(string(data)).modules {
			if !slices.ContainsFunc(moduleFiles(module), func(file string) bool { return r.Files[file] != nil }) {
				missing = append(missing, module)
			}
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}
