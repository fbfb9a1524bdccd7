package test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// lines counts how often lines run, in the files that a test loads.
type lines struct {
	files map[string]map[int]int // by file and line; 0: it could run
	known map[*lua.FunctionProto]map[int]int
}

// countLines begins to count in all threads of L's runtime.
func countLines(L *lua.LState) *lines {
	l := &lines{files: map[string]map[int]int{}, known: map[*lua.FunctionProto]map[int]int{}}
	machine.WatchLines(L, func(proto *lua.FunctionProto, line int) {
		file, ok := l.known[proto]
		if !ok {
			file = l.meet(proto)
		}
		if file != nil {
			file[line]++
		}
	})
	return l
}

// meet notes what a function that runs for the first time has in it; nil when its file isn't counted.
func (l *lines) meet(proto *lua.FunctionProto) map[int]int {
	if !counted(proto.SourceName) {
		l.known[proto] = nil
		return nil
	}
	file := l.files[proto.SourceName]
	if file == nil {
		file = map[int]int{}
		l.files[proto.SourceName] = file
	}
	l.known[proto] = file
	candidates(proto, file)
	return file
}

// candidates adds the lines that a function and those in it could run.
func candidates(proto *lua.FunctionProto, to map[int]int) {
	for _, line := range proto.DbgSourcePositions {
		if line > 0 {
			to[line] += 0
		}
	}
	for _, inner := range proto.FunctionPrototypes {
		candidates(inner, to)
	}
}

// counted says whether a chunk is a file of the user's: no module of the library, no code given as text, no test.
func counted(name string) bool {
	return strings.HasSuffix(name, ".lua") && !strings.HasSuffix(name, "_test.lua")
}

// end stops counting.
func (l *lines) end(L *lua.LState) { machine.WatchLines(L, nil) }

// Count is how often each line of a file ran.
type Count map[int]int

// Coverage is that of several files, by their names.
type Coverage map[string]Count

// add takes what one test counted.
func (c Coverage) add(files map[string]map[int]int) {
	for name, counts := range files {
		name = filepath.Clean(name)
		if c[name] == nil {
			c[name] = Count{}
		}
		for line, n := range counts {
			c[name][line] += n
		}
	}
}

// Files are the files in order.
func (c Coverage) Files() []string { return slices.Sorted(maps.Keys(c)) }
