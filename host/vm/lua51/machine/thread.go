package machine

import (
	"context"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// thread is all that a thread starts with, in one piece: a parked task costs little more. gopher-lua's NewThread takes
// twice as much, and makes globals that it throws away.
type thread struct {
	state    state
	registry registry
	stack    growingStack
	frames   segment
	values   [firstValues]lua.LValue
}

// A thread has room for a few locals at first and grows by the piece. firstValues fills an allocation of 1280 bytes, eight
// of which are the collector's.
const (
	firstValues = 21
	moreValues  = 43
	mostValues  = 1 << 20
)

// NewThread makes a thread of an attached state, with the context ctx and room for depth nested calls. Threads share
// the state's allotment of numbers, as only one of them runs at a time.
func NewThread(from *lua.LState, depth int, ctx context.Context) *lua.LState {
	base, t := stateOf(from), new(thread)
	L := (*lua.LState)(unsafe.Pointer(&t.state))
	most := (depth + lua.FramesPerSegment - 1) / lua.FramesPerSegment
	t.stack.segments = make([]*segment, min(2*spareSegments, most))
	t.stack.segments[0] = &t.frames
	t.registry = registry{
		array:   t.values[:],
		growBy:  moreValues,
		maxSize: mostValues,
		alloc:   base.reg.alloc,
		handler: stackInterface{base.reg.handler.kind, unsafe.Pointer(t)},
	}
	t.state = state{
		G:        from.G,
		Env:      from.Env,
		Panic:    base.Panic,
		Options:  lua.Options{CallStackSize: depth, RegistrySize: firstValues, RegistryMaxSize: mostValues, RegistryGrowStep: moreValues, MinimizeStackMemory: true},
		reg:      &t.registry,
		stack:    stackInterface{kinds.growing, unsafe.Pointer(&t.stack)},
		mainLoop: base.mainLoop,
		ctx:      ctx,
	}
	return L
}
