package mib

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

func nodeMethods() []decl.Function {
	return []decl.Function{
		decl.Fn[selfArgs, nodesResult]{Name: "children", Run: children, Doc: "List the nodes one number below it, in order. Places without a name are left out.",
			Example: "#mib.find(\"system\"):children() --> 9"},
		decl.Fn[selfArgs, nodesResult]{Name: "columns", Run: columns, Doc: "List the columns of a table or a row, in order.",
			Example: "mib.find(\"ifTable\"):columns()[2].name --> \"ifDescr\""},
		decl.Raw{Name: "decode", Run: decode, Why: "the result's keys are the index's own", Fails: []string{decl.Malformed},
			Doc: "Decode the index of a row from the numbers behind a column's OID. It may be asked of a row, its table or its columns. Numbers without a name are " +
				"numbers, all else is text.",
			Params:  []decl.Param{{Name: "oid", Type: "string", Doc: "the whole OID of an instance of the row's columns, or only the numbers behind the column's"}},
			Results: []decl.Param{{Name: "index", Type: "table<string|integer, number|string>", Doc: "values by name and by position"}},
			Source:  "RFC 2578 section 7.7",
			Example: "local i = mib.find(\"ipAddressTable\"):decode(\"1.4.10.0.0.1\")\ni.ipAddressAddrType, i[2] --> ipv4, 10.0.0.1"},
		decl.Raw{Name: "instance", Run: instance, Why: "takes an index of any shape", Fails: []string{decl.Malformed},
			Doc:     "Give the OID of the object in one row. Of a scalar it takes nothing.",
			Params:  []decl.Param{{Name: "index", Type: "number|string|table", Doc: "values of the index in order, or one table of them by name or position", Variadic: true}},
			Results: []decl.Param{{Name: "oid", Type: "string", Doc: "dotted numbers"}}, Source: "RFC 2578 section 7.7",
			Example: "mib.find(\"ifDescr\"):instance(2) --> \"1.3.6.1.2.1.2.2.1.2.2\"\n" +
				"mib.find(\"ipAddressIfIndex\"):instance{ipAddressAddrType=\"ipv4\", ipAddressAddr=\"10.0.0.1\"} --> \"1.3.6.1.2.1.4.34.1.3.1.4.10.0.0.1\"\n" +
				"mib.find(\"sysName\"):instance() --> \"1.3.6.1.2.1.1.5.0\""},
		decl.Raw{Name: "format", Run: format, Why: "takes a number or a string", Fails: []string{decl.Unsupported},
			Doc:     "Write a value as people read it: by the enumeration, the display hint or the convention of the object.",
			Params:  []decl.Param{{Name: "value", Type: "integer|string", Doc: "a number, or the bytes of a string"}},
			Results: []decl.Param{{Name: "text", Type: "string", Doc: "what people read"}}, Source: "RFC 2579 section 3.1",
			Example: "mib.find(\"ifOperStatus\"):format(2) --> \"down\"\n" +
				"mib.find(\"hrSystemDate\"):format(\"\\7\\200\\5\\26\\13\\30\\15\\0\\45\\4\\0\") --> \"1992-5-26,13:30:15.0,-4:0\"\n" +
				"mib.find(\"ifPhysAddress\"):format(\"\\2\\0\\0\\0\\0\\1\") --> \"02:00:00:00:00:01\""},
		decl.Raw{Name: "parse", Run: parse, Why: "returns a number or a string", Fails: []string{decl.Malformed, decl.Unsupported},
			Doc:     "Read what format writes. Values that the object's ranges, sizes or enumeration leave out are refused.",
			Params:  []decl.Param{{Name: "text", Type: "string", Doc: "what people write"}},
			Results: []decl.Param{{Name: "value", Type: "integer|string", Doc: "a number, or the bytes of a string"}}, Source: "RFC 2579 section 3.1",
			Example: "mib.find(\"ifAdminStatus\"):parse(\"down\") --> 2\n" +
				"mib.find(\"ifPhysAddress\"):parse(\"02:00:00:00:00:01\") == \"\\2\\0\\0\\0\\0\\1\" --> true"},
	}
}

type selfArgs struct {
	Self *mib.Node `lua:"self"`
}

type nodesResult struct {
	Nodes []*mib.Node `lua:"ret.nodes" type:"mib.node[]" doc:"the nodes"`
}

func children(ctx context.Context, a selfArgs) (nodesResult, error) {
	var list []*mib.Node
	for _, n := range names.From(ctx).Below(a.Self.OID) {
		if n.Kind != mib.Place {
			list = append(list, n)
		}
	}
	return nodesResult{list}, nil
}

func columns(ctx context.Context, a selfArgs) (nodesResult, error) {
	return nodesResult{names.From(ctx).Columns(a.Self)}, nil
}

// self is the node that a method was called on.
func self(L *lua.LState, method string) *mib.Node {
	return decl.Self[*mib.Node](L, "mib.node:"+method, "mib.node")
}

// decode is node:decode(oid).
func decode(L *lua.LState) int {
	const name = "mib.node:decode"
	n, text := self(L, "decode"), decl.String(L, name, 2)
	row := rowOf(L, n)
	if row == nil {
		decl.Raisef(L, "'%s': %s is in no table, so it has no index", name, n)
	}
	rest, err := indexNumbers(L, text)
	if err == nil && rest.HasPrefix(row.OID) && len(rest) > len(row.OID) {
		rest = rest[len(row.OID)+1:]
	}
	var parts []mib.Part
	if err == nil {
		parts, err = row.DecodeIndex(rest)
	}
	if err != nil {
		return decl.Fail(L, refuse(name, err))
	}
	L.Push(names.Index(L, parts))
	return 1
}

// indexNumbers reads numbers, or an instance's name.
func indexNumbers(L *lua.LState, text string) (oid.OID, error) {
	if strings.ContainsAny(text[:min(1, len(text))], ".0123456789") {
		return mib.Numbers(text)
	}
	o, _, err := tree(L).Resolve(text)
	return o, err
}

// instance is node:instance(index...).
func instance(L *lua.LState) int {
	const name = "mib.node:instance"
	n := self(L, "instance")
	if n.Kind == mib.Scalar && L.GetTop() == 1 {
		L.Push(lua.LString(n.OID.String() + ".0"))
		return 1
	}
	row := rowOf(L, n)
	if row == nil {
		decl.Raisef(L, "'%s': %s is in no table, so it has no index", name, n)
	}
	texts, err := indexTexts(L, row)
	if err != nil {
		decl.Raisef(L, "bad argument #1 to '%s' (%s)", name, err)
	}
	index, err := row.EncodeIndex(texts...)
	if err != nil {
		return decl.Fail(L, refuse(name, err))
	}
	L.Push(lua.LString(oid.OID(append(n.OID[:len(n.OID):len(n.OID)], index...)).String()))
	return 1
}

// indexTexts are the values of an index: the arguments, or the entries of the only one.
func indexTexts(L *lua.LState, row *mib.Node) ([]string, error) {
	var texts []string
	t, isTable := L.Get(2).(*lua.LTable)
	for i := 2; i <= L.GetTop() && !isTable; i++ {
		texts = append(texts, textOf(L.Get(i)))
	}
	if !isTable {
		return texts, nil
	}
	for i, part := range row.Index {
		v := t.RawGetString(part.Name)
		if v == lua.LNil {
			v = t.RawGetInt(i + 1)
		}
		if v == lua.LNil {
			return nil, fmt.Errorf("%s expected, a part of the index (%s)", part.Name, row.IndexNames())
		}
		texts = append(texts, textOf(v))
	}
	return texts, nil
}

func textOf(v lua.LValue) string {
	if n, ok := v.(lua.LNumber); ok {
		return decl.FormatNumber(float64(n))
	}
	return v.String()
}

// format is node:format(value).
func format(L *lua.LState) int {
	const name = "mib.node:format"
	n, s := valued(L, "format")
	if s == nil {
		return decl.Fail(L, noValue(name, n))
	}
	v := L.Get(2)
	switch v := v.(type) {
	case lua.LString:
		if !s.Base.Number() {
			L.Push(lua.LString(s.OctetsText([]byte(v))))
			return 1
		}
	case lua.LNumber:
		if s.Base.Number() && float64(v) == math.Trunc(float64(v)) && math.Abs(float64(v)) <= 1<<53 {
			L.Push(lua.LString(numberText(s, int64(v))))
			return 1
		}
	}
	want := "string"
	if s.Base.Number() {
		want = "whole number"
	}
	decl.RaiseArg(L, 1, name, fmt.Sprintf("%s expected, got %s", want, decl.TypeName(v)))
	return 0
}

// numberText is a number as people read it; TimeTicks as net-snmp's commands print them.
func numberText(s *mib.Syntax, n int64) string {
	if s.Base == mib.TimeTicks && n >= 0 {
		return message.Uptime(uint64(n))
	}
	return s.IntText(n)
}

// parse is node:parse(text).
func parse(L *lua.LState) int {
	const name = "mib.node:parse"
	n, s := valued(L, "parse")
	text := decl.String(L, name, 2)
	if s == nil {
		return decl.Fail(L, noValue(name, n))
	}
	if !s.Base.Number() {
		b, err := s.ParseOctets(text)
		if err != nil {
			return decl.Fail(L, refuse(name, err))
		}
		L.Push(lua.LString(b))
		return 1
	}
	v, err := s.ParseInt(text)
	if err != nil {
		return decl.Fail(L, refuse(name, err))
	}
	L.Push(lua.LNumber(v))
	return 1
}

// valued is the receiver, and the type of its values; nil when it has none that is text or a number.
func valued(L *lua.LState, method string) (*mib.Node, *mib.Syntax) {
	n := self(L, method)
	if n.Syntax == nil || n.Syntax.Base == mib.ObjectIdentifier {
		return n, nil
	}
	return n, n.Syntax
}

func noValue(name string, n *mib.Node) error {
	what := "has no value"
	if n.Syntax != nil {
		what = "has OIDs as values: mib.name and mib.oid are for those"
	}
	return decl.Refuse(decl.Unsupported, fmt.Errorf("%s: %s (%s) %s", name, n, strconv.Quote(n.Kind.String()), what))
}
