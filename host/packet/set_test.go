package packet

import "testing"

func TestIsSet(t *testing.T) {
	pr := compiled(&Protocol{Name: "t", Fields: []Field{
		{Name: "kind", Bits: 8, Default: uint64(1)},
		{Name: "sum", Bits: 8, Auto: func(Context) uint64 { return 9 }},
		{Name: "data", Kind: Bytes},
	}})
	p, err := New(nil, pr, Record{{"data", "x"}})
	if err != nil {
		t.Fatal(err)
	}
	c := p.Layer(0)
	set := func() (names string) {
		for i := range pr.Fields {
			if f := &pr.Fields[i]; c.IsSet(f) {
				names += f.Name + " "
			}
		}
		return names
	}
	for _, step := range []struct {
		field string
		value Value
		want  string
	}{
		{"", nil, "data "},
		{"kind", uint64(1), "kind data "},
		{"sum", uint64(9), "kind sum data "},
		{"sum", Auto, "kind data "},
		{"kind", nil, "data "},
		{"data", nil, ""},
	} {
		if step.field != "" {
			if err := c.Set(step.field, step.value); err != nil {
				t.Fatal(err)
			}
		}
		if got := set(); got != step.want {
			t.Errorf("after %s=%v: %q is set, want %q", step.field, step.value, got, step.want)
		}
	}
	if got := string(p.Build()); got != "\x01\x09" {
		t.Errorf("%q", got)
	}
	if q := p.Sent(); !q.Layer(0).IsSet(&pr.Fields[0]) {
		t.Error("what was sent is set")
	}
}
