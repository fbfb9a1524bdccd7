package vm

import (
	"fmt"
	"slices"
	"time"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// selection is one case of task.select: something that is ready, or can tell a wait when it is.
type selection interface {
	ready() bool
	listen(l listener)
	forget()
	// push pushes what the operation returns. w is nil when the case was ready at once, else what came.
	push(L *lua.LState, t *Task, w *wait) int
}

func taskSelect(L *lua.LState) int {
	cases, d := checkCases(L)
	t := threadOf(L).task
	for i, c := range cases {
		if c.ready() {
			L.Push(lua.LNumber(i + 1))
			return 1 + c.push(L, t, nil)
		}
	}
	if d == 0 {
		return decl.Fail(L, errLate)
	}
	w := t.newWait()
	for i, c := range cases {
		c.listen(listener{w, i})
	}
	defer func() {
		for _, c := range cases {
			c.forget()
		}
	}()
	if !t.park(L, w, d) {
		return decl.Fail(L, errLate)
	}
	L.Push(lua.LNumber(w.which + 1))
	return 1 + cases[w.which].push(L, t, w)
}

func checkCases(L *lua.LState) ([]selection, time.Duration) {
	const name = "task.select"
	table, ok := L.Get(1).(*lua.LTable)
	if !ok {
		decl.RaiseArg(L, 1, name, decl.Expected(L, 1, "table"))
	}
	d := time.Duration(-1)
	if s, ok := table.RawGetString("timeout").(lua.LNumber); ok {
		d = decl.Seconds(max(0, float64(s)))
	}
	cases := make([]selection, table.Len())
	for i := range cases {
		if cases[i] = caseOf(table.RawGetInt(i + 1)); cases[i] == nil {
			decl.RaiseArg(L, 1, name, fmt.Sprintf("case %d: channel, {channel, value} or task expected, got %s",
				i+1, decl.TypeName(table.RawGetInt(i+1))))
		}
	}
	if len(cases) == 0 && d < 0 {
		decl.RaiseArg(L, 1, name, "a case or a timeout expected")
	}
	return cases, d
}

// caseOf is nil for what is no case.
func caseOf(v lua.LValue) selection {
	switch v := v.(type) {
	case *lua.LUserData:
		switch x := v.Value.(type) {
		case *channel:
			return recvCase{x}
		case *Task:
			return joinCase{x}
		}
	case *lua.LTable:
		if ud, ok := v.RawGetInt(1).(*lua.LUserData); ok {
			if c, ok := ud.Value.(*channel); ok && v.RawGetInt(2) != lua.LNil {
				return sendCase{c, v.RawGetInt(2)}
			}
		}
	}
	return nil
}

type recvCase struct{ *channel }

func (c recvCase) ready() bool {
	c.forget()
	return len(c.buffer) > 0 || len(c.senders) > 0 || c.closed
}

func (c recvCase) listen(l listener) { c.receivers = append(c.receivers, l) }

func (c recvCase) push(L *lua.LState, t *Task, w *wait) int {
	var v lua.LValue
	if w == nil {
		v, _ = c.tryRecv()
	} else {
		v = w.value
	}
	if v == nil {
		return decl.Fail(L, errClosed)
	}
	t.rt.handles.move(v, t)
	L.Push(v)
	return 1
}

type sendCase struct {
	*channel
	value lua.LValue
}

func (c sendCase) ready() bool {
	c.forget()
	return len(c.buffer) < c.size || len(c.receivers) > 0 || c.closed
}

func (c sendCase) listen(l listener) { c.senders = append(c.senders, sender{l, c.value}) }

func (c sendCase) push(L *lua.LState, t *Task, w *wait) int {
	sent := w != nil && w.value != nil
	if w == nil {
		sent, _ = c.trySend(c.value)
	}
	if !sent {
		return decl.Fail(L, errClosed)
	}
	L.Push(lua.LTrue)
	return 1
}

type joinCase struct{ *Task }

func (c joinCase) ready() bool       { return c.ended }
func (c joinCase) listen(l listener) { c.joiners = append(c.joiners, l) }

func (c joinCase) forget() {
	c.joiners = slices.DeleteFunc(c.joiners, func(l listener) bool { return l.wait.done() })
}

func (c joinCase) push(L *lua.LState, t *Task, _ *wait) int { return c.hand(L, t) }
