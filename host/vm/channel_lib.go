package vm

import (
	"errors"
	"reflect"
	"strconv"
	"time"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

var (
	errClosed = decl.Refuse(decl.Closed, errors.New("the channel is closed"))
	errLate   = decl.Refuse(decl.Timeout, errors.New("timeout"))
)

func channelClass() *decl.Class {
	timeout := decl.Param{Name: "timeout", Type: "number", Doc: "in seconds", Optional: true}
	value := []decl.Param{{Name: "value", Type: "any", Doc: "anything but nil"}}
	return &decl.Class{
		Name: "channel",
		Doc:  "A queue between tasks. Handles that are sent become the receiver's. `for v in ch do` receives until it is closed.",
		Type: reflect.TypeFor[*channel](),
		Methods: []decl.Function{
			decl.Raw{Name: "send", Run: channelSend, Why: "takes any value", Blocks: true,
				Doc:    "Send a value; wait while the channel is full.",
				Params: append(value, timeout), Results: []decl.Param{{Name: "sent", Type: "true"}},
				Fails:   []string{decl.Closed, decl.Timeout},
				Example: "task.channel(1):send(5) --> true"},
			decl.Raw{Name: "recv", Run: channelRecv, Why: "returns any value", Blocks: true,
				Doc:    "Receive a value; wait while there is none.",
				Params: []decl.Param{timeout}, Results: value, Fails: []string{decl.Closed, decl.Timeout},
				Example: "task.channel():recv(0) --> nil, timeout, timeout"},
			decl.Raw{Name: "close", Run: channelClose, Why: "the receiver is the runtime's",
				Doc:     "End the channel: what it holds can still be received, then receivers get nil. Closing twice is no error.",
				Example: "local ch = task.channel() ch:close()\nch:recv() --> nil, the channel is closed, closed"},
			decl.Raw{Name: "iter", Run: channelIter, Why: "returns a function",
				Doc: "An iterator that receives until the channel is closed.", Blocks: true,
				Results: []decl.Param{{Name: "next", Type: "fun(): any"}},
				Example: "local ch = task.channel(2) ch:send(1) ch:send(2) ch:close()\nlocal n = 0 for v in ch:iter() do n = n + v end\nn --> 3"},
		},
		Meta: map[string]lua.LGFunction{
			"__call": channelNext,
			"__len": func(L *lua.LState) int {
				L.Push(lua.LNumber(len(self[*channel](L, "channel:__len").buffer)))
				return 1
			},
		},
	}
}

// largestChannel bounds a channel's size: what one holds must fit in memory many times over.
const largestChannel = 1 << 24

func newChannel(L *lua.LState) int {
	n := decl.CheckOr(L, "task.channel", 1, "size", 0)
	if n < 0 || n > largestChannel {
		decl.RaiseArg(L, 1, "task.channel", "size: 0 to "+strconv.Itoa(largestChannel)+" expected, got "+strconv.Itoa(n))
	}
	L.Push(decl.NewUserData(L, &channel{size: n}))
	return 1
}

// optSeconds is the timeout in argument n; negative when there is none.
func optSeconds(L *lua.LState, name string, n int) time.Duration {
	if L.Get(n) == lua.LNil {
		return -1
	}
	return checkSeconds(L, name, n)
}

// checkValue is what send sends; nil would look like the end.
func checkValue(L *lua.LState, name string) lua.LValue {
	if L.Get(2) == lua.LNil {
		decl.RaiseArg(L, 2, name, decl.Expected(L, 2, "value"))
	}
	return L.Get(2)
}

func channelSend(L *lua.LState) int {
	c, v, d := self[*channel](L, "channel:send"), checkValue(L, "channel:send"), optSeconds(L, "channel:send", 3)
	t := threadOf(L).task
	t.rt.handles.move(v, nil)
	sent, ok := c.trySend(v)
	if !ok {
		w := t.newWait()
		c.senders = append(c.senders, sender{listener{w, 0}, v})
		defer c.forgetLater(w)
		if !t.park(L, w, d) {
			t.rt.handles.move(v, t)
			return decl.Fail(L, errLate)
		}
		sent = w.value != nil
	}
	if !sent {
		t.rt.handles.move(v, t)
		return decl.Fail(L, errClosed)
	}
	L.Push(lua.LTrue)
	return 1
}

func channelRecv(L *lua.LState) int {
	c, d := self[*channel](L, "channel:recv"), optSeconds(L, "channel:recv", 2)
	v, late := c.recv(L, d)
	switch {
	case late:
		return decl.Fail(L, errLate)
	case v == nil:
		return decl.Fail(L, errClosed)
	}
	L.Push(v)
	return 1
}

// recv receives for the current task; v is nil when the channel is closed.
func (c *channel) recv(L *lua.LState, d time.Duration) (v lua.LValue, late bool) {
	t := threadOf(L).task
	v, ok := c.tryRecv()
	if !ok {
		w := t.newWait()
		c.receivers = append(c.receivers, listener{w, 0})
		defer c.forgetLater(w)
		if !t.park(L, w, d) {
			return nil, true
		}
		v = w.value
	}
	if v != nil {
		t.rt.handles.move(v, t)
	}
	return v, false
}

// forgetLater removes a wait that ended by the clock or a cancel.
func (c *channel) forgetLater(w *wait) {
	if w.value == nil {
		c.forget()
	}
}

func channelNext(L *lua.LState) int {
	v, _ := self[*channel](L, "channel:iter").recv(L, -1)
	if v == nil {
		v = lua.LNil
	}
	L.Push(v)
	return 1
}

func channelIter(L *lua.LState) int {
	self[*channel](L, "channel:iter")
	ch := L.Get(1)
	L.Push(L.NewFunction(func(L *lua.LState) int {
		L.SetTop(0)
		L.Push(ch)
		return channelNext(L)
	}))
	return 1
}

func channelClose(L *lua.LState) int {
	self[*channel](L, "channel:close").close()
	return 0
}
