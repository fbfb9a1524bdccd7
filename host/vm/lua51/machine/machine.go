package machine

import (
	"math"
	"unsafe"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// Meter counts a task's instructions. A context with a Meter method (see Metered) has its loop count Left down and call
// Spent each time it falls below zero; Spent sets Left again, and raises when the task must stop. Other contexts are
// asked for Done before every instruction, as gopher-lua does.
type Meter struct {
	Left  int
	Spent func(L *lua.LState)

	// Large is told before a string of so many bytes is made, if they are many. It raises when that is too much. It may
	// be nil.
	Large func(L *lua.LState, bytes int)
}

// Metered is a context that has a Meter.
type Metered interface{ Meter() *Meter }

// Machine is what the threads of one runtime share. They run one at a time.
type Machine struct {
	MaxString int // longest string that .. makes, in bytes

	page     []float64             // room for numbers to come
	next     *lua.LFunction        // the library's next, called without ceremony by for loops
	hook     map[*lua.LState]*Hook // of debug.sethook; nil while there are none
	lines    Lines                 // of OnLine
	watched  bool                  // there is a hook, or who is told of lines
	tracing  *lua.LState           // whose hook runs
	handling *lua.LState           // whose error handler runs
	idle     Meter                 // of states without a context

	lineFrame *frame // of the last instruction that lines was asked of, and where it stood
	linePc    int

	known [knownTables]known // metatables, by their addresses
	age   uint               // of what is known; it grows when a metamethod is set somewhere
	spare *decl.Listing      // the last one; most are done with when the next is wanted
}

// large is how long a string must be for Meter.Large to be asked.
const large = 1 << 16

// CheckLarge asks whether a string of so many bytes may be made.
func CheckLarge(L *lua.LState, bytes int) {
	if bytes < large {
		return
	}
	if c, ok := stateOf(L).ctx.(Metered); ok && c.Meter().Large != nil {
		c.Meter().Large(L, bytes)
	}
}

const registryKey = "moonwire.machine"

// Attach makes a state run on the machine. Threads made from it are attached one by one, and again after SetContext,
// which sets gopher-lua's own loop. It panics when gopher-lua's layout isn't the one known here.
func Attach(L *lua.LState) *Machine {
	if err := layout(); err != nil {
		panic("moonwire: this gopher-lua is not the one moonwire was built for (v1.1.2): " + err.Error())
	}
	m := Of(L)
	if m == nil {
		m = &Machine{MaxString: math.MaxInt32, idle: Meter{Left: math.MaxInt}}
		m.idle.Spent = func(*lua.LState) { m.idle.Left = math.MaxInt }
		ud := L.NewUserData()
		ud.Value = m
		L.G.Registry.RawSetString(registryKey, ud)
	}
	s := stateOf(L)
	s.mainLoop = m.enter
	s.adopt()
	s.Panic = throwTop
	return m
}

// Of is the machine that L's runtime has, nil when none was attached.
func Of(L *lua.LState) *Machine {
	if ud, ok := L.G.Registry.RawGetString(registryKey).(*lua.LUserData); ok {
		return ud.Value.(*Machine)
	}
	return nil
}

// SetNext tells the machine which function is the library's next.
func (m *Machine) SetNext(next *lua.LFunction) { m.next = next }

// Small whole numbers are boxed once.
const smallest, largest = -128, 1023

var small = func() (list [largest - smallest + 1]lua.LValue) {
	for i := range list {
		list[i] = lua.LNumber(i + smallest)
	}
	return list
}()

const pageSize = 64

var numberKind = func() unsafe.Pointer {
	v := lua.LValue(lua.LNumber(0.5))
	return (*stackInterface)(unsafe.Pointer(&v)).kind
}()

// box is LNumber(f) as a value; numbers are allotted by the page, not one by one.
func (m *Machine) box(f float64) lua.LValue {
	if i := int(f); i >= smallest && i <= largest && float64(i) == f && (i != 0 || !math.Signbit(f)) {
		return small[i-smallest]
	}
	if len(m.page) == cap(m.page) {
		m.page = make([]float64, 0, pageSize)
	}
	m.page = append(m.page, f)
	var v lua.LValue
	word := (*stackInterface)(unsafe.Pointer(&v))
	word.kind, word.data = numberKind, unsafe.Pointer(&m.page[len(m.page)-1])
	return v
}
