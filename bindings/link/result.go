package link

import (
	"fmt"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
	"moonwire/host/packet/answer"
)

// A result is what an exchange brought.
type result struct {
	link     *Link
	table    *answer.Table
	sent     []*packet.Packet
	given    map[*packet.Packet]int // the script's own packets, by number
	answered []*answered
	stray    []*packet.Packet
	strays   int
	stats    stats
	duration time.Duration

	shown map[*packet.Packet]lua.LValue // packets that Lua has
	lists map[string]lua.LValue
}

// answered is an answer and what it answers.
type answered struct {
	number   int
	received *packet.Packet
	meta     *Meta
	rtt      time.Duration
}

func newResult(l *Link, table *answer.Table) *result {
	return &result{link: l, table: table, given: map[*packet.Packet]int{}, shown: map[*packet.Packet]lua.LValue{}, lists: map[string]lua.LValue{}}
}

// String counts what came back.
func (r *result) String() string {
	return fmt.Sprintf("exchange on %s: %d sent, %d answers, %d unanswered, %d stray", r.link.iface.Name, len(r.sent), len(r.answered), r.table.Left(), r.strays)
}

// note remembers which packets the script gave, in the order in which frames.add took them.
func (r *result) note(L *lua.LState, v lua.LValue) {
	n := 0
	_ = each(L, v, func(v lua.LValue) error {
		if ud, ok := v.(*lua.LUserData); ok {
			switch p := ud.Value.(type) {
			case *packet.Family:
				n += int(p.Len())
				return nil
			case *packet.Packet:
				if _, known := r.given[p]; !known {
					r.given[p] = n
				}
			}
		}
		n++
		return nil
	})
}

// straysKept is how many stray packets a result keeps; the others are counted.
const straysKept = 10000

func (r *result) addStray(p *packet.Packet) {
	if r.strays++; len(r.stray) < straysKept {
		r.stray = append(r.stray, p)
	}
}

// packet is p as Lua holds it, always the same.
func (r *result) packet(L *lua.LState, p *packet.Packet) lua.LValue {
	v := r.shown[p]
	if v == nil {
		v = packets.Push(L, p)
		r.shown[p] = v
	}
	return v
}

// resultFields are what Lua reads of a result.
var resultFields = []struct {
	decl.Param
	get func(L *lua.LState, r *result) lua.LValue
}{
	{decl.Param{Name: "answered", Type: "table[]", Doc: "the answers in the order they came; each has sent, received, meta, rtt (seconds), and number: which packet was answered, from 1"},
		func(L *lua.LState, r *result) lua.LValue {
			return list(L, r.answered, func(a *answered) lua.LValue { return r.row(L, a) })
		}},
	{decl.Param{Name: "unanswered", Type: "packet[]", Doc: "the packets without an answer"},
		func(L *lua.LState, r *result) lua.LValue { return list(L, r.unanswered(), r.pusher(L)) }},
	{decl.Param{Name: "stray", Type: "packet[]", Doc: "packets that came meanwhile and answer nothing, the first 10,000 of them; why tells the reason"},
		func(L *lua.LState, r *result) lua.LValue { return list(L, r.stray, r.pusher(L)) }},
	{decl.Param{Name: "strays", Type: "integer", Doc: "how many there were"},
		func(_ *lua.LState, r *result) lua.LValue { return lua.LNumber(r.strays) }},
	{decl.Param{Name: "sent", Type: "packet[]", Doc: "the packets as they were sent"},
		func(L *lua.LState, r *result) lua.LValue { return list(L, r.sent, r.pusher(L)) }},
	{decl.Param{Name: "duration", Type: "number", Doc: "how long it took, in seconds"},
		func(_ *lua.LState, r *result) lua.LValue { return lua.LNumber(r.duration.Seconds()) }},
	{decl.Param{Name: "stats", Type: "table", Doc: "as link:stats gives them, of this exchange: received, kernel_drops, ring_drops, sent …"},
		func(L *lua.LState, r *result) lua.LValue { return decl.Push(L, r.stats) }},
}

// list is a Lua list.
func list[T any](L *lua.LState, items []T, push func(T) lua.LValue) lua.LValue {
	t := L.CreateTable(len(items), 0)
	for i, x := range items {
		t.RawSetInt(i+1, push(x))
	}
	return t
}

func (r *result) pusher(L *lua.LState) func(*packet.Packet) lua.LValue {
	return func(p *packet.Packet) lua.LValue { return r.packet(L, p) }
}

// row is an answer as Lua sees it.
func (r *result) row(L *lua.LState, a *answered) lua.LValue {
	t := L.CreateTable(0, 5)
	t.RawSetString("sent", r.packet(L, r.sent[a.number]))
	t.RawSetString("received", r.packet(L, a.received))
	t.RawSetString("meta", decl.NewUserData(L, a.meta))
	t.RawSetString("rtt", lua.LNumber(a.rtt.Seconds()))
	t.RawSetString("number", lua.LNumber(a.number+1))
	return t
}

func (r *result) unanswered() (all []*packet.Packet) {
	for i, p := range r.sent {
		if r.table.Answers(i) == 0 {
			all = append(all, p)
		}
	}
	return all
}

// resultIndex answers result.key; lists are made once.
func resultIndex(L *lua.LState, self any, key string) (lua.LValue, bool) {
	r := self.(*result)
	if v := r.lists[key]; v != nil {
		return v, true
	}
	for _, f := range resultFields {
		if f.Name == key {
			v := f.get(L, r)
			r.lists[key] = v
			return v, true
		}
	}
	return lua.LNil, false
}

func theResult(L *lua.LState, method string) *result {
	return decl.Self[*result](L, method, "link{exchange}")
}

// pairs is result:pairs().
func pairs(L *lua.LState) int {
	r, i := theResult(L, "link{exchange}:pairs"), 0
	L.Push(L.NewFunction(func(L *lua.LState) int {
		if i == len(r.answered) {
			return 0
		}
		a := r.answered[i]
		i++
		L.Push(r.packet(L, r.sent[a.number]))
		L.Push(r.packet(L, a.received))
		L.Push(lua.LNumber(a.rtt.Seconds()))
		return 3
	}))
	return 1
}

// rtt is result:rtt(packet).
func rtt(L *lua.LState) int {
	const name = "link{exchange}:rtt"
	r := theResult(L, name)
	p, ok := packets.Is(L.Get(2))
	if !ok {
		decl.RaiseArg(L, 1, name, decl.Expected(L, 2, "packet"))
	}
	given, isGiven := r.given[p]
	for _, a := range r.answered {
		if a.received == p || r.sent[a.number] == p || isGiven && a.number == given {
			L.Push(lua.LNumber(a.rtt.Seconds()))
			return 1
		}
	}
	return 0
}

// why is result:why(packet).
func why(L *lua.LState) int {
	const name = "link{exchange}:why"
	r := theResult(L, name)
	p, ok := packets.Is(L.Get(2))
	if !ok {
		decl.RaiseArg(L, 1, name, decl.Expected(L, 2, "packet"))
	}
	n, reason := r.table.Why(L, p)
	L.Push(lua.LString(reason))
	if n < 0 {
		return 1
	}
	L.Push(r.packet(L, r.sent[n]))
	return 2
}

// resultClass declares what an exchange returns.
func resultClass() *decl.Class {
	c := &decl.Class{Name: "link{exchange}", Doc: "What an exchange brought: answers, packets without one, and packets that answer nothing.",
		Type: reflect.TypeFor[*result](), Index: resultIndex, Methods: resultMethods(), Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}
	for _, f := range resultFields {
		c.Fields = append(c.Fields, f.Param)
	}
	return c
}
