package socket

import (
	"context"
	"fmt"
	"sort"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/permit"

	lua "github.com/yuin/gopher-lua"
)

// setSize is how many descriptors select can look at: numbers below it.
const setSize = 1024

// A candidate is one entry of a list given to select.
type candidate struct {
	fd     int
	object lua.LValue
	event  network.Event
}

// selectFunc is socket.select(recvt, sendt [, timeout]).
func selectFunc(L *lua.LState) int {
	lib := libraryOf(L)
	o := object{lib: lib, tm: timeouts{optNumber(L, 3, -1), -1}}
	list := append(lib.candidates(L, 1, network.Readable), lib.candidates(L, 2, network.Writable)...)
	sort.SliceStable(list, func(i, j int) bool { return list[i].fd < list[j].fd })
	dirty := dirtyOnes(L)
	if len(dirty) > 0 {
		o.tm.block = 0
	}
	waits, owner, err := waitsOf(lib, list, dirty)
	if err == nil {
		lim := o.begin(L)
		err = decl.HostOf(L).Block(L, func(ctx context.Context) error {
			ctx, free := lim.context(ctx)
			defer free()
			return network.Select(ctx, waits)
		})
	}
	readable, writable := L.CreateTable(4, 4), L.CreateTable(4, 4)
	for _, v := range dirty {
		add(readable, v)
	}
	if err == nil {
		for i, w := range waits {
			if w.Ready&network.Readable != 0 {
				add(readable, owner[i].object)
			}
			if w.Ready&network.Writable != 0 {
				add(writable, owner[i].object)
			}
		}
	}
	L.Push(readable)
	L.Push(writable)
	switch {
	case err == nil || len(dirty) > 0:
		return 2
	case text(err) == msgTimeout:
		L.Push(lua.LString(msgTimeout))
		return 3
	}
	raise(L, "select failed")
	return 0
}

// candidates reads one of select's lists: anything with a getfd method. Closed ones don't count.
func (lib *library) candidates(L *lua.LState, arg int, ev network.Event) (list []candidate) {
	if L.Get(arg) == lua.LNil {
		return nil
	}
	t := checkTable(L, arg)
	for i := 1; ; i++ {
		v := L.GetTable(t, lua.LNumber(i))
		if v == lua.LNil {
			return list
		}
		fd := fdOf(L, v)
		if fd < 0 {
			continue
		}
		if fd >= setSize {
			argError(L, arg, "descriptor too large for set size")
		}
		if lib.foreign(L, fd) {
			argError(L, arg, fmt.Sprintf("descriptor %d is none of this script's sockets, which is not allowed in a restricted run", fd))
		}
		list = append(list, candidate{fd: fd, object: v, event: ev})
	}
}

// foreign says whether a descriptor is the process's, and nothing that a restricted script may look at: beside its own
// sockets, that is the standard input.
func (lib *library) foreign(L *lua.LState, fd int) bool {
	return lib.fds[fd] == nil && fd != 0 && permit.From(decl.HostOf(L).Context()).Restricted()
}

// dirtyOnes are the members of select's first list that hold data already.
func dirtyOnes(L *lua.LState) (list []lua.LValue) {
	t, ok := L.Get(1).(*lua.LTable)
	if !ok {
		return nil
	}
	for i := 1; ; i++ {
		v := L.GetTable(t, lua.LNumber(i))
		if v == lua.LNil {
			return list
		}
		if fdOf(L, v) >= 0 && isDirty(L, v) {
			list = append(list, v)
		}
	}
}

// fdOf asks v for its descriptor; -1 when it has none.
func fdOf(L *lua.LState, v lua.LValue) int {
	if ud, ok := v.(*lua.LUserData); ok {
		if h, ok := ud.Value.(holder); ok {
			if d := h.common().d; d != nil {
				return d.fd
			}
			return -1
		}
	}
	fd, ok := toNumber(ask(L, v, "getfd"))
	if !ok || !(fd >= 0) {
		return -1
	}
	return int(fd)
}

func isDirty(L *lua.LState, v lua.LValue) bool {
	if ud, ok := v.(*lua.LUserData); ok {
		if s, ok := ud.Value.(*stream); ok {
			return s.holds()
		}
	}
	return lua.LVAsBool(ask(L, v, "dirty"))
}

// ask calls a method of v without arguments, if it has it.
func ask(L *lua.LState, v lua.LValue, method string) lua.LValue {
	switch v.Type() {
	case lua.LTTable, lua.LTUserData, lua.LTString:
	default:
		L.Error(lua.LString("attempt to index a "+v.Type().String()+" value"), 0)
	}
	f := L.GetField(v, method)
	if f == lua.LNil {
		return lua.LNil
	}
	L.Push(f)
	L.Push(v)
	L.Call(1, 1)
	got := L.Get(-1)
	L.Pop(1)
	return got
}

// waitsOf is what the network has to wait for: all candidates but the dirty ones.
func waitsOf(lib *library, list []candidate, dirty []lua.LValue) (waits []network.Wait, owner []candidate, err error) {
	known := make(map[lua.LValue]bool, len(dirty))
	for _, v := range dirty {
		known[v] = true
	}
	for _, c := range list {
		if c.event == network.Readable && known[c.object] {
			continue
		}
		w := network.Wait{Event: c.event}
		if d := lib.fds[c.fd]; d != nil {
			w.Socket = d.below()
		} else if w.Socket, err = network.Descriptor(c.fd); err != nil { // none of this state's sockets
			return nil, nil, err
		}
		waits, owner = append(waits, w), append(owner, c)
	}
	return waits, owner, nil
}

// add appends v to t, and makes t[v] its index.
func add(t *lua.LTable, v lua.LValue) {
	t.Append(v)
	t.RawSet(v, lua.LNumber(t.Len()))
}
