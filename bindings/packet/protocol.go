package packet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
)

const heartbeat = `local hb = packet.protocol("hb",
  {"ver", bits=4, default=1}, {"fl", bits=4, flags="AB.Z"}, {"len", bits=16, auto="size(tok)"},
  {"id", bits=32}, {"tok", type="bytes", size="len"},
  {title="Heartbeat", bind={udp={dport=7777}}, answers={"id"}})
`

// defineProtocol declares packet.protocol.
func defineProtocol() decl.Function {
	return decl.Raw{Name: "protocol", Why: "takes any number of field tables",
		Doc: "Define a protocol by its fields, in the order of the wire. It stacks, decodes and shows itself as the built-in ones do, and is " +
			"packet.NAME from then on. Each field is a table: its name first, then what it is. Expressions are over integer fields, in C's " +
			"notation: \"ihl * 4 - 20\".",
		Params: []decl.Param{{Name: "name", Type: "string", Doc: "of the layer: small letters, digits and _"},
			{Name: "fields", Type: "table", Variadic: true, Doc: "a table for each field, and one without a name for the protocol as a whole", Fields: fieldOptions}},
		Results: []decl.Param{{Name: "make", Type: "fun(fields: table?): packet", Doc: "makes a layer"}},
		Example: heartbeat + `local p = packet.udp{} / hb{id=7, tok="abc"}
local q = packet.decode(p:bytes(), "udp")
q.udp.dport, q.hb.len, q.hb.tok --> 7777, 3, abc`, Run: protocol}
}

// fieldOptions are the keys of a field's table and of the protocol's.
var fieldOptions = []decl.Param{
	{Name: "bits", Type: "integer", Doc: "width of a field of fixed width"},
	{Name: "type", Type: "string", Doc: "what the bits are; else a number", Choices: slices.Sorted(maps.Keys(kinds))},
	{Name: "little", Type: "boolean", Doc: "the least significant byte comes first"},
	{Name: "names", Type: "table", Doc: "names of numbers: {[1]=\"request\"}"},
	{Name: "flags", Type: "string", Doc: "names of bits, the least significant first: letters, or words parted by spaces; '.' for one without"},
	{Name: "default", Type: "any", Doc: "of a fresh layer"},
	{Name: "auto", Type: "string", Doc: "expression for what is computed when nobody sets it; also total, header, payload, size(field), count(list)"},
	{Name: "checksum", Type: "string", Doc: "computed when nobody sets it", Choices: slices.Sorted(maps.Keys(checksums))},
	{Name: "size", Type: "string", Doc: "expression for the bytes of a varying field; else it takes the rest"},
	{Name: "when", Type: "string", Doc: "expression: the field is there when it is not 0"},
	{Name: "item", Type: "table", Doc: "of a list: the fields of an entry"},
	{Name: "of", Type: "string", Doc: "of a list: the type of its entries, of width bits each"},
	{Name: "count", Type: "string", Doc: "expression for the number of entries of a list; else as many as there is room for"},
	{Name: "selects", Type: "boolean", Doc: "the number says what the next layer is"},
	{Name: "doc", Type: "string", Doc: "one line about the field"},
	{Name: "title", Type: "string", Doc: "of the protocol: its name for people"},
	{Name: "source", Type: "string", Doc: "of the protocol: where it is specified"},
	{Name: "bind", Type: "table", Doc: "of the protocol: what it follows: {udp={dport=7777}, ip={proto=253}}; several values as a list"},
	{Name: "total", Type: "string", Doc: "of the protocol: expression for the bytes of header and payload; what is behind is padding"},
	{Name: "answers", Type: "table|fun(reply: layer, request: layer): boolean", Doc: "of the protocol: fields that are equal in an answer, or a function that says so"},
}

// protocol is packet.protocol(name, field, ...).
func protocol(L *lua.LState) int {
	d := &definition{L: L, name: decl.String(L, "packet.protocol", 1)}
	d.checkName()
	d.pr = &packet.Protocol{Name: d.name, Title: d.name}
	for i := 2; i <= L.GetTop(); i++ {
		t, ok := L.Get(i).(*lua.LTable)
		if !ok {
			decl.RaiseArg(L, i, "packet.protocol", decl.Expected(L, i, "table of a field"))
		}
		if t.RawGetInt(1) == lua.LNil {
			d.whole(t)
			continue
		}
		d.pr.Fields = append(d.pr.Fields, d.field(t))
	}
	make := d.install()
	L.Push(make)
	return 1
}

// A definition is a protocol that is being defined.
type definition struct {
	L    *lua.LState
	name string
	pr   *packet.Protocol
	bind *lua.LTable
	what string // the field at work, for errors
}

func (d *definition) fail(format string, args ...any) {
	where := "packet.protocol " + d.name
	if d.what != "" {
		where += "." + d.what
	}
	decl.Raisef(d.L, "%s: %s", where, fmt.Sprintf(format, args...))
}

func (d *definition) checkName() {
	if d.name == "" || strings.Trim(d.name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" || d.name[0] <= '9' {
		d.fail("a name of small letters, digits and _ expected")
	}
	for _, m := range methods() {
		if m.Record().Name == d.name {
			d.fail("packets have a method of this name")
		}
	}
	for _, f := range slices.Concat(functions(), varying()) {
		if f.Record().Name == d.name {
			d.fail("the module has a function of this name")
		}
	}
}

// install makes the protocol known to the script, in the place of an earlier one that the script defined.
func (d *definition) install() *lua.LFunction {
	script := packets.ScriptOf(d.L)
	reg := script.Registry
	d.what = ""
	script.Forget()
	if old, err := reg.Lookup(d.name); err == nil && script.Defined[old] {
		reg.Remove(old)
	}
	if err := d.finish(reg); err != nil {
		d.fail("%s", err)
	}
	script.Defined[d.pr] = true
	make := newMaker(d.L, d.pr)
	record := *makerOf(d.pr).Record()
	record.Name, record.Example = "packet."+d.name, ""
	decl.Document(d.L, make, &record)
	if loaded, ok := d.L.GetField(d.L.Get(lua.RegistryIndex), "_LOADED").(*lua.LTable); ok {
		if module, ok := loaded.RawGetString("packet").(*lua.LTable); ok {
			module.RawSetString(d.name, make)
		}
	}
	return make
}

// finish compiles and binds.
func (d *definition) finish(reg *packet.Registry) error {
	if err := reg.Add(d.pr); err != nil {
		return err
	}
	bindings, err := d.bindings(reg)
	for i := 0; err == nil && i < len(bindings); i++ {
		err = reg.Bind(bindings[i])
	}
	if err != nil {
		reg.Remove(d.pr)
	}
	return err
}

// bindings are what bind= says: {udp={dport={7777, 7778}}}.
func (d *definition) bindings(reg *packet.Registry) (all []packet.Binding, err error) {
	if d.bind == nil {
		return nil, nil
	}
	decl.Each(d.bind, func(lower, fields lua.LValue) {
		t, ok := fields.(*lua.LTable)
		if !ok {
			d.fail("bind: {layer={field=value}} expected")
		}
		decl.Each(t, func(name, v lua.LValue) {
			values, ok := v.(*lua.LTable)
			if !ok {
				values = d.L.CreateTable(1, 0)
				values.Append(v)
			}
			for i := 1; i <= values.Len(); i++ {
				n, ok := values.RawGetInt(i).(lua.LNumber)
				if !ok || n < 0 {
					d.fail("bind: %s.%s: number expected", lower, name)
				}
				all = append(all, packet.Binding{Lower: lower.String(), Field: name.String(), Value: uint64(n), Upper: d.name})
			}
		})
	})
	for _, b := range all {
		if _, e := reg.Lookup(b.Lower); e != nil {
			return nil, e
		}
	}
	return all, nil
}

// whole reads the table that says what the protocol is as a whole.
func (d *definition) whole(t *lua.LTable) {
	decl.Each(t, func(k, v lua.LValue) {
		switch k.String() {
		case "title":
			d.pr.Title = d.text(k, v)
		case "source":
			d.pr.Source = d.text(k, v)
		case "total":
			d.pr.Total = d.text(k, v)
		case "bind":
			var ok bool
			if d.bind, ok = v.(*lua.LTable); !ok {
				d.fail("bind: table expected, got %s", decl.TypeName(v))
			}
		case "answers":
			d.pr.Answers = d.answers(v)
		default:
			d.unknown(k, "title", "source", "total", "bind", "answers")
		}
	})
}

func (d *definition) unknown(k lua.LValue, known ...string) {
	if near := decl.Nearest(k.String(), known); near != "" {
		d.fail("bad option '%s' (did you mean '%s'?)", k, near)
	}
	d.fail("bad option '%s' (expected one of: %s)", k, strings.Join(known, ", "))
}

func (d *definition) text(k, v lua.LValue) string {
	s, ok := v.(lua.LString)
	if n, number := v.(lua.LNumber); number {
		return n.String()
	}
	if !ok {
		d.fail("%s: string expected, got %s", k, decl.TypeName(v))
	}
	return string(s)
}

// answers makes the rule of a list of fields, or of a Lua function.
func (d *definition) answers(v lua.LValue) func(any, packet.Context, packet.Context) (bool, string) {
	switch v := v.(type) {
	case *lua.LTable:
		var names []string
		for i := 1; i <= v.Len(); i++ {
			names = append(names, v.RawGetInt(i).String())
		}
		return func(_ any, reply, request packet.Context) (bool, string) { return equalFields(names, reply, request) }
	case *lua.LFunction:
		return func(caller any, reply, request packet.Context) (bool, string) {
			L := caller.(*lua.LState)
			L.Push(v)
			L.Push(viewOf(L, reply.Packet(), reply.Index()))
			L.Push(viewOf(L, request.Packet(), request.Index()))
			L.Call(2, 1)
			ok := lua.LVAsBool(L.Get(-1))
			L.Pop(1)
			if ok {
				return true, ""
			}
			return false, d.name + ": its answer rule says no"
		}
	}
	d.fail("answers: list of fields or function expected, got %s", decl.TypeName(v))
	return nil
}

// equalFields says whether the fields are equal in both, and which is not.
func equalFields(names []string, reply, request packet.Context) (bool, string) {
	for _, name := range names {
		f, err := reply.Field(name)
		if err != nil {
			return false, err.Error()
		}
		a, b := reply.Text(f), ""
		if g, err := request.Field(name); err == nil {
			b = request.Text(g)
		}
		if a != b {
			return false, fmt.Sprintf("%s.%s %s ~= %s", reply.Protocol().Name, name, a, b)
		}
	}
	return true, ""
}
