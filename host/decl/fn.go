package decl

import (
	"context"
	"reflect"

	lua "github.com/yuin/gopher-lua"
)

// Fn declares a function that is plain Go: A is a struct whose fields are the parameters, R what it returns. The
// record that documents it and the code that checks its calls are both read from these two types.
//
// Fields of A, in Lua's order:
//
//	Self  *Link         `lua:"self"`                            // receiver of a method
//	Host  netip.Addr    `lua:"host" doc:"who to ask"`           // positional
//	Port  uint16        `lua:"port?" doc:"UDP port"`            // optional: the value in Default, or zero
//	More  []string      `lua:"more..." doc:"further names"`     // all that follow
//	Wait  time.Duration `lua:"opts.timeout" doc:"in seconds"`   // entry of the last table, optional
//	Name  string        `lua:"opts.name!" doc:"name of it"`     // entry that must be given
//	Mode  string        `lua:"mode" choices:"text|binary"`      // one of these words
//	Level int           `lua:"opts.level" range:"0..9"`         // bounds, both included
//
// A parameter is optional too when Default holds a value for it that is not zero. nil counts as not given. The fields of
// an embedded struct are read like those of A.
//
// R may be one value, a struct with lua tags (a table), a struct with ret tags such as `lua:"ret.host"` (several
// values), Done (true), or struct{} (nothing). Results whose name ends in ? are nil when zero.
//
// An error from Run becomes nil, message, kind (see Fail), unless it is a BadArg or Misuse, which raises.
type Fn[A, R any] struct {
	Name    string
	Doc     string
	Default A
	Fails   []string
	Blocks  bool // Run may wait: it runs with the interpreter released and must touch no Lua value
	Example string
	Lab     string
	NoRun   string
	Source  string
	Run     func(ctx context.Context, a A) (R, error)
}

// Done is the result of a function that has none but can fail: true in Lua, so that assert passes.
type Done struct{}

// Record describes the function to every reader.
func (f Fn[A, R]) Record() *Record {
	p := paramsOf(reflect.ValueOf(&f.Default).Elem())
	return &Record{Name: f.Name, Doc: f.Doc, Params: p.positionals(), Options: p.options(),
		Results: resultsOf(reflect.TypeFor[R]()).params, Fails: f.Fails, Blocks: f.Blocks, Example: f.Example,
		Lab: f.Lab, NoRun: f.NoRun, Source: f.Source}
}

// Bind makes the Lua function; owner is the module's or class's name, for error messages.
func (f Fn[A, R]) Bind(owner string) lua.LGFunction {
	p := paramsOf(reflect.ValueOf(&f.Default).Elem())
	r := resultsOf(reflect.TypeFor[R]())
	name := p.qualify(owner, f.Name)
	run := f.Run
	if f.Blocks {
		run = nil
	}
	return func(L *lua.LState) int {
		a, host := new(A), HostOf(L)
		*a = f.Default
		p.read(L, name, reflect.ValueOf(a).Elem())
		var out R
		var err error
		if run != nil {
			out, err = run(host.Context(), *a)
		} else {
			err = host.Block(L, func(ctx context.Context) (err error) {
				out, err = f.Run(ctx, *a)
				return err
			})
		}
		if err != nil {
			return p.fail(L, name, err)
		}
		if f.Name == "close" {
			disown(L)
		}
		return r.push(L, reflect.ValueOf(&out).Elem())
	}
}

// disown forgets a handle that its own method has closed: it is no leak.
func disown(L *lua.LState) {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if h, ok := ud.Value.(Handle); ok {
			HostOf(L).Disown(h)
		}
	}
}
