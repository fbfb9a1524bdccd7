package socket

import (
	"net"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// watched says whether anybody wants to know of the object's calls; when not, that is all a call pays.
func (o *object) watched() bool { return o.lib.recorder != nil }

// tell completes a call and keeps it for who records.
func (o *object) tell(L *lua.LState, c network.Call) {
	host := decl.HostOf(L)
	c.Time, c.Task = network.ClockFrom(host.Context()).Now(), host.Task()
	if c.Class == "" {
		c.Class = o.class.name
	}
	if c.Here == "" && c.Peer == "" && o.d != nil {
		c.Here = addressText(o.d.socket.LocalAddr())
		c.Peer = addressText(o.d.peer())
	}
	o.lib.recorder.record(c)
}

// ended is a call without data, and how it ended.
func ended(name string, err error) network.Call {
	return network.Call{Name: name, Err: textOr(err)}
}

// textOr is text, or nothing.
func textOr(err error) string {
	if err == nil {
		return ""
	}
	return text(err)
}

func addressText(a net.Addr) string {
	if a == nil {
		return ""
	}
	if at, ok := addrPort(a); ok {
		return at.String()
	}
	if u, ok := a.(*net.UnixAddr); ok && u != nil {
		return u.Name
	}
	return ""
}
