package lab

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/packet"
)

// A queue has the frames that wait for a script's filter: the lab's loop puts them in and goes on, a task takes them out,
// asks the script and answers. In simulated time the task has its turn before time moves on, so a filter takes no time.
type queue struct {
	waiter network.Waiter
	forget func() // that the lab closes it

	mu     sync.Mutex
	frames []*wire.Passing
	last   bool // no more frames come
	closed bool
}

// filter starts the task that asks fn about each frame of a queue. It ends with the script, or when no port uses it.
func (l *Link) filter(L *lua.LState, fn *lua.LFunction) *queue {
	q := &queue{waiter: network.NewWaiter(l.net.Clock())}
	q.forget = l.net.OnClose(q.close)
	ask := func(L *lua.LState) int { return q.serve(L, fn) }
	L.CallByParam(lua.P{Fn: stateOf(L).function(L, "task", "daemon"), NRet: 0}, L.NewFunction(ask))
	return q
}

// put takes a frame from the lab's loop.
func (q *queue) put(p *wire.Passing) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		p.Drop("the filter has ended")
		return
	}
	q.frames = append(q.frames, p)
	q.waiter.Wake()
}

// finish lets the queue end when nothing waits any more.
func (q *queue) finish() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.last = true
	q.waiter.Wake()
}

// close ends the queue: what waits is lost.
func (q *queue) close() {
	q.mu.Lock()
	frames := q.frames
	q.frames, q.closed = nil, true
	q.mu.Unlock()
	for _, p := range frames {
		p.Drop("the filter has ended")
	}
	q.waiter.Wake()
}

// serve is the task: it asks fn about frames until the queue is closed.
func (q *queue) serve(L *lua.LState, fn *lua.LFunction) int {
	defer q.forget()
	defer q.close()
	for {
		var p *wire.Passing
		err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
			p, err = q.take(ctx)
			return err
		})
		if err != nil || p == nil {
			return 0
		}
		answer(L, fn, p)
	}
}

// take waits for a frame; nil: the queue is closed.
func (q *queue) take(ctx context.Context) (*wire.Passing, error) {
	for {
		q.mu.Lock()
		switch {
		case len(q.frames) > 0:
			p := q.frames[0]
			q.frames = q.frames[1:]
			q.mu.Unlock()
			return p, nil
		case q.closed, q.last:
			q.mu.Unlock()
			return nil, nil
		}
		q.mu.Unlock()
		if err := q.waiter.WaitUntil(ctx, time.Time{}); err != nil {
			return nil, err
		}
	}
}

// answer calls fn with a frame and the name of the node that sent it, and does with the frame what it returns.
func answer(L *lua.LState, fn *lua.LFunction, p *wire.Passing) {
	defer p.Drop("the filter failed") // unless it was answered
	reg := packets.Registry(L)
	sender, _ := splitPort(p.From().Name())
	L.CallByParam(lua.P{Fn: fn, NRet: 2}, packets.Push(L, packet.Decode(reg, p.Frame, ethernet(reg))), lua.LString(sender))
	verdict, reason := L.Get(-2), L.Get(-1)
	L.Pop(2)
	switch v := verdict.(type) {
	case *lua.LNilType:
		p.Pass(p.Frame)
	case lua.LBool:
		if v {
			p.Pass(p.Frame)
		} else {
			p.Drop(lua.LVAsString(reason))
		}
	case *lua.LTable:
		var frames [][]byte
		for i := 1; i <= v.Len(); i++ {
			frames = append(frames, frameOf(L, fn, v.RawGetInt(i)))
		}
		p.Pass(frames...)
	default:
		p.Pass(frameOf(L, fn, v))
	}
}

// frameOf is a packet or a string as a frame. All else raises at the line where the filter begins.
func frameOf(L *lua.LState, fn *lua.LFunction, v lua.LValue) []byte {
	switch p, ok := packets.Is(v); {
	case ok:
		return p.Build()
	case v.Type() == lua.LTString:
		return []byte(v.String())
	}
	where := ""
	if fn.Proto != nil {
		where = fmt.Sprintf("%s:%d: ", strings.TrimLeft(fn.Proto.SourceName, "@="), fn.Proto.LineDefined)
	}
	L.Error(lua.LString(where+"a filter returns nothing, true, false, a packet, bytes or a list of those, not a "+decl.TypeName(v)), 0)
	return nil
}
