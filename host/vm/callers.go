package vm

import (
	"bytes"
	"context"
	"runtime"
	"strconv"
	"sync"

	"moonwire/host/network"
	"moonwire/host/network/trace"
)

// callers knows which goroutine runs which thread, so that a call on the network, which is told of from Go code without
// a Lua state, finds its task and its line. It is for those who are told of calls: nobody else pays for it.
type callers struct {
	mu      sync.Mutex
	threads map[string]*thread // by the goroutine's number; nil: nobody wants to know
	told    sync.Mutex         // lets OnCall be called by one goroutine at a time
}

// tracing has the calls on the networks of ctx told to OnCall.
func (rt *Runtime) tracing(ctx context.Context) context.Context {
	if rt.opt.OnCall == nil {
		return ctx
	}
	return network.With(trace.With(ctx, (*watcher)(rt)), network.From(ctx))
}

// enter notes which thread the running goroutine is for, until leave.
func (c *callers) enter(h *thread) (leave func()) {
	if h.rt.opt.OnCall == nil {
		return func() {}
	}
	id := goroutine()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.threads == nil {
		c.threads = map[string]*thread{}
	}
	c.threads[id] = h
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.threads, id)
	}
}

// goroutine is the running goroutine's number, from the first line of its stack: "goroutine 7 [running]:".
func goroutine() string {
	var b [64]byte
	line := b[:runtime.Stack(b[:], false)]
	id, _, _ := bytes.Cut(bytes.TrimPrefix(line, []byte("goroutine ")), []byte(" "))
	return string(id)
}

// watcher is a Runtime as a trace.Watcher.
type watcher Runtime

// Caller is the running goroutine's task, and its line of Lua.
func (w *watcher) Caller() (task, line string) {
	id := goroutine()
	w.callers.mu.Lock()
	h := w.callers.threads[id]
	w.callers.mu.Unlock()
	if h == nil {
		return "", ""
	}
	if at := siteOf(h.L, 0); at.line > 0 {
		line = at.file + ":" + strconv.Itoa(at.line)
	}
	return h.task.name, line
}

// Call hands a call on.
func (w *watcher) Call(c network.Call) {
	w.callers.told.Lock()
	defer w.callers.told.Unlock()
	w.opt.OnCall(c)
}
