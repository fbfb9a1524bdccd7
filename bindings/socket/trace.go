package socket

import (
	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// TraceModule declares all that Lua sees as require "socket.trace".
func TraceModule() *decl.Module {
	call := list(arg("calls", "table[]", "one table per call, at its end: time, task, call, class, here, peer, bytes, data, what, error"))
	return &decl.Module{
		Name: "socket.trace",
		Doc:  "Record a script's socket calls: who called what, on which connection, with which bytes.",
		Funcs: shownAll("socket.trace", []decl.Function{
			decl.Raw{
				Name: "start", Doc: "Record from now on. The list that is returned grows with each call.",
				Options: list(opt("excerpt", "integer", "64", "bytes of data to keep of each call"),
					opt("limit", "integer", "10000", "calls to keep; later ones are counted in the list's field lost")),
				Results: call, Why: "returns a list that goes on growing", Run: traceStart,
				Example: `local calls = require "socket.trace".start()
socket.tcp4():close()
calls[1].call --> close`,
			},
			decl.Raw{Name: "stop", Doc: "Record no more, and return the list; nil when nothing was recorded.", Results: call,
				Why: "returns the list of start", Run: traceStop},
		}),
	}
}

// A recorder keeps calls in a Lua list.
type recorder struct {
	L       *lua.LState
	list    *lua.LTable
	excerpt int
	limit   int
	lost    int
}

func traceStart(L *lua.LState) int {
	lib := libraryOf(L)
	r := &recorder{L: L, list: L.CreateTable(16, 0), excerpt: 64, limit: 10000}
	if L.Get(1) != lua.LNil {
		r.excerpt = intField(L, checkTable(L, 1), "excerpt", r.excerpt)
		r.limit = intField(L, checkTable(L, 1), "limit", r.limit)
	}
	lib.recorder = r
	L.Push(r.list)
	return 1
}

func traceStop(L *lua.LState) int {
	lib := libraryOf(L)
	r := lib.recorder
	if r == nil {
		L.Push(lua.LNil)
		return 1
	}
	lib.recorder = nil
	L.Push(r.list)
	return 1
}

// record adds a call to the list.
func (r *recorder) record(c network.Call) {
	if r.list.Len() >= r.limit {
		r.lost++
		r.list.RawSetString("lost", lua.LNumber(r.lost))
		return
	}
	t := r.L.CreateTable(0, 10)
	t.RawSetString("time", lua.LNumber(float64(c.Time.UnixMicro())/1e6))
	t.RawSetString("bytes", lua.LNumber(c.Bytes))
	for _, f := range []struct{ name, value string }{
		{"task", c.Task}, {"call", c.Name}, {"class", c.Class}, {"here", c.Here}, {"peer", c.Peer},
		{"data", c.Data[:min(len(c.Data), r.excerpt)]}, {"what", c.What}, {"error", c.Err},
	} {
		if f.value != "" {
			t.RawSetString(f.name, lua.LString(f.value))
		}
	}
	r.list.Append(t)
}

func intField(L *lua.LState, t *lua.LTable, name string, def int) int {
	v := t.RawGetString(name)
	if v == lua.LNil {
		return def
	}
	n, ok := toNumber(v)
	if !ok || n < 0 {
		raise(L, "bad option '"+name+"' to 'start' (a count expected)")
	}
	return int(n)
}
