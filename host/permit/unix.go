package permit

import (
	"path/filepath"
	"runtime"
	"strings"

	"moonwire/host/network"
)

// unix decides about a socket of this machine's file system, whose path must be readable and writable, and uses it.
// Abstract ones, which are no files, are granted by their name with @ in front.
func (n *guarded) unix(name, verb string, use func(path string) error, makes bool) error {
	p, tried := n.policy, "unix "+verb+" "+name
	if name == "" && makes { // the system chooses an abstract name
		return use(name)
	}
	if abstract := strings.TrimPrefix(name, "\x00"); runtime.GOOS == "linux" && (abstract != name || strings.HasPrefix(name, "@")) {
		return p.abstract(tried, "@"+strings.TrimPrefix(abstract, "@"), func() error { return use(name) })
	}
	f := &files{policy: p, given: network.OSFiles(), real: filepath.EvalSymlinks}
	find := f.resolve
	if makes {
		find = f.unresolved
	}
	path, err := find(name)
	for _, k := range []Kind{Read, Write} {
		if err == nil {
			err = f.may(k, "unix "+verb, path, name)
		}
	}
	if err != nil {
		return named(name, err)
	}
	return hold(path, name, makes, use)
}

// abstract decides about a name of a socket that is no file.
func (p *Policy) abstract(tried, name string, use func() error) error {
	for _, k := range []Kind{Read, Write} {
		is := func(g Grant) bool { return g.Kind == k && (g.Name == name || g.Name == Anything) }
		if err := p.forbidden(tried, is); err != nil {
			return err
		}
		allowed := p.All
		for _, g := range p.Allow {
			allowed = allowed || is(g)
		}
		if !allowed {
			return p.refuse(&Refusal{Tried: tried, Would: Grants{{Kind: Read, Name: name}, {Kind: Write, Name: name}}}, Read, Write)
		}
	}
	return use()
}
