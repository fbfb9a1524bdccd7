package test

import (
	"io/fs"
	"strings"
	"sync"

	"moonwire/host/vm/lua51/code"
	"moonwire/host/vm/lua51/machine"
	"moonwire/stdlib"

	lua "github.com/yuin/gopher-lua"
)

// lines counts how often lines run in files that are neither tests nor the library's.
type lines struct {
	mu    sync.Mutex
	files map[string]map[int]int // by file and line; 0: it could have run
	known map[*lua.FunctionProto]map[int]int
}

func newLines() *lines {
	return &lines{files: map[string]map[int]int{}, known: map[*lua.FunctionProto]map[int]int{}}
}

// count is a vm.OnLine.
func (l *lines) count(at machine.Level, line int, begins bool) {
	if !begins {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	proto := at.Fn.Proto
	file, met := l.known[proto]
	if !met {
		file = l.meet(proto)
	}
	if file != nil {
		file[line]++
	}
}

// meet notes what a function that runs for the first time could run; nil when its file isn't counted.
func (l *lines) meet(proto *lua.FunctionProto) map[int]int {
	var file map[int]int
	if name, ok := strings.CutPrefix(code.ChunkName(proto), "@"); ok && counted(name) {
		if file = l.files[name]; file == nil {
			file = map[int]int{}
			l.files[name] = file
		}
		candidates(proto, file)
	}
	l.known[proto] = file
	return file
}

// candidates adds the lines of a function and of those in it.
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

// counted says whether a chunk is a file that tests are about.
func counted(name string) bool {
	if !strings.HasSuffix(name, ".lua") || strings.HasSuffix(name, "_test.lua") {
		return false
	}
	if file, ok := strings.CutPrefix(name, "stdlib/"); ok {
		_, err := fs.Stat(stdlib.FS, file)
		return err != nil
	}
	return true
}
