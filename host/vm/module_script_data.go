package vm

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"moonwire/host/decl"
	"moonwire/host/vm/lua51"

	lua "github.com/yuin/gopher-lua"
)

// dataFunctions are how a script reads the files that come with it, wherever they are: in its folder, in its pack or in
// the tool that it was built into.
func dataFunctions() []decl.Function {
	name := []decl.Param{{Name: "name", Type: "string", Doc: "path from the script's own folder, with '/'"}}
	fails := []string{decl.NotFound, decl.Denied}
	return []decl.Function{
		decl.Raw{Name: "open", Run: scriptOpen, Why: "returns a file as io.open does",
			Doc: "Open a data file that comes with the script, for reading: a file as io.open gives it. It is looked for beside the script, in its pack " +
				"or in the tool that it was built into, and nowhere else. A restricted script that is a file needs the grant to read it.",
			Params: name, Results: []decl.Param{{Name: "file", Type: "file"}}, Fails: fails,
			Example: "local f = script.open(\"ports.csv\")\nf:read() --> \"ssh,22\""},
		decl.Raw{Name: "read", Run: scriptRead, Why: "knows the runtime",
			Doc:    "The bytes of a data file that comes with the script. It is looked for as script.open does.",
			Params: name, Results: []decl.Param{{Name: "data", Type: "string"}}, Fails: fails,
			Example: "script.read(\"ports.csv\"):match(\"http,(%d+)\") --> \"80\""},
	}
}

func scriptOpen(L *lua.LState) int {
	name, f, err := openData(L, "script.open")
	if err != nil {
		return decl.Fail(L, err)
	}
	L.Push(lua51.NewFile(L, name, f))
	return 1
}

func scriptRead(L *lua.LState) int {
	name, f, err := openData(L, "script.read")
	if err != nil {
		return decl.Fail(L, err)
	}
	data, err := io.ReadAll(f)
	f.Close()
	if err != nil {
		return decl.Fail(L, fmt.Errorf("script.read: %s: %w", name, err))
	}
	L.Push(lua.LString(data))
	return 1
}

// openData opens the file that a function's argument names.
func openData(L *lua.LState, function string) (string, readSeekCloser, error) {
	name := decl.String(L, function, 1)
	clean := path.Clean(name)
	if !fs.ValidPath(clean) || clean == "." || strings.ContainsAny(name, "\\\x00") {
		return name, nil, decl.Refuse(decl.Denied, fmt.Errorf("%s: '%s' is no path inside the script's own folder", function, name))
	}
	data := threadOf(L).rt.opt.Script.Data
	if data == nil {
		return name, nil, decl.Refuse(decl.NotFound, fmt.Errorf("%s: '%s': this script has no files of its own", function, name))
	}
	f, err := openFile(data, clean)
	if err != nil {
		return name, nil, fmt.Errorf("%s: '%s' is not among the script's own files: %w", function, name, err)
	}
	return name, f, nil
}

// A readSeekCloser is an open data file.
type readSeekCloser interface {
	io.ReadSeeker
	io.Closer
}

// openFile opens a plain file. One that can't seek is read whole.
func openFile(data fs.FS, name string) (readSeekCloser, error) {
	f, err := data.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = decl.Refuse(decl.Denied, fmt.Errorf("not a plain file"))
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	if s, ok := f.(readSeekCloser); ok {
		return s, nil
	}
	b, err := io.ReadAll(f)
	return inMemory{bytes.NewReader(b), f}, err
}

// inMemory is a file that was read whole.
type inMemory struct {
	*bytes.Reader
	io.Closer
}
