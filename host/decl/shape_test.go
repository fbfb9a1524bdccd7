package decl

import (
	"context"
	"net"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// node contains itself, as trees do.
type node struct {
	Name  string  `lua:"name"`
	Below []*node `lua:"below?"`
}

type shapes struct {
	List    []uint16           `lua:"list?"`
	Names   map[string]float64 `lua:"names?"`
	Nested  *node              `lua:"nested?"`
	Limit   *int               `lua:"limit?"`
	MAC     net.HardwareAddr   `lua:"mac?"`
	Prefix  netip.Prefix       `lua:"prefix?"`
	When    time.Time          `lua:"when?"`
	Bytes   []byte             `lua:"bytes?"`
	Any     lua.LValue         `lua:"any?"`
	Call    *lua.LFunction     `lua:"call?"`
	Counter uint64             `lua:"counter?"`
	Small   int8               `lua:"small?"`
	Must    string             `lua:"must"`
}

type shapeArgs struct {
	Must shapes `lua:"must"`
	Name string `lua:"opts.name!"`
	Next string `lua:"opts.next"`
}

func shapeState(t *testing.T) *lua.LState {
	L := lua.NewState()
	t.Cleanup(L.Close)
	back := Fn[shapes, shapes]{Name: "back", Run: func(_ context.Context, s shapes) (shapes, error) { return s, nil }}
	whole := Fn[shapeArgs, shapes]{Name: "whole", Run: func(_ context.Context, a shapeArgs) (shapes, error) { return a.Must, nil }}
	L.SetGlobal("back", L.NewFunction(back.Bind("m")))
	L.SetGlobal("whole", L.NewFunction(whole.Bind("m")))
	return L
}

func TestShapes(t *testing.T) {
	for _, tt := range []struct{ code, want string }{
		{`whole({must="x", list={1,2,65535}}, {name="n"}).list[3]`, "65535"},
		{`whole({must="x", names={a=1.5}}, {name="n"}).names.a`, "1.5"},
		{`whole({must="x", nested={name="a", below={{name="b", below={{name="c"}}}}}}, {name="n"}).nested.below[1].below[1].name`, "c"},
		{`whole({must="x", limit=0}, {name="n"}).limit`, "0"},
		{`whole({must="x"}, {name="n"}).limit`, "nil"},
		{`whole({must="x", mac="0200.5e10.0001"}, {name="n"}).mac`, "02:00:5e:10:00:01"},
		{`whole({must="x", prefix="10.0.0.0/8"}, {name="n"}).prefix`, "10.0.0.0/8"},
		{`whole({must="x", when=1000.5}, {name="n"}).when`, "1000.5"},
		{`whole({must="x", bytes="a\0b"}, {name="n"}).bytes == "a\0b"`, "true"},
		{`whole({must="x", any=false}, {name="n"}).any`, "false"},
		{`whole({must="x", call=print}, {name="n"}).call == print`, "true"},
		{`whole({must="x"}, {name="n"}).must`, "x"},
		{`whole({must="x", list={1,65536}}, {name="n"})`,
			`!t:1: bad argument #1 to 'm.whole' (must: field 'list': item 2: 0 to 65535 expected, got 65536)`},
		{`whole({must="x", list={1,"x"}}, {name="n"})`,
			`!t:1: bad argument #1 to 'm.whole' (must: field 'list': item 2: number expected, got string)`},
		{`whole({must="x", list=5}, {name="n"})`, `!t:1: bad argument #1 to 'm.whole' (must: field 'list': list of integer expected, got number)`},
		{`whole({must="x", names={a="b"}}, {name="n"})`, `!t:1: bad argument #1 to 'm.whole' (must: field 'names': entry 'a': number expected, got string)`},
		{`whole({must="x", nested={below={}}}, {name="n"})`, `!t:1: bad argument #1 to 'm.whole' (must: field 'nested': field 'name': string expected, got nothing)`},
		{`whole({must="x", nested={name="a", belov={}}}, {name="n"})`,
			`!t:1: bad argument #1 to 'm.whole' (must: field 'nested': field 'belov': did you mean 'below'? expected one of: name, below)`},
		{`whole({must="x", small=-129}, {name="n"})`, `!t:1: bad argument #1 to 'm.whole' (must: field 'small': -129 is out of range)`},
		{`whole({must="x", small="0x7f"}, {name="n"}).small`, "127"},
		{`whole({must="x", call=5}, {name="n"})`, `!t:1: bad argument #1 to 'm.whole' (must: field 'call': function expected, got number)`},
		{`whole({must="x", when=0/0}, {name="n"})`, `!t:1: bad argument #1 to 'm.whole' (must: field 'when': seconds since 1970 expected, got number)`},
		{`whole({}, {name="n"})`, `!t:1: bad argument #1 to 'm.whole' (must: field 'must': string expected, got nothing)`},
		{`whole({must="x"})`, `!t:1: bad option 'name' to 'm.whole' (string expected, got nothing)`},
		{`whole({must="x"}, {next="y"})`, `!t:1: bad option 'name' to 'm.whole' (string expected, got nothing)`},
		{`whole({must="x"}, {name="n", 5})`, `!t:1: bad option '1' to 'm.whole' (expected one of: name, next)`},
		{`back({1}, {}, {name="a"}, nil, nil, nil, nil, nil, nil, nil, nil, nil, "must").list[1]`, "1"},
	} {
		if got := eval(shapeState(t), tt.code); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.code, got, tt.want)
		}
	}
}

func TestPush(t *testing.T) {
	L := lua.NewState()
	defer L.Close()
	n := 5
	for _, tt := range []struct {
		value any
		want  string
	}{
		{nil, "nil"},
		{true, "true"},
		{int64(-5), "-5"},
		{uint32(1 << 31), "2147483648"},
		{1.5, "1.5"},
		{"s", "s"},
		{[]byte("b"), "b"},
		{&n, "5"},
		{(*int)(nil), "nil"},
		{1500 * time.Millisecond, "1.5"},
		{time.Unix(10, 5e8), "10.5"},
		{time.Time{}, "nil"},
		{netip.Addr{}, "nil"},
		{netip.MustParseAddrPort("[::1]:80"), "[::1]:80"},
		{net.HardwareAddr(nil), "nil"},
		{Done{}, "true"},
		{lua.LString("l"), "l"},
		{(*lua.LTable)(nil), "nil"},
		{(*probe)(nil), "nil"},
	} {
		if got := Push(L, tt.value).String(); got != tt.want {
			t.Errorf("Push(%#v) = %s, want %s", tt.value, got, tt.want)
		}
	}
	if got := Push(L, uint64(5)); got.Type() != lua.LTUserData || got.(*lua.LUserData).Value != uint64(5) {
		t.Errorf("Push(uint64) = %v, want userdata that holds it", got)
	}
}

// TestPushMap makes sure that a map's entries come in the order of its keys.
func TestPushMap(t *testing.T) {
	L := lua.NewState()
	defer L.Close()
	var keys []string
	table := Push(L, map[string]int{"c": 1, "a": 2, "b": 3}).(*lua.LTable)
	for k, _ := table.Next(lua.LNil); k != lua.LNil; k, _ = table.Next(k) { // as pairs does
		keys = append(keys, k.String())
	}
	if got := strings.Join(keys, ""); got != "abc" {
		t.Errorf("keys come as %s", got)
	}
}

// A door is a handle.
type door struct{ closed bool }

func (d *door) Close() error   { d.closed = true; return nil }
func (d *door) String() string { return "door" }

// owner is a Host that remembers what it owns, and the context that HostOf finds it in.
type owner struct {
	parent
	bareHost
	owned []Handle
}

// parent is a context whose field's name differs from Host's method.
type parent = interface {
	Deadline() (time.Time, bool)
	Done() <-chan struct{}
	Err() error
	Value(key any) any
}

func (o *owner) Own(_ *lua.LState, h Handle) { o.owned = append(o.owned, h) }

func TestHandlesAreOwned(t *testing.T) {
	L := lua.NewState()
	defer L.Close()
	o := &owner{parent: context.Background()}
	L.SetContext(o)
	open := Fn[struct{}, *door]{Name: "open", Run: func(context.Context, struct{}) (*door, error) { return &door{}, nil }}
	L.SetGlobal("open", L.NewFunction(open.Bind("m")))
	if err := L.DoString(`assert(type(open()) == "userdata")`); err != nil {
		t.Fatal(err)
	}
	if len(o.owned) != 1 {
		t.Errorf("%d handles are owned, want 1", len(o.owned))
	}
}

func TestRecord(t *testing.T) {
	r := Fn[probeArgs, reply]{Name: "say", Default: probeArgs{Mode: "text", Wait: 2 * time.Second}}.Record()
	want := &Record{
		Name: "say",
		Params: []Param{{Name: "text", Type: "string", Doc: "what to say"},
			{Name: "count", Type: "integer", Doc: "(0 to 10)", Optional: true}},
		Options: []Param{{Name: "mode", Type: `"text"|"binary"`, Default: `"text"`, Optional: true, Choices: []string{"text", "binary"}},
			{Name: "timeout", Type: "number", Default: "2", Optional: true}, {Name: "server", Type: "string", Optional: true}},
		Results: []Param{{Type: "table", Fields: []Param{{Name: "stratum", Type: "integer"}, {Name: "offset", Type: "number"},
			{Name: "counter", Type: "u64"}, {Name: "names", Type: "string[]"}, {Name: "next", Type: "string", Optional: true}}}},
	}
	if !reflect.DeepEqual(r, want) {
		t.Errorf("got  %+v\nwant %+v", r, want)
	}
}

func TestToNumber(t *testing.T) {
	for text, want := range map[string]string{"10": "10", " 1e3 ": "1000", "0x10": "16", "-0x10": "-16", "1_000": "", "": "", "x": "", "nan": "", "inf": "", "0x": "", "1.5": "1.5"} {
		got := ""
		if n, ok := ToNumber(lua.LString(text)); ok {
			got = FormatNumber(n)
		}
		if got != want {
			t.Errorf("ToNumber(%q) = %q, want %q", text, got, want)
		}
	}
}
