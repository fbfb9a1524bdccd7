package vm

import (
	"sync"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// handles knows every open handle, the task that answers for it, and the line that made it.
type handles struct {
	mu   sync.Mutex
	open map[decl.Handle]*owned
}

// owned is one open handle, in the list of its task.
type owned struct {
	handle     decl.Handle
	task       *Task // nil while it is on its way to who receives it
	made       site
	prev, next *owned
}

// Own ties a handle to the current task.
func (h *thread) Own(L *lua.LState, handle decl.Handle) {
	o := &owned{handle: handle, made: siteOf(L, 1)}
	hs := &h.rt.handles
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if hs.open == nil {
		hs.open = make(map[decl.Handle]*owned)
	}
	hs.open[handle] = o
	o.link(h.task)
}

// Disown ends that.
func (h *thread) Disown(handle decl.Handle) { h.rt.handles.drop(handle) }

func (hs *handles) drop(handle decl.Handle) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if o := hs.open[handle]; o != nil {
		delete(hs.open, handle)
		o.unlink()
	}
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
		v.ForEach(func(_, item lua.LValue) {
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

// takeFrom removes what t still answers for, the youngest first.
func (hs *handles) takeFrom(t *Task) []*owned {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	var all []*owned
	for o := t.owned; o != nil; o = t.owned {
		o.unlink()
		delete(hs.open, o.handle)
		all = append(all, o)
	}
	return all
}

// takeAll removes every open handle.
func (hs *handles) takeAll() []*owned {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	all := make([]*owned, 0, len(hs.open))
	for _, o := range hs.open {
		all = append(all, o)
	}
	clear(hs.open)
	return all
}

func closeHandles(all []*owned) {
	for _, o := range all {
		o.handle.Close()
	}
}
