package vm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"reflect"
	"strings"
	"time"

	"moonwire/host/decl"
	"moonwire/host/vm/lua51"
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

func workerClass() *decl.Class {
	return &decl.Class{
		Name: "worker",
		Doc:  "A Lua file on another core. `for v in w do` receives until it ends.",
		Type: reflect.TypeFor[*worker](),
		Methods: append(lineMethods(),
			decl.Raw{Name: "close", Run: workerHangUp, Why: "the receiver is the runtime's",
				Doc:     "Send no more: the worker's recv then gives nil.",
				Example: "local w = task.worker(\"square\")\nw:close()\nw:join() --> "},
			decl.Raw{Name: "join", Run: workerJoin, Why: "returns what the file returned", Blocks: true,
				Doc:     "Wait for the worker's end. Returns what its file returned, raises what it raised.",
				Results: results, Fails: []string{decl.Cancelled},
				Example: "local w = task.worker(\"sum\", 1, 2) -- sum.lua: local port, a, b = ... return a + b\nw:join() --> 3"},
			decl.Raw{Name: "cancel", Run: workerCancel, Why: "the receiver is the runtime's", Blocks: true,
				Doc:     "End the worker, and wait for that.",
				Example: "local w = task.worker(\"endless\") w:cancel()\nw:join() --> nil, \"cancelled\", \"cancelled\""}),
		Meta: map[string]lua.LGFunction{"__call": lineNext},
	}
}

// portClass is the worker's end.
func portClass() *decl.Class {
	return &decl.Class{
		Name:    "port",
		Doc:     "A worker's line to who started it: its file's first argument. `for v in port do` receives until close.",
		Type:    reflect.TypeFor[*line](),
		Methods: lineMethods(),
		Meta:    map[string]lua.LGFunction{"__call": lineNext},
	}
}

func lineMethods() []decl.Function {
	value := []decl.Param{{Name: "value", Type: "any", Doc: "a plain value: no function, no handle"}}
	return []decl.Function{
		decl.Raw{Name: "send", Run: lineSend, Why: "takes any value", Blocks: true,
			Doc:    "Send a copy of a value; wait while too many are under way.",
			Params: value, Results: []decl.Param{{Name: "sent", Type: "true"}}, Fails: []string{decl.Closed},
			Example: "local w = task.worker(\"square\")\nw:send(3) --> true"},
		decl.Raw{Name: "recv", Run: lineRecv, Why: "returns any value", Blocks: true,
			Doc:     "Receive a value; wait while there is none.",
			Params:  []decl.Param{{Name: "timeout", Type: "number", Doc: "in seconds", Optional: true}},
			Results: value, Fails: []string{decl.Closed, decl.Timeout},
			Example: "local w = task.worker(\"square\") w:send(3)\nw:recv() --> 9"},
	}
}

var errLineClosed = decl.Refuse(decl.Closed, errors.New("the other end is closed"))

func taskWorker(L *lua.LState) int {
	h, name := threadOf(L), decl.String(L, "task.worker", 1)
	args := rest(L, 2)
	for i, v := range args {
		args[i] = checkCopy(L, "task.worker", i+2, v)
	}
	file, source, err := h.rt.readChunk(L, name)
	if err != nil {
		return decl.Fail(L, err)
	}
	w, err := h.rt.startWorker(h, file, source, args)
	if err != nil {
		return decl.Fail(L, err)
	}
	h.Own(L, w)
	L.Push(decl.NewUserData(L, w))
	return 1
}

func checkCopy(L *lua.LState, name string, n int, v lua.LValue) lua.LValue {
	out, err := copyValue(L, v)
	if err != nil {
		decl.RaiseArg(L, n, name, err.Error())
	}
	return out
}

func checkLine(L *lua.LState, name string) *line {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if w, ok := ud.Value.(*worker); ok {
			return &w.line
		}
	}
	return self[*line](L, name)
}

func lineSend(L *lua.LState) int {
	const name = "worker:send"
	l := checkLine(L, name)
	v, sent := checkCopy(L, name, 2, checkValue(L, name)), false
	threadOf(L).Block(L, func(ctx context.Context) error {
		sent = l.put(ctx, v)
		return nil
	})
	if !sent {
		return decl.Fail(L, errLineClosed)
	}
	L.Push(lua.LTrue)
	return 1
}

// receive takes a value from the line; late is true when d has passed first.
func (l *line) receive(L *lua.LState, d time.Duration) (v lua.LValue, late bool) {
	threadOf(L).Block(L, func(ctx context.Context) error {
		v, late = l.take(ctx, d)
		return nil
	})
	return v, late
}

func lineRecv(L *lua.LState) int {
	l, d := checkLine(L, "worker:recv"), optSeconds(L, "worker:recv", 2)
	v, late := l.receive(L, d)
	switch {
	case late:
		return decl.Fail(L, errLate)
	case v == nil:
		return decl.Fail(L, errLineClosed)
	}
	L.Push(v)
	return 1
}

func lineNext(L *lua.LState) int {
	v, _ := checkLine(L, "worker:recv").receive(L, -1)
	if v == nil {
		v = lua.LNil
	}
	L.Push(v)
	return 1
}

func workerHangUp(L *lua.LState) int {
	w := self[*worker](L, "worker:close")
	select {
	case <-w.hung:
	default:
		close(w.hung)
		w.changed()
	}
	return 0
}

func workerCancel(L *lua.LState) int {
	w := self[*worker](L, "worker:cancel")
	w.joined = true
	w.Close()
	w.wait(L)
	return 0
}

// wait waits for the worker's end.
func (w *worker) wait(L *lua.LState) {
	threadOf(L).Block(L, func(ctx context.Context) error {
		w.line.wait(ctx, w.done)
		return nil
	})
}

func workerJoin(L *lua.LState) int {
	w, t := self[*worker](L, "worker:join"), threadOf(L).task
	w.joined = true
	w.wait(L)
	var raised *Error
	var exit *Exit
	switch {
	case w.closed:
		return decl.Fail(L, decl.Refuse(decl.Cancelled, errCancelled))
	case errors.As(w.err, &raised):
		t.rethrow(L, &Error{Value: lua.LString(raised.Message), Traceback: raised.Traceback, Task: w.String()})
	case errors.As(w.err, &exit) && exit.Code == 0:
		return 0
	case w.err != nil:
		machine.Error(L, 1, "the worker ended with %s", w.err)
	}
	for _, v := range w.results {
		out, err := copyValue(L, v)
		if err != nil {
			machine.Error(L, 1, "%s", err)
		}
		L.Push(out)
	}
	return len(w.results)
}

// readChunk reads a Lua file, or the one that package.path or the standard library has for a module's name.
func (rt *Runtime) readChunk(L *lua.LState, name string) (file, source string, err error) {
	if rt.opt.Restricted || rt.opt.Own != nil {
		return rt.readOwn(name)
	}
	if strings.HasSuffix(name, ".lua") {
		source, err = rt.readFile(name)
		return name, source, err
	}
	places, _ := L.GetField(L.GetGlobal("package"), "path").(lua.LString)
	module := strings.ReplaceAll(name, ".", "/")
	for _, template := range strings.Split(string(places), ";") {
		file = strings.ReplaceAll(template, "?", module)
		if source, err = rt.readFile(file); err == nil {
			return file, source, nil
		}
	}
	if file, source, ok := rt.readLib(module); ok {
		return file, source, nil
	}
	return "", "", noModule(name, "in package.path")
}

// readOwn is readChunk in a restricted run: package.path is not asked.
func (rt *Runtime) readOwn(name string) (file, source string, err error) {
	module, isFile := strings.CutSuffix(name, ".lua")
	if source, file, err := lua51.FindModule(rt.opt.Own, module); !errors.Is(err, fs.ErrNotExist) {
		return file, source, err
	}
	if isFile {
		source, err = rt.readFile(name)
		return name, source, err
	}
	if file, source, ok := rt.readLib(strings.ReplaceAll(name, ".", "/")); ok {
		return file, source, nil
	}
	return "", "", noModule(name, "beside the script")
}

// readLib reads a module of Options.Lib.
func (rt *Runtime) readLib(module string) (file, source string, ok bool) {
	if rt.opt.Lib == nil {
		return "", "", false
	}
	b, err := fs.ReadFile(rt.opt.Lib, module+".lua")
	return path.Join("stdlib", module+".lua"), string(b), err == nil
}

func noModule(name, where string) error {
	return decl.Refuse(decl.NotFound, errors.New("task.worker: no file for module '"+name+"' "+where))
}

func (rt *Runtime) readFile(name string) (string, error) {
	if rt.opt.Files == nil {
		return "", os.ErrPermission
	}
	f, err := rt.opt.Files.Open(name, os.O_RDONLY, 0)
	if err != nil {
		return "", fmt.Errorf("task.worker: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	return string(b), err
}
