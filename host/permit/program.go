package permit

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"

	"moonwire/host/network"
)

// programs are the files that words stand for. Each is looked for once: what PATH leads to later is not asked.
type programs struct {
	mu    sync.Mutex
	found map[string]string
}

// mostPrograms bounds the words that are remembered.
const mostPrograms = 1 << 10

// find is the file that a word starts, as a path from the root.
func (s *programs) find(word string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if path, known := s.found[word]; known {
		return path, nil
	}
	path, err := exec.LookPath(word) // which takes none from the current folder
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err == nil && len(s.found) < mostPrograms {
		if s.found == nil {
			s.found = make(map[string]string)
		}
		s.found[word] = path
	}
	return path, err
}

// runs decides about a program, and is the file to start.
func (p *Policy) runs(program string) (string, error) {
	is := func(g Grant) bool {
		return g.Kind == Run && (g.Name == Anything || g.Name == program || p.sameProgram(g.Name, program))
	}
	tried := "running " + program
	if err := p.forbidden(tried, is); err != nil {
		return "", err
	}
	if !p.All && !slices.ContainsFunc(p.Allow, is) {
		return "", p.refuse(&Refusal{Tried: tried, Would: Grants{{Kind: Run, Name: program}}}, Run)
	}
	path, err := p.programs.find(program)
	if err == nil && !p.All && !p.Allow.Covers(Run.All()) && p.mayWrite(path) {
		err = p.refuse(&Refusal{Tried: tried, Why: "it may write " + path + ", and so make it another program"}, Run, Write)
	}
	return path, err
}

// mostLinks is how many links are followed to a program's file.
const mostLinks = 40

// mayWrite says whether a script could change what is started by a path: the file, or a link on the way to it.
func (p *Policy) mayWrite(path string) bool {
	f := &files{policy: p, given: network.OSFiles(), real: filepath.EvalSymlinks}
	for range mostLinks {
		folder, err := filepath.EvalSymlinks(filepath.Dir(path))
		if err != nil {
			return true
		}
		if f.can(Write, path) || f.can(Write, filepath.Join(folder, filepath.Base(path))) {
			return true
		}
		target, err := os.Readlink(path)
		if err != nil {
			return false
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(folder, target)
		}
		path = target
	}
	return true
}

// sameProgram says whether two words start one file.
func (p *Policy) sameProgram(a, b string) bool {
	one, err := p.programs.find(a)
	two, err2 := p.programs.find(b)
	if err != nil || err2 != nil {
		return false
	}
	is, err := os.Stat(one)
	got, err2 := os.Stat(two)
	// Programs of several names (busybox) are as many programs.
	return err == nil && err2 == nil && os.SameFile(is, got) && filepath.Base(one) == filepath.Base(two)
}
