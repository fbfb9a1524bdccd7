package host

import (
	"cmp"
	"context"
	"errors"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/internal/hook"
	"moonwire/host/lab/capture"
	"moonwire/host/network"
	"moonwire/host/vm"
)

// Lab says in which lab scripts run.
type Lab struct {
	Name    string // one of scripts/labs, a file, or a topology's text such as "h1 -- h2"; "": none
	On      string // the host there; "": the lab's first
	Capture string // file that every frame of every link is written to; "": none
}

// watched lets labs that scripts open under ctx tell their frames.
func (o *Options) watched(ctx context.Context) context.Context {
	if o.Hooks.Frames == nil {
		return ctx
	}
	return capture.With(ctx, o.Hooks.Frames)
}

// enter opens the lab and moves rt into it.
func (o *Options) enter(rt *vm.Runtime) error {
	var refused error // of who named the lab, so that no line of Lua is to blame
	err := rt.Move(capture.With(context.Background(), o.Hooks.Frames), "lab "+o.Lab.Name, func(L *lua.LState) (network.Network, lua.LValue) {
		must := func(err error) {
			if refused = err; err != nil {
				L.RaiseError("%s", err)
			}
		}
		net, err := call(L, L.GetField(required(L, "lab"), "open"), lua.LString(o.Lab.Name))
		must(err)
		if o.Lab.Capture != "" {
			_, err := call(L, L.GetField(net, "capture"), net, lua.LString("all"), lua.LString(o.Lab.Capture))
			must(err)
		}
		lab := net.(*lua.LUserData).Value.(hook.Lab)
		on := cmp.Or(o.Lab.On, lab.Hosts()[0])
		n, err := lab.Network(on)
		must(err)
		if o.Hooks.OnOpen != nil {
			o.Hooks.OnOpen(lab, on)
		}
		return n, net
	})
	return cmp.Or(refused, err)
}

func required(L *lua.LState, module string) lua.LValue {
	v, _ := call(L, L.GetGlobal("require"), lua.LString(module)) // which raises
	return v
}

// call calls fn. A refusal (nil, message) is an error.
func call(L *lua.LState, fn lua.LValue, args ...lua.LValue) (lua.LValue, error) {
	L.CallByParam(lua.P{Fn: fn, NRet: 2}, args...)
	v, message := L.Get(-2), L.Get(-1)
	L.Pop(2)
	if v == lua.LNil && message != lua.LNil {
		return nil, errors.New(message.String())
	}
	return v, nil
}
