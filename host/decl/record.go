package decl

import (
	"reflect"
	"slices"

	lua "github.com/yuin/gopher-lua"
)

// A Module is all that Lua sees as require "Name".
type Module struct {
	Name    string // short lower-case noun, as in require "Name"
	Aliases []string
	Doc     string // first sentence says what it does
	Source  string // RFCs and sections it stands on
	Funcs   []Function
	Classes []*Class
	Consts  []Const
	// Late gives functions that are too many to declare at every start. Documents ask for them; Setup makes the module's
	// table answer for them.
	Late func() []Function

	// Call makes the module itself callable (addr "10.0.0.1"); nil for a plain table.
	Call Function
	// Setup runs once per state after everything else is in the table, for what no record can say.
	Setup func(L *lua.LState, module *lua.LTable)
}

// Functions are all functions, late ones too.
func (m *Module) Functions() []Function {
	if m.Late == nil {
		return m.Funcs
	}
	return append(slices.Clone(m.Funcs), m.Late()...)
}

// A Class is a userdata with methods: a socket, a link, an address.
type Class struct {
	Name    string       // as documents and error messages call it
	Doc     string       // first sentence says what it is
	Type    reflect.Type // of the userdata's Value, as reflect.TypeFor[*Link]()
	Methods []Function
	Fields  []Param // readable as value.name; served by Index

	// Index answers value.key for keys that are no method; nil when there are none.
	Index func(L *lua.LState, self any, key string) (lua.LValue, bool)
	// Nth answers value[n]; nil when values of the class have no numbered parts.
	Nth func(L *lua.LState, self any, n int) (lua.LValue, bool)
	// Meta holds further metamethods by name (__add, __eq, __len, __call, __newindex …).
	Meta map[string]lua.LGFunction
	// Shortcuts are for what is asked for over and over.
	Shortcuts Shortcuts
	// Plain is a value of the class as tables, strings and numbers, for results as data; nil: its Fields are.
	Plain func(L *lua.LState, self any) lua.LValue
	// Hint is what to write where Lua 5.1 refuses to compare a value of the class with one of another type.
	Hint string
	// Operators documents those of Meta in LuaLS notation: add(number): address.
	Operators []string
}

// A Const is a named value of a module.
type Const struct {
	Name  string
	Value any // number, string, bool or lua.LValue
	Doc   string
}

// A Function is one entry of a module or class: Fn for plain Go functions, Raw for those that take Lua values.
type Function interface {
	// Record describes the function to every reader.
	Record() *Record
	// Bind makes the Lua function; owner is "module" or the class's name, for error messages.
	Bind(owner string) lua.LGFunction
}

// A Record is everything that is known about a function.
type Record struct {
	Name    string
	Doc     string   // first sentence says what it does
	Params  []Param  // in Lua's order, the receiver left out
	Options []Param  // named entries of the last table argument
	Results []Param  // in order; the refusal (nil, message, kind) is implied by Fails
	Fails   []string // kinds of refusal, from Kinds
	Blocks  bool     // may wait; a cancelled task raises here
	Example string   // lines of Lua; "EXPR --> VALUE" is executed and compared
	Lab     string   // where the example runs, as headers say it (pair on h1); "": on this machine
	NoRun   string   // why the example can't be executed, if so
	Source  string   // RFC and section, or the kernel or library that has the behaviour
}

// A Param is a parameter, an option, a result or a field.
type Param struct {
	Name     string
	Type     string // in LuaLS notation: string, integer, number, boolean, table, fun(x: integer), Class, string|nil …
	Doc      string // with unit and range
	Default  string // as Lua source; "" when there is none
	Optional bool
	Variadic bool
	Choices  []string // the only accepted words, for completion and the error message
	Fields   []Param  // entries, when it is a table with known names or a list of such
}

// Raw is a function that takes Lua values as they come: it is called per packet or per message, or its arguments
// have no fixed shape. Why says which.
type Raw struct {
	Name    string
	Doc     string
	Params  []Param
	Options []Param
	Results []Param
	Fails   []string
	Blocks  bool
	Example string
	Lab     string
	NoRun   string
	Source  string
	Why     string
	Run     lua.LGFunction
}

// Record describes the function to every reader.
func (r Raw) Record() *Record {
	return &Record{Name: r.Name, Doc: r.Doc, Params: r.Params, Options: r.Options, Results: r.Results, Fails: r.Fails,
		Blocks: r.Blocks, Example: r.Example, Lab: r.Lab, NoRun: r.NoRun, Source: r.Source}
}

// Bind returns Run itself: a Raw function checks its own arguments.
func (r Raw) Bind(string) lua.LGFunction { return r.Run }
