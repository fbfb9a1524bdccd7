package socket

import (
	"fmt"
	"net"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// An object is what every kind of socket has.
type object struct {
	lib    *library
	class  *class
	family string // "unspec", "inet", "inet6" or "unix"
	tm     timeouts
	d      *descriptor // nil: none, as after close
	self   decl.Handle // the whole object, as it is owned
}

// A holder is the value of a socket's userdata.
type holder interface {
	decl.Handle
	common() *object
}

func (o *object) common() *object { return o }

// A descriptor is one open socket of the system. It belongs to one object, unless setfd shared it.
type descriptor struct {
	fd       int // as Lua sees it
	socket   network.Socket
	stream   network.Stream   // what was made by socket.tcp, also when it is one of the next two
	conn     network.Conn     // once connected, or connecting
	listener network.Listener // once listening
	packet   network.PacketConn
}

// newObject wraps v, whose object is o, in userdata of the class.
func (lib *library) wrap(L *lua.LState, v holder, c *class, family string) *lua.LUserData {
	o := v.common()
	o.lib, o.family, o.tm, o.self = lib, family, noTimeouts, v
	ud := &lua.LUserData{Value: v, Env: L.Env}
	o.become(ud, c)
	lib.sweep(L)
	lib.guard(ud, o)
	return ud
}

// become changes the object's class.
func (o *object) become(ud *lua.LUserData, c *class) {
	o.class = c
	ud.Metatable = o.lib.metas[c]
}

// open makes d the object's descriptor, owned by the current task.
func (o *object) open(L *lua.LState, d *descriptor) {
	o.d = d
	o.lib.register(d)
	decl.HostOf(L).Own(L, o.self)
}

// drop closes the object's descriptor, if it has one.
func (o *object) drop(L *lua.LState) {
	if o.d != nil {
		decl.HostOf(L).Disown(o.self)
		o.Close()
	}
}

// Close ends the descriptor; the object stays, as a closed one.
func (o *object) Close() error {
	o.lib.mu.Lock()
	d := o.d
	o.d = nil
	o.lib.mu.Unlock()
	if d == nil {
		return nil
	}
	o.lib.forget(d)
	return d.socket.Close()
}

// String is the class and the addresses, for leak reports.
func (o *object) String() string {
	s := o.class.name
	if o.d == nil {
		return s
	}
	if a := o.d.socket.LocalAddr(); a != nil {
		s += " " + a.String()
	}
	if a := o.d.peer(); a != nil {
		s += " to " + a.String()
	}
	return s
}

// below is what to wait for: the system's socket.
func (d *descriptor) below() network.Socket {
	if b, ok := d.conn.(Buffering); ok {
		return b.Below()
	}
	return d.socket
}

// peer is the address of the far end, nil when there is none.
func (d *descriptor) peer() net.Addr {
	switch {
	case d.conn != nil:
		return d.conn.RemoteAddr()
	case d.packet != nil:
		return d.packet.RemoteAddr()
	}
	return nil
}

// The methods that every kind has.

func (k *kind) closeMethod(L *lua.LState) int {
	o := k.checkAny(L)
	if o.d != nil && o.watched() {
		o.tell(L, ended("close", nil))
	}
	o.drop(L)
	return done(L)
}

func (k *kind) getfd(L *lua.LState) int {
	fd := -1
	if o := k.checkAny(L); o.d != nil {
		fd = o.d.fd
	}
	L.Push(lua.LNumber(fd))
	return 1
}

// setfd makes another socket's descriptor, or none, the object's. What it had before stays open and is closed when
// the task's scope ends.
func (k *kind) setfd(L *lua.LState) int {
	o := k.checkAny(L)
	fd := int(checkNumber(L, 2))
	if o.d != nil {
		decl.HostOf(L).Disown(o.self)
		decl.HostOf(L).Own(L, &orphan{o.lib, o.d, o.class.name})
	}
	o.d = o.lib.fds[fd]
	return 0
}

func (k *kind) settimeout(L *lua.LState) int { return settimeout(L, &k.checkAny(L).tm) }
func (k *kind) gettimeout(L *lua.LState) int { return gettimeout(L, &k.checkAny(L).tm) }

func (k *kind) getfamily(L *lua.LState) int {
	if k.checkAny(L).family == "inet6" {
		L.Push(lua.LString("inet6"))
	} else {
		L.Push(lua.LString("inet4"))
	}
	return 1
}

// An orphan is a descriptor that its object gave up by setfd.
type orphan struct {
	lib  *library
	d    *descriptor
	name string
}

func (o *orphan) Close() error {
	o.lib.forget(o.d)
	return o.d.socket.Close()
}

func (o *orphan) String() string { return fmt.Sprintf("%s of descriptor %d", o.name, o.d.fd) }

// checkAny wants an object of any class of the kind.
func (k *kind) checkAny(L *lua.LState) *object {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if h, ok := ud.Value.(holder); ok && h.common().class.kind == k {
			return h.common()
		}
	}
	argError(L, 1, k.any+" expected")
	return nil
}
