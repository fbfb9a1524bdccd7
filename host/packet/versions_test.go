package packet

import (
	"encoding/hex"
	"testing"
)

// advert has a timer of one width in version 2 and of another in version 3, text padded to four bytes, and records up to
// the one of type 0.
func advert(t *testing.T) *Registry {
	t.Helper()
	item := &Protocol{Name: "entry", Fields: []Field{
		{Name: "type", Bits: 8, Kind: Named(map[uint64]string{0: "end", 1: "name"})},
		{Name: "len", Bits: 8, Auto: FieldLen("value")},
		{Name: "value", Kind: Bytes, Size: "len"},
	}}
	reg, err := NewRegistry([]*Protocol{{Name: "advert", Fields: []Field{
		{Name: "version", Bits: 4, Default: uint64(2)},
		{Name: "res", Bits: 4, When: "version == 3"},
		{Name: "timer", Bits: 8, When: "version == 3"},
		{Name: "timer", Bits: 12, When: "version != 3"},
		{Name: "len", Bits: 8, Auto: FieldLen("text")},
		{Name: "text", Kind: Bytes, Size: "len"},
		{Name: "padding", Kind: Bytes, Pad: 4},
		{Name: "list", Kind: &ListOf{Item: item, Until: "type == 0"}},
	}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func TestVersions(t *testing.T) {
	reg := advert(t)
	pr, _ := reg.Lookup("advert")
	list := []Value{Record{{"type", "name"}, {"value", "x"}}, Record{{"type", uint64(0)}}}
	for want, values := range map[string]Record{
		"2fff00" + "00":                        {{"timer", uint64(0xfff)}},
		"30ff00" + "00":                        {{"version", uint64(3)}, {"timer", uint64(0xff)}},
		"200002" + "6162" + "000000":           {{"text", "ab"}},
		"20000161" + "0101780000":              {{"text", "a"}, {"list", list}},
		"20000261620000" + "00" + "0101780000": {{"text", "ab"}, {"list", list}},
	} {
		p, err := New(reg, pr, values)
		if err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		if got := hex.EncodeToString(p.Build()); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		q := Decode(reg, append(p.Build(), 0, 0), pr)
		ended := q.Len() == 2 // the list ends by itself; else it takes the last two bytes for an entry
		if c := q.Layer(0); ended != (values[len(values)-1].Name == "list") || c.Uint("timer") != p.Layer(0).Uint("timer") {
			t.Errorf("%s: %d layers, timer %d", want, q.Len(), c.Uint("timer"))
		}
	}
	if _, err := New(reg, pr, Record{{"res", uint64(1)}}); err == nil {
		t.Error("res without version 3 was taken")
	}
}

// A field that comes and goes keeps the others' values, and padding follows the text.
func TestRelayout(t *testing.T) {
	reg := advert(t)
	pr, _ := reg.Lookup("advert")
	p, _ := New(reg, pr, Record{{"timer", uint64(7)}, {"text", "abc"}})
	c := p.Layer(0)
	for _, step := range []struct {
		name  string
		value Value
		want  string
	}{
		{"version", uint64(3), "300703616263" + "0000"},
		{"text", "abcde", "3007056162636465"},
		{"padding", "!", "3007056162636465" + "21"},
		{"padding", Auto, "3007056162636465"},
	} {
		if err := c.Set(step.name, step.value); err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(p.Build()); got != step.want {
			t.Errorf("%s: got %s, want %s", step.name, got, step.want)
		}
	}
	if got := c.Protocol().Fields[7].Kind.Text([]Value{Record{{"type", uint64(1)}, {"value", "x"}}}); got != `{{type="name", value="x"}}` {
		t.Error(got)
	}
}
