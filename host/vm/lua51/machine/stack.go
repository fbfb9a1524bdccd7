package machine

import (
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// push adds a frame to the call stack; it raises when the stack is full.
func (s *state) push(L *lua.LState) *frame {
	if s.stack.kind == kinds.growing {
		g := (*growingStack)(s.stack.data)
		if g.segSp >= lua.FramesPerSegment {
			s.check(L, (int(g.segIdx)+1)*lua.FramesPerSegment, s.segments()*lua.FramesPerSegment)
			g.lengthen(s.segments())
			g.segIdx++
			g.segSp = 0
			if g.segments[g.segIdx] == nil {
				g.segments[g.segIdx] = new(segment)
			}
		}
		f := &g.segments[g.segIdx].array[g.segSp]
		f.Idx = int(g.segIdx)*lua.FramesPerSegment + int(g.segSp)
		g.segSp++
		return f
	}
	x := (*fixedStack)(s.stack.data)
	s.check(L, x.sp, len(x.array))
	f := &x.array[x.sp]
	f.Idx = x.sp
	x.sp++
	return f
}

// segments is how many segments of frames the stack may have.
func (s *state) segments() int {
	return (s.Options.CallStackSize + lua.FramesPerSegment - 1) / lua.FramesPerSegment
}

// spareSegments are those that a stack's list has ready beyond the present one: frames that gopher-lua itself pushes, for
// calls from Go, go there.
const spareSegments = 4

// lengthen makes the list longer in time: a new thread's is short, since most threads never go deep.
func (g *growingStack) lengthen(most int) {
	if n := len(g.segments); n < most && int(g.segIdx)+1+spareSegments >= n {
		grown := make([]*segment, min(2*n, most))
		copy(grown, g.segments)
		g.segments = grown
	}
}

// check raises when depth frames nearly fill the room there is. What is left is for error handlers.
func (s *state) check(L *lua.LState, depth, room int) {
	if depth < room-min(spare, room/8) {
		return
	}
	if depth >= room || Of(L).handling != L {
		fail(L, "stack overflow")
	}
}

// pop removes the top frame and makes the one below current.
func (s *state) pop() {
	if s.stack.kind == kinds.growing {
		g := (*growingStack)(s.stack.data)
		if g.segSp == 0 {
			g.segIdx--
			g.segSp = lua.FramesPerSegment
		}
		g.segSp--
		s.currentFrame = g.last()
		return
	}
	x := (*fixedStack)(s.stack.data)
	x.sp--
	s.currentFrame = x.last()
}

func (g *growingStack) last() *frame {
	switch {
	case g.segSp > 0:
		return &g.segments[g.segIdx].array[g.segSp-1]
	case g.segIdx > 0:
		return &g.segments[g.segIdx-1].array[lua.FramesPerSegment-1]
	}
	return nil
}

func (x *fixedStack) last() *frame {
	if x.sp == 0 {
		return nil
	}
	return &x.array[x.sp-1]
}

// depth is the number of frames; cut removes those above a depth.
func (s *state) depth() int {
	if s.stack.kind == kinds.growing {
		g := (*growingStack)(s.stack.data)
		return int(g.segIdx)*lua.FramesPerSegment + int(g.segSp)
	}
	return (*fixedStack)(s.stack.data).sp
}

func (s *state) cut(depth int) {
	if s.stack.kind == kinds.growing {
		g := (*growingStack)(s.stack.data)
		g.segIdx, g.segSp = 0, 0
		if depth > 0 {
			g.segIdx, g.segSp = uint16((depth-1)/lua.FramesPerSegment), uint8((depth-1)%lua.FramesPerSegment)+1
		}
		s.currentFrame = g.last()
		return
	}
	x := (*fixedStack)(s.stack.data)
	x.sp = depth
	s.currentFrame = x.last()
}

// room makes the registry hold n values.
func (r *registry) room(L *lua.LState, n int) {
	if n <= len(r.array) {
		return
	}
	if n > r.maxSize {
		fail(L, "stack overflow")
	}
	grown := make([]lua.LValue, min(max(n+r.growBy, 2*len(r.array)), r.maxSize))
	copy(grown, r.array[:r.top])
	r.array = grown
}

// spare is how many calls deep an error handler may go on a full stack.
const spare = 256

// extend lets an error handler run on a full stack; the function returned ends that.
func (s *state) extend(L *lua.LState) (restore func()) {
	m, r := Of(L), s.reg
	before, limit := m.handling, r.maxSize
	m.handling, r.maxSize = L, max(limit, len(r.array))+spare*16
	return func() { m.handling, r.maxSize = before, limit }
}

// setTop moves the top; values that appear are nil, those that go are dropped.
func (r *registry) setTop(L *lua.LState, top int) {
	r.room(L, top)
	for i := r.top; i < top; i++ {
		r.array[i] = lua.LNil
	}
	if top < r.top {
		clear(r.array[top:r.top])
	}
	r.top = top
}

func (r *registry) push(L *lua.LState, v lua.LValue) {
	r.room(L, r.top+1)
	r.array[r.top] = v
	r.top++
}

// Reserve makes room for n more values on L's stack, so that pushing them one by one takes no longer for many.
func Reserve(L *lua.LState, n int) {
	r := stateOf(L).reg
	r.room(L, r.top+n)
}

// open is the head of the state's list of open upvalues, the highest register first. gopher-lua's own list is left
// empty: it closes all of that whenever an error is raised, and locals would part from their closures. The list hangs on
// a field that gopher-lua fills and never reads.
func (s *state) open() **upvalue { return (**upvalue)(unsafe.Pointer(&s.alloc)) }

// adopt empties the list of a state that was not attached before.
func (s *state) adopt() {
	if s.alloc == s.reg.alloc {
		s.alloc = nil
	}
}

// closeFrom closes the upvalues that lie in registers from index up.
func (s *state) closeFrom(index int) {
	head := s.open()
	for u := *head; u != nil && u.index >= index; u = *head {
		u.value = u.reg.array[u.index]
		u.closed = true
		*head, u.next = u.next, nil
	}
}

// capture finds or makes the upvalue for a register.
func (s *state) capture(index int) *lua.Upvalue {
	u := s.open()
	for *u != nil && (*u).index > index {
		u = &(*u).next
	}
	if *u == nil || (*u).index != index {
		*u = &upvalue{next: *u, reg: s.reg, index: index}
	}
	return (*lua.Upvalue)(unsafe.Pointer(*u))
}

// NewUpvalue makes a variable that no other function shares.
func NewUpvalue() *lua.Upvalue {
	return (*lua.Upvalue)(unsafe.Pointer(&upvalue{value: lua.LNil, closed: true}))
}
