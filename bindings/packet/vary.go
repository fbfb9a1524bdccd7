package packet

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/packet"
)

// changing is what a template's field does from packet to packet, other than cycling through values.
type changing struct {
	kind       string // "counter" or "random"
	from, step uint64
}

func (c changing) String() string {
	if c.kind == "random" {
		return fmt.Sprintf("random(%d)", c.from)
	}
	return fmt.Sprintf("counter(%d, %d)", c.from, c.step)
}

// source is what the field does in Go.
func (c changing) source(f *packet.Field) packet.Source {
	if c.kind == "random" {
		return packet.Random(f, c.from)
	}
	return packet.Counting(f, c.from, c.step)
}

type rangeArgs struct {
	From uint64 `lua:"from" doc:"first number"`
	To   uint64 `lua:"to" doc:"last number"`
	Step uint64 `lua:"step?" doc:"distance from one to the next" range:"1.."`
}

type counterArgs struct {
	From uint64 `lua:"from?" doc:"first number"`
	Step uint64 `lua:"step?" doc:"what is added for each packet"`
}

type randomArgs struct {
	Seed uint64 `lua:"seed?" doc:"the same seed gives the same numbers; else one by chance"`
}

// varying are the functions that give a field several values, and their classes.
func varying() []decl.Function {
	return []decl.Function{
		decl.Fn[rangeArgs, packet.Range]{Name: "range", Default: rangeArgs{Step: 1},
			Doc:     "Several numbers for one field, from one to another in steps. A layer made with it is several packets; a template cycles through it.",
			Example: `packet.ip{ttl=packet.range(1, 30)}:count() --> 30`,
			Run: func(_ context.Context, a rangeArgs) (packet.Range, error) {
				if a.To < a.From || a.Step == 0 {
					return packet.Range{}, decl.BadArg("to", "from %d up in steps of 1 or more expected, got %d in steps of %d", a.From, a.To, a.Step)
				}
				return packet.Range{From: a.From, To: a.To, Step: a.Step}, nil
			}},
		decl.Fn[counterArgs, changing]{Name: "counter", Default: counterArgs{Step: 1},
			Doc:     "For templates: a number that grows with each packet and wraps round in the field's width.",
			Example: "local t = packet.ip{}:template{[\"ip.id\"]=packet.counter(65535)}\nt:next()\npacket.decode(t:next(), \"ip\").ip.id --> 0",
			Run: func(_ context.Context, a counterArgs) (changing, error) {
				return changing{"counter", a.From, a.Step}, nil
			}},
		decl.Fn[randomArgs, changing]{Name: "random", Doc: "For templates: numbers by chance, one for each packet.",
			Example: `packet.random(7) --> random(7)`,
			Run: func(ctx context.Context, a randomArgs) (changing, error) {
				if a.Seed == 0 {
					a.Seed = network.Rand(ctx).Uint64() >> 11
				}
				return changing{"random", a.Seed, 0}, nil
			}},
	}
}

// varyingClasses give ranges, counters and templates their text and methods.
func varyingClasses() []*decl.Class {
	text := map[string]lua.LGFunction{"__tostring": decl.ToString}
	return []*decl.Class{
		{Name: "range", Doc: "Several numbers for one field.", Type: reflect.TypeFor[packet.Range](), Meta: text},
		{Name: "varying", Doc: "How a template's field changes.", Type: reflect.TypeFor[changing](), Meta: text},
		templateClass(),
	}
}

// templateMethod declares p:template{...}.
func templateMethod() decl.Function {
	return decl.Raw{Name: "template", Why: "its argument has fields as keys",
		Doc: "Prepare the packet for being made many times with some fields changing; the checksums over them follow. Links send templates with no Lua in the loop.",
		Params: []decl.Param{{Name: "vary", Type: "table", Doc: "path of a field to what it does: packet.counter(), packet.random(), packet.range(), " +
			"a list, a network's prefix, or one value"}},
		Results: []decl.Param{{Name: "template", Type: "template", Doc: "makes packets"}},
		Source:  "RFC 1624",
		Example: "local p = packet.ip{} / packet.udp{}\nlocal t = p:template{[\"ip.id\"]=packet.counter(), [\"udp.dport\"]={53, 80}}\n" +
			"t:next()\npacket.decode(t:next(), \"ip\").udp.dport --> 80", Run: makeTemplate}
}

func makeTemplate(L *lua.LState) int {
	p := self(L, "packet:template")
	var vary []packet.Vary
	decl.Each(decl.Check[*lua.LTable](L, "packet:template", 2, "vary"), func(k, v lua.LValue) {
		name, ok := k.(lua.LString)
		if !ok {
			decl.Raisef(L, "packet:template: fields are named by paths, as ip.id; got %s", k)
		}
		c, f := path(L, p, string(name))
		if f == nil {
			decl.Raisef(L, "packet:template: this packet (%s) has no field '%s'", p, name)
		}
		vary = append(vary, packet.Vary{Layer: c.Index(), Field: f, Source: sourceOf(L, c, f, v)})
	})
	t, err := packet.MakeTemplate(p, vary)
	if err != nil {
		packets.Raise(L, err)
	}
	L.Push(decl.NewUserData(L, t))
	return 1
}

// sourceOf is what a field is to do.
func sourceOf(L *lua.LState, c packet.Context, f *packet.Field, v lua.LValue) packet.Source {
	if err := c.CanVary(f); err != nil {
		packets.Raise(L, err)
	}
	if ud, ok := v.(*lua.LUserData); ok {
		if spec, ok := ud.Value.(changing); ok {
			return spec.source(f)
		}
	}
	value := valueOf(L, c.Protocol(), f, v)
	values := packet.ValuesOf(f, value)
	if values == nil {
		values = packet.List{value}
	}
	source, err := packet.Cycling(f, values)
	if err != nil {
		packets.Raise(L, err)
	}
	return source
}

// batchMax bounds what template:bytes makes at once.
const batchMax = 256 << 20

type templateArgs struct {
	Self *packet.Template `lua:"self"`
	N    int              `lua:"n" doc:"how many packets" range:"0.."`
}

func templateClass() *decl.Class {
	const example = "local t = packet.udp{}:template{[\"udp.dport\"]=packet.range(1, 9)}\n"
	return &decl.Class{
		Name: "template", Doc: "A packet that is made many times with some fields changing.", Type: reflect.TypeFor[*packet.Template](),
		Methods: []decl.Function{
			decl.Raw{Name: "next", Why: "called per packet", Doc: "Make the next packet.", Example: example + "#t:next() --> 8",
				Results: []decl.Param{{Name: "bytes", Type: "string", Doc: "as they go on the wire"}}, Run: nextOf},
			decl.Fn[templateArgs, string]{Name: "bytes", Doc: "Make the next n packets, one behind the other in one string.",
				Example: example + "#t:bytes(100) --> 800", Run: bytesOf},
		},
	}
}

func nextOf(L *lua.LState) int {
	L.Push(lua.LString(decl.Self[*packet.Template](L, "template:next", "template").Next()))
	return 1
}

func bytesOf(_ context.Context, a templateArgs) (string, error) {
	size := a.Self.Size()
	if size > 0 && a.N > batchMax/size {
		return "", decl.BadArg("n", "at most %d packets of %d bytes at once expected", batchMax/size, size)
	}
	var b strings.Builder
	b.Grow(a.N * size)
	for range a.N {
		b.Write(a.Self.Next())
	}
	return b.String(), nil
}
