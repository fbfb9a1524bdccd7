package vm

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// handles knows every open handle, the task that answers for it, and the line that made it.
type handles struct {
	mu   sync.Mutex
	open map[decl.Handle]*owned
	made uint64 // so far
	full int    // so many open ones make it look for those that are over

	all *atomic.Int64 // that are open, those of workers included
}

// owned is one open handle, in the list of its task.
type owned struct {
	handle     decl.Handle
	number     uint64 // what was made before has a lower one
	task       *Task  // nil while it is on its way to who receives it
	made       site
	prev, next *owned
}

// Own ties a handle to the current task.
func (h *thread) Own(L *lua.LState, handle decl.Handle) {
	o := &owned{handle: handle, made: h.rt.ownLine(L)}
	limit := h.rt.opt.Limits.Handles
	h.rt.handles.take(o, h.task, limit)
	if limit > 0 && h.rt.handles.all.Load() > limit {
		h.rt.root.stop(&stop{kind: stopLimit, text: fmt.Sprintf("the limit of %d open sockets, links and the like is reached (--max-handles)", limit)})
	}
}

// take makes t answer for a handle, of which there may be so many; 0: any number.
func (hs *handles) take(o *owned, t *Task, limit int64) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if hs.open == nil {
		hs.open = make(map[decl.Handle]*owned)
	}
	if len(hs.open) >= hs.full || limit > 0 && hs.all.Load() >= limit {
		hs.sweep()
	}
	hs.made++
	o.number = hs.made
	if hs.open[o.handle] == nil {
		hs.all.Add(1)
	}
	hs.open[o.handle] = o
	o.link(t)
}

// sweep forgets what is over. It needs hs.mu.
func (hs *handles) sweep() {
	for handle, o := range hs.open {
		if over(handle) {
			delete(hs.open, handle)
			hs.all.Add(-1)
			o.unlink()
		}
	}
	const few = 64
	hs.full = 2*len(hs.open) + few
}

// over says whether a handle has ended by itself.
func over(h decl.Handle) bool {
	e, ends := h.(decl.Ending)
	return ends && e.Over()
}

// CloseWhenLost closes a handle that nothing in Lua refers to any more. Under simulated time its task's end does that:
// the collector comes at another moment in each run.
func (h *thread) CloseWhenLost(ud *lua.LUserData, handle decl.Handle) {
	if h.rt.sim != nil {
		return
	}
	runtime.AddCleanup(ud, h.rt.lost, handle)
}

// lost is called by the collector, which must not wait for the baton.
func (rt *Runtime) lost(handle decl.Handle) {
	go func() {
		rt.enter(nil)
		defer rt.leave()
		if o := rt.handles.drop(handle); o != nil {
			rt.leaked(o)
			handle.Close()
		}
	}()
}

// Disown ends that.
func (h *thread) Disown(handle decl.Handle) { h.rt.handles.drop(handle) }

// drop forgets a handle; nil when it wasn't known.
func (hs *handles) drop(handle decl.Handle) *owned {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	o := hs.open[handle]
	if o != nil {
		delete(hs.open, handle)
		hs.all.Add(-1)
		o.unlink()
	}
	return o
}

func (o *owned) link(t *Task) {
	if o.task = t; t == nil {
		return
	}
	if o.next = t.owned; o.next != nil {
		o.next.prev = o
	}
	t.owned = o
}

func (o *owned) unlink() {
	switch {
	case o.prev != nil:
		o.prev.next = o.next
	case o.task != nil:
		o.task.owned = o.next
	}
	if o.next != nil {
		o.next.prev = o.prev
	}
	o.prev, o.next, o.task = nil, nil, nil
}

// move makes t answer for the handles in v: v itself, or what a table holds directly.
func (hs *handles) move(v lua.LValue, t *Task) {
	switch v := v.(type) {
	case *lua.LUserData:
		hs.moveOne(v, t)
	case *lua.LTable:
		decl.Each(v, func(_, item lua.LValue) {
			if ud, ok := item.(*lua.LUserData); ok {
				hs.moveOne(ud, t)
			}
		})
	}
}

func (hs *handles) moveOne(ud *lua.LUserData, t *Task) {
	h, ok := ud.Value.(decl.Handle)
	if !ok {
		return
	}
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if o := hs.open[h]; o != nil {
		o.unlink()
		o.link(t)
	}
}

// takeFrom removes what t still answers for, the youngest first. What ends by itself goes on without a task.
func (hs *handles) takeFrom(t *Task) []*owned {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	var all []*owned
	for o := t.owned; o != nil; o = t.owned {
		o.unlink()
		if _, ends := o.handle.(decl.Ending); ends {
			continue
		}
		delete(hs.open, o.handle)
		hs.all.Add(-1)
		all = append(all, o)
	}
	return all
}

// takeAll removes every open handle, the youngest first.
func (hs *handles) takeAll() []*owned {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	all := make([]*owned, 0, len(hs.open))
	for _, o := range hs.open {
		all = append(all, o)
	}
	hs.all.Add(-int64(len(hs.open)))
	clear(hs.open)
	slices.SortFunc(all, func(a, b *owned) int { return cmp.Compare(b.number, a.number) })
	return all
}

// Leak is a handle that a script forgot to close.
type Leak struct {
	What string // the handle's String
	Made string // FILE:LINE of the call that made it
}

func (l Leak) String() string { return l.What + ", made at " + l.Made }

// leaked reports a handle that the runtime closes in the script's place. One that no line of Lua made is the host's own:
// the lab that a script runs in.
func (rt *Runtime) leaked(o *owned) {
	if rt.opt.OnLeak != nil && o.made.file != "" && !over(o.handle) {
		rt.opt.OnLeak(Leak{o.handle.String(), o.made.String()})
	}
}

// closeHandles closes what a task left open. One that was cut short could not close it: no leak.
func (t *Task) closeHandles() {
	for _, o := range t.rt.handles.takeFrom(t) {
		if t.why == nil && t.err == nil {
			t.rt.leaked(o)
		}
		o.handle.Close()
	}
}

// closeAll closes what no task answers for, at the end.
func (rt *Runtime) closeAll() {
	for _, o := range rt.handles.takeAll() {
		rt.leaked(o)
		o.handle.Close()
	}
}
