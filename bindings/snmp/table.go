package snmp

import (
	"context"
	"fmt"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// tableOptions are those of s:table.
type tableOptions struct {
	Columns     []string   `lua:"columns?" doc:"names of the columns to fetch, and their order; else all"`
	Index       lua.LValue `lua:"index?" type:"string|integer" doc:"only rows whose index begins so, as 2 or 1.4.10"`
	Parallel    lua.LValue `lua:"parallel?" type:"boolean|integer" doc:"columns to fetch at once: so many, ten, or with false one after the other"`
	Repetitions int        `lua:"max_repetitions?" range:"0..2147483647" doc:"rows to ask for at once; else the session's"`
	Bulk        bool       `lua:"bulk?" doc:"ask for many rows at once, where the version has that"`
}

// usualParallel is how many columns are fetched at once.
const usualParallel = 10

func tableFunction() decl.Function {
	return decl.Raw{Name: "table", Why: "takes any number of names before its options", Run: getTable, Blocks: true,
		Fails: append([]string{decl.NotFound, decl.Loop}, askFails...), Source: "RFC 2578 section 7.7",
		Doc: "Fetch a table as rows in the order of their index. A row has a variable for each column by the column's name, nil where the agent " +
			"has none. Several tables with one index, as ifTable and ifXTable, are merged to one. rows[\"2\"] is the row with that index in dotted " +
			"numbers. rows.columns are the columns' names; columns that no MIB names are called by their numbers.",
		Params:  []decl.Param{{Name: "tables...", Type: "string", Variadic: true, Doc: "names of tables, rows or columns"}},
		Options: decl.OptionParams(tableOptions{Bulk: true}),
		Results: []decl.Param{{Name: "rows", Type: "snmp.row[]", Doc: "all rows, or nothing: a table that ends in the middle is an error"}},
		Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["ifDescr.1"]="lo", ["ifDescr.2"]="eth0", ["ifAlias.2"]="to R1"}})
local s = assert(snmp.open{host=a.address})
local rows = assert(s:table("ifTable", "ifXTable", {columns={"ifDescr", "ifAlias"}}))
#rows, rows[2].ifDescr.value, rows["2"].ifAlias.value, rows[2].index.ifIndex, rows[1].ifAlias --> 2, eth0, to R1, 2, nil`}
}

// getTable is s:table(names..., options).
func getTable(L *lua.LState) int {
	const method = "snmp.session:table"
	s := theSession(L, "table")
	o := tableOptions{Bulk: true}
	if top := L.GetTop(); top > 1 {
		if _, ok := L.Get(top).(*lua.LTable); ok {
			decl.Options(L, method, top, &o)
			L.SetTop(top - 1)
		}
	}
	f := &fetch{s: s}
	for i := 2; i <= max(L.GetTop(), 2); i++ {
		text, ok := nameArg(L.Get(i))
		if !ok {
			decl.RaiseArg(L, i-1, method, decl.Expected(L, i, "name"))
		}
		if err := f.add(text); err != nil {
			decl.RaiseArg(L, i-1, method, err.Error())
		}
	}
	if err := f.choose(o.Columns); err != nil {
		decl.Raisef(L, "bad option 'columns' to '%s' (%s)", method, err)
	}
	if err := f.narrow(o.Index); err != nil {
		decl.Raisef(L, "bad option 'index' to '%s' (%s)", method, err)
	}
	parallel, ok := parallelOf(o.Parallel)
	if !ok {
		decl.Raisef(L, "bad option 'parallel' to '%s' (boolean or number expected, got %s)", method, decl.TypeName(o.Parallel))
	}
	walk := manager.WalkOptions{Next: !o.Bulk, MaxRepetitions: o.Repetitions, Below: f.prefix == nil}
	var found [][]message.Var
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		found, err = f.run(ctx, manager.ColumnsOptions{WalkOptions: walk, Parallel: parallel})
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", method, err))
	}
	L.Push(f.rows(L, found))
	return 1
}

// parallelOf reads the option parallel.
func parallelOf(v lua.LValue) (n int, ok bool) {
	switch v := v.(type) {
	case nil, *lua.LNilType:
		return usualParallel, true
	case lua.LBool:
		if v {
			return usualParallel, true
		}
		return 1, true
	case lua.LNumber:
		return max(int(v), 1), true
	}
	return 0, false
}

// A column is one of a table that is fetched.
type column struct {
	name string
	oid  oid.OID
}

// A fetch is a table on its way.
type fetch struct {
	s       *session
	row     *mib.Node // that says what the index is; nil when no MIB does
	first   string    // name of the first table
	columns []column
	unnamed oid.OID // a table that no MIB knows: its columns show when it is there
	prefix  oid.OID // of the index; nil: all rows
}

// add takes one more table.
func (f *fetch) add(text string) error {
	o, n, err := f.s.tree.Resolve(text)
	switch {
	case err != nil:
		return err
	case f.unnamed != nil:
		return fmt.Errorf("%s can't be merged with %s, whose index no MIB tells", text, f.first)
	case n == nil || !n.OID.Equal(o) || f.s.tree.Row(n) == nil:
		if n != nil && n.OID.Equal(o) && n.Kind.Object() {
			return fmt.Errorf("%s is no table: it is a %s", text, n.Kind)
		}
		if f.first != "" {
			return fmt.Errorf("%s can't be merged with %s: no MIB tells its index", text, f.first)
		}
		f.first, f.unnamed = text, o
		return nil
	}
	row := f.s.tree.Row(n)
	if f.row == nil {
		f.row, f.first = row, text
	} else if f.row.IndexNames() != row.IndexNames() {
		return fmt.Errorf("%s has the index %s, and %s has %s: they don't go together", text, row.IndexNames(), f.first, f.row.IndexNames())
	}
	f.take(n, row)
	return nil
}

// take adds the columns that a node stands for: it is one, or all of its row that can be read.
func (f *fetch) take(n, row *mib.Node) {
	list := []*mib.Node{n}
	if n.Kind != mib.Column {
		list = f.s.tree.Columns(row)
	}
	for _, c := range list {
		if c == n || c.Access.Readable() {
			f.columns = append(f.columns, column{c.Name, c.OID})
		}
	}
}

// choose leaves the columns that the option columns names.
func (f *fetch) choose(names []string) error {
	if names == nil {
		return nil
	}
	var chosen []column
	for _, name := range names {
		i := slices.IndexFunc(f.columns, func(c column) bool { return c.name == name })
		if i < 0 {
			known := make([]string, len(f.columns))
			for i, c := range f.columns {
				known[i] = c.name
			}
			if near := decl.Nearest(name, known); near != "" {
				return fmt.Errorf("no column '%s' that can be read: did you mean '%s'?", name, near)
			}
			return fmt.Errorf("no column '%s' that can be read", name)
		}
		chosen = append(chosen, f.columns[i])
	}
	f.columns = chosen
	return nil
}

// narrow takes the beginning of the index.
func (f *fetch) narrow(index lua.LValue) error {
	switch v := index.(type) {
	case nil, *lua.LNilType:
		return nil
	case lua.LNumber:
		if v < 0 || v != lua.LNumber(uint32(v)) {
			return fmt.Errorf("a whole number from 0 to 4294967295 expected, got %s", decl.FormatNumber(float64(v)))
		}
		f.prefix = oid.OID{uint32(v)}
		return nil
	case lua.LString:
		o, err := oid.Parse("0.0." + string(v)) // an index is no identifier by itself
		if err != nil {
			return fmt.Errorf("dotted numbers expected, got '%s'", string(v))
		}
		f.prefix = o[2:]
		return nil
	}
	return fmt.Errorf("string or number expected, got %s", decl.TypeName(index))
}

// run fetches the columns. Those of a table without names are found in one walk.
func (f *fetch) run(ctx context.Context, o manager.ColumnsOptions) ([][]message.Var, error) {
	if f.unnamed != nil {
		return f.discover(ctx, o.WalkOptions)
	}
	roots := make([]oid.OID, len(f.columns))
	for i, c := range f.columns {
		roots[i] = c.oid.Append(f.prefix...)
	}
	return f.s.Columns(ctx, roots, o)
}

// discover walks a table of which only the place is known: below it stand the row's number 1 and the column's.
func (f *fetch) discover(ctx context.Context, o manager.WalkOptions) (found [][]message.Var, err error) {
	o.Below = true
	depth := len(f.unnamed) + 2
	err = f.s.Walk(ctx, f.unnamed, o, func(v message.Var) bool {
		if len(v.Name) <= depth || !v.Name[depth:].HasPrefix(f.prefix) {
			return true
		}
		at := v.Name[:depth]
		if n := len(f.columns); n == 0 || !f.columns[n-1].oid.Equal(at) {
			f.columns = append(f.columns, column{fmt.Sprint(at[depth-1]), at})
			found = append(found, nil)
		}
		last := len(found) - 1
		found[last] = append(found[last], v)
		return true
	})
	return found, err
}
