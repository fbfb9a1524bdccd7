package host

import (
	"context"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/lab/capture"
	"moonwire/host/lab/share"
	"moonwire/host/network"
	"moonwire/host/vm"
)

// Lab says in which lab scripts run.
type Lab struct {
	Name    string // one of scripts/labs, a file, or a topology's text such as "h1 -- h2"; "": none
	On      string // the host there; "": the lab's first
	Capture string // file that every frame of every link is written to; "": none

	// Frames is told every frame, too, and those of labs that scripts open; nil: nobody is.
	Frames *capture.File

	// OnOpen is told which lab and host it is, before the script begins.
	OnOpen func(l OpenLab, host string)
}

// OpenLab is a lab that scripts run in.
type OpenLab interface {
	Hosts() []string // the first is where scripts run unless told otherwise
	Network(host string) (network.Network, error)
	share.Lab
}

// watched lets labs that scripts open under ctx tell their frames.
func (o *Lab) watched(ctx context.Context) context.Context {
	if o.Frames == nil {
		return ctx
	}
	return capture.With(ctx, o.Frames)
}

// enter opens the lab and moves rt into it.
func (o *Lab) enter(rt *vm.Runtime) error {
	return rt.Move(capture.With(context.Background(), o.Frames), "lab "+o.Name, func(L *lua.LState) (network.Network, lua.LValue) {
		net := call(L, L.GetField(required(L, "lab"), "open"), lua.LString(o.Name))
		if o.Capture != "" {
			call(L, L.GetField(net, "capture"), net, lua.LString("all"), lua.LString(o.Capture))
		}
		lab := net.(*lua.LUserData).Value.(OpenLab)
		if o.On == "" {
			o.On = lab.Hosts()[0]
		}
		n, err := lab.Network(o.On)
		if err != nil {
			L.RaiseError("%s", err)
		}
		if o.OnOpen != nil {
			o.OnOpen(lab, o.On)
		}
		return n, net
	})
}

func required(L *lua.LState, module string) lua.LValue {
	return call(L, L.GetGlobal("require"), lua.LString(module))
}

// call calls fn; a refusal (nil, message) is raised.
func call(L *lua.LState, fn lua.LValue, args ...lua.LValue) lua.LValue {
	L.CallByParam(lua.P{Fn: fn, NRet: 2}, args...)
	v, message := L.Get(-2), L.Get(-1)
	L.Pop(2)
	if v == lua.LNil && message != lua.LNil {
		L.RaiseError("%s", message)
	}
	return v
}
