package smi

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"moonwire/host/mib"
	"moonwire/host/network"
)

// Known are modules that imports may come from beside those in the files. *mib.Tree is one.
type Known interface {
	Module(name string) *mib.Module
	Named(name string) []*mib.Node
}

// Options say how files are read.
type Options struct {
	// Permissive keeps definitions whose faults leave no doubt of what is meant. Their problems are warnings then.
	Permissive bool
	// Known may be nil.
	Known Known
}

// A Set is what files hold.
type Set struct {
	Modules  []*mib.Module // in the order of their names
	Files    int           // that were read
	Skipped  []string      // files in directories that have no module
	Problems []Problem     // in the order of the files and lines
}

// Nodes is the number of nodes.
func (s *Set) Nodes() (n int) {
	for _, m := range s.Modules {
		n += len(m.Nodes)
	}
	return n
}

// Load reads MIB files and all in directories, and gives every definition its OID. It fails only when ctx ends: what is
// wrong with files stands among the problems.
func Load(ctx context.Context, files network.Files, paths []string, o Options) (*Set, error) {
	w := walker{ctx: ctx, files: files, seen: map[string]bool{}}
	for _, path := range paths {
		w.add(path, true, 0)
	}
	read := readAll(ctx, files, w.found, o.Permissive)
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	s := &Set{Problems: w.problems}
	r := newResolver(o)
	for i, f := range w.found {
		s.take(r, f, read[i])
	}
	if err := r.resolve(ctx); err != nil {
		return nil, err
	}
	s.Modules = r.modules()
	s.Problems = append(s.Problems, r.problems...)
	sortProblems(s.Problems)
	return s, nil
}

// Parse gives the definitions of one text their OIDs, as Load does for files; name stands in problems.
func Parse(name, text string, o Options) *Set {
	s := &Set{}
	r := newResolver(o)
	s.take(r, found{name, true}, reading{parsed: read(text, o.Permissive)})
	r.resolve(context.Background()) // which doesn't end
	s.Modules, s.Problems = r.modules(), append(s.Problems, r.problems...)
	sortProblems(s.Problems)
	return s
}

// reading is what came of a file.
type reading struct {
	parsed *parsed
	plain  bool // a text without any sign of a module
	err    error
}

// readAll reads files on all processors. A task that waits for it is busy, so a simulated clock stands still meanwhile.
func readAll(ctx context.Context, files network.Files, list []found, permissive bool) []reading {
	out := make([]reading, len(list))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(list)) {
		group.Go(func() {
			r := reader{files: files}
			for i := next.Add(1) - 1; i < int64(len(list)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				out[i] = r.file(list[i].path, permissive)
			}
		})
	}
	group.Wait()
	return out
}

func (r *reader) file(path string, permissive bool) reading {
	text, err := r.text(path)
	if err != nil {
		return reading{err: err}
	}
	return reading{parsed: cache.read(text, permissive), plain: !strings.Contains(text, "DEFINITIONS")}
}

// take gives the modules of a file to the resolver.
func (s *Set) take(r *resolver, f found, got reading) {
	if got.err != nil {
		problem := Problem{File: f.path, Fault: Unreadable, Lost: f.named, Text: reason(got.err)}
		if why, is := errors.AsType[*unread](got.err); is {
			problem.Text, problem.Remedy = why.text, why.remedy
		}
		s.Problems = append(s.Problems, problem)
		return
	}
	if len(got.parsed.modules) == 0 && got.plain && !f.named {
		s.Skipped = append(s.Skipped, f.path)
		return
	}
	s.Files++
	if len(got.parsed.modules) == 0 {
		s.Problems = append(s.Problems, Problem{File: f.path, Fault: NoModule, Lost: true, Text: "has no MIB module: NAME DEFINITIONS ::= BEGIN was not found"})
	}
	for _, p := range got.parsed.problems {
		p.File = f.path
		s.Problems = append(s.Problems, p)
	}
	for _, m := range got.parsed.modules {
		r.add(f.path, m)
	}
}
