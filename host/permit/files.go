package permit

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"moonwire/host/network"
)

// Files is f as p allows it. A name is first made a real path, without links in it; that is what grants are compared with,
// and what is opened then, without following any link: who puts one there in between gets an error.
func (p *Policy) Files(f network.Files) network.Files {
	if f == nil || p.Free() || p.All && len(p.Deny.of(Read))+len(p.Deny.of(Write)) == 0 {
		return f
	}
	if network.IsOSFiles(f) {
		return &files{policy: p, real: filepath.EvalSymlinks, exact: linkless{f}, given: f}
	}
	return &files{policy: p, real: f.Real, exact: f, given: f}
}

// files is a file system under a policy.
type files struct {
	policy *Policy
	given  network.Files
	real   func(string) (string, error) // a path with every link resolved
	exact  network.Files                // takes real paths

	mu     sync.Mutex
	dir    string            // "": the process's
	places map[string]string // what the paths of grants stand for
}

// absolute is name as a clean path from the root.
func (f *files) absolute(name string) (string, error) {
	if filepath.IsAbs(name) {
		return filepath.Clean(name), nil
	}
	dir, err := f.Getwd()
	return filepath.Join(dir, name), err
}

// resolve makes name a real path. What isn't there yet is in a folder that is; a link that leads nowhere is itself.
func (f *files) resolve(name string) (string, error) {
	path, err := f.absolute(name)
	if err != nil {
		return "", err
	}
	real, err := f.real(path)
	if errors.Is(err, fs.ErrNotExist) {
		return f.unresolved(name)
	}
	return real, f.hidden(name, path, err)
}

// hidden makes an error tell nothing of where nothing was granted: not even what is there.
func (f *files) hidden(name, path string, err error) error {
	if err == nil || f.policy.All {
		return err
	}
	for _, g := range f.policy.Allow {
		if (g.Kind == Read || g.Kind == Write) && f.has(g, path, false) {
			return err
		}
	}
	return f.policy.refuse(&Refusal{Tried: "reaching " + name}, Read, Write)
}

// unresolved is resolve that leaves a link at the end as it is.
func (f *files) unresolved(name string) (string, error) {
	path, err := f.absolute(name)
	if err != nil {
		return "", err
	}
	dir, base := filepath.Split(path)
	if base == "" {
		return path, nil
	}
	real, err := f.real(dir)
	return filepath.Join(real, base), f.hidden(name, path, err)
}

// may decides about a real path.
func (f *files) may(k Kind, verb, path, name string) error {
	p, tried := f.policy, verb+" "+name
	if err := p.forbidden(tried, func(g Grant) bool { return g.Kind == k && f.has(g, path, true) }); err != nil {
		return err
	}
	if p.All {
		return nil
	}
	for _, g := range p.Allow {
		if g.Kind == k && f.has(g, path, false) {
			return nil
		}
	}
	e := &Refusal{Tried: tried, Would: Grants{{Kind: k, Name: path}}}
	if abs, err := f.absolute(name); err == nil && abs != path {
		e.Why = "it is " + path
	}
	return p.refuse(e, k)
}

// has says whether a grant holds a real path. fold forgives the case of letters where the system does.
func (f *files) has(g Grant, path string, fold bool) bool {
	if g.Name == Anything {
		return true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	at, known := f.places[g.Name]
	if !known {
		at = f.place(absolute(g.Name))
		if f.places == nil {
			f.places = make(map[string]string)
		}
		f.places[g.Name] = at
	}
	return below(at, path) || fold && (runtime.GOOS == "darwin" || runtime.GOOS == "windows") && below(strings.ToLower(at), strings.ToLower(path))
}

// place is the real path of a grant's, as far as it is there.
func (f *files) place(path string) string {
	if real, err := f.real(path); err == nil {
		return real
	}
	dir, base := filepath.Split(filepath.Clean(path))
	if base == "" {
		return path
	}
	return filepath.Join(f.place(filepath.Clean(dir)), base)
}

// named makes an error speak of the name that was asked for.
func named(name string, err error) error {
	var bad *fs.PathError
	if errors.As(err, &bad) {
		return &fs.PathError{Op: bad.Op, Path: name, Err: bad.Err}
	}
	return err
}

func (f *files) Open(name string, flag int, perm fs.FileMode) (network.File, error) {
	path, err := f.resolve(name)
	if err != nil {
		return nil, named(name, err)
	}
	if flag&(os.O_WRONLY|os.O_RDWR|os.O_CREATE|os.O_TRUNC|os.O_APPEND) != 0 {
		err = f.may(Write, "writing", path, name)
	}
	if err == nil && flag&os.O_WRONLY == 0 {
		err = f.may(Read, "reading", path, name)
	}
	if err != nil {
		return nil, err
	}
	file, err := f.exact.Open(path, flag, perm)
	return file, named(name, err)
}

func (f *files) Stat(name string) (fs.FileInfo, error) {
	path, err := f.resolve(name)
	if err == nil {
		err = f.may(Read, "looking at", path, name)
	}
	if err != nil {
		return nil, named(name, err)
	}
	info, err := f.exact.Stat(path)
	return info, named(name, err)
}

func (f *files) Lstat(name string) (fs.FileInfo, error) {
	path, err := f.unresolved(name)
	if err == nil {
		err = f.may(Read, "looking at", path, name)
	}
	if err != nil {
		return nil, named(name, err)
	}
	info, err := f.exact.Lstat(path)
	return info, named(name, err)
}

func (f *files) ReadDir(name string) ([]fs.DirEntry, error) {
	path, err := f.resolve(name)
	if err == nil {
		err = f.may(Read, "reading", path, name)
	}
	if err != nil {
		return nil, named(name, err)
	}
	entries, err := f.exact.ReadDir(path)
	return entries, named(name, err)
}

func (f *files) Readlink(name string) (string, error) {
	path, err := f.unresolved(name)
	if err == nil {
		err = f.may(Read, "reading", path, name)
	}
	if err != nil {
		return "", named(name, err)
	}
	target, err := f.exact.Readlink(path)
	return target, named(name, err)
}

// change decides about a change of a name, which isn't followed when it is a link, and makes it.
func (f *files) change(verb, name string, make func(path string) error) error {
	path, err := f.unresolved(name)
	if err == nil {
		err = f.may(Write, verb, path, name)
	}
	if err == nil {
		err = make(path)
	}
	return named(name, err)
}

func (f *files) Remove(name string) error { return f.change("removing", name, f.exact.Remove) }

func (f *files) Mkdir(name string, perm fs.FileMode) error {
	return f.change("making", name, func(path string) error { return f.exact.Mkdir(path, perm) })
}

func (f *files) Chtimes(name string, access, modification time.Time) error {
	path, err := f.resolve(name)
	if err == nil {
		err = f.may(Write, "changing the times of", path, name)
	}
	if err == nil {
		err = f.exact.Chtimes(path, access, modification)
	}
	return named(name, err)
}

// Rename asks for reading, too, where the new name could be read: it would show what the old one hid.
func (f *files) Rename(from, to string) error {
	return f.change("renaming to", to, func(new string) error {
		return f.change("renaming", from, func(old string) error {
			if !f.can(Read, old) && f.can(Read, new) {
				return f.may(Read, "renaming", old, from)
			}
			return f.exact.Rename(old, new)
		})
	})
}

// Link asks for all that the new name would give.
func (f *files) Link(target, name string) error {
	return f.change("linking", name, func(new string) error {
		return f.change("linking to", target, func(old string) error {
			if err := f.may(Read, "linking to", old, target); err != nil {
				return err
			}
			return f.exact.Link(old, new)
		})
	})
}

// can is may without a refusal.
func (f *files) can(k Kind, path string) bool {
	for _, g := range f.policy.Deny {
		if g.Kind == k && f.has(g, path, true) {
			return false
		}
	}
	if f.policy.All {
		return true
	}
	for _, g := range f.policy.Allow {
		if g.Kind == k && f.has(g, path, false) {
			return true
		}
	}
	return false
}

// Symlink makes links only to where the script may write itself: others follow them with other rights. One that leads up from
// its folder would lead elsewhere when it is moved, or its folder is.
func (f *files) Symlink(target, name string) error {
	return f.change("linking", name, func(path string) error {
		to := target
		if !filepath.IsAbs(to) {
			if !f.policy.All && slices.Contains(strings.Split(filepath.ToSlash(to), "/"), "..") {
				return f.policy.refuse(&Refusal{Tried: "linking to " + target, Why: "it leads up from its folder, and elsewhere when that is moved"}, Write)
			}
			to = filepath.Join(filepath.Dir(path), to)
		}
		if err := f.may(Write, "linking to", filepath.Clean(to), target); err != nil {
			return err
		}
		return f.exact.Symlink(target, path)
	})
}

// TempFile makes a file in the folder for such.
func (f *files) TempFile(pattern string) (network.File, error) {
	if strings.ContainsRune(pattern, filepath.Separator) {
		return nil, &fs.PathError{Op: "createtemp", Path: pattern, Err: fs.ErrInvalid}
	}
	before, after, _ := cutLast(pattern+"*", "*")
	if strings.Contains(pattern, "*") {
		before, after, _ = cutLast(pattern, "*")
	}
	for range 1000 {
		name := filepath.Join(os.TempDir(), before+randomDigits()+after)
		file, err := f.Open(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
	return nil, &fs.PathError{Op: "createtemp", Path: pattern, Err: fs.ErrExist}
}

// Real tells of what may be read only.
func (f *files) Real(name string) (string, error) {
	path, err := f.absolute(name)
	if err == nil {
		path, err = f.real(path)
	}
	if err == nil {
		err = f.may(Read, "looking at", path, name)
	}
	if err != nil {
		return "", named(name, err)
	}
	return path, nil
}

func (f *files) Getwd() (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dir != "" {
		return f.dir, nil
	}
	return f.given.Getwd()
}

// Chdir makes a folder that may be read or written the one where names start.
func (f *files) Chdir(name string) error {
	if name == "" {
		return &fs.PathError{Op: "chdir", Path: name, Err: fs.ErrNotExist}
	}
	path, err := f.resolve(name)
	if err == nil && !f.can(Write, path) {
		err = f.may(Read, "entering", path, name)
	}
	if err == nil {
		var info fs.FileInfo
		if info, err = f.exact.Stat(path); err == nil && !info.IsDir() {
			err = &fs.PathError{Op: "chdir", Path: name, Err: errNoFolder}
		}
	}
	if err != nil {
		return named(name, err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dir = path
	return nil
}

func randomDigits() string {
	const digits = "0123456789abcdefghijklmnopqrstuvwxyz"
	b := make([]byte, 10)
	for i := range b {
		b[i] = digits[rand.IntN(len(digits))]
	}
	return string(b)
}
