package test

import (
	"slices"
	"testing"
)

// cases are those of a file:
//
//	1 describe("a", function()
//	2   it("one", …)
//	4   describe("b", function()
//	5     it("two", …)
//	9     it("three", …)
//	12 it("four", …)
var cases = []Case{
	{Words: []string{"a", "one"}, Line: 2, Groups: []int{1}},
	{Words: []string{"a", "b", "two"}, Line: 5, Groups: []int{1, 4}},
	{Words: []string{"a", "b", "three"}, Line: 9, Groups: []int{1, 4}},
	{Words: []string{"four"}, Line: 12},
}

func TestFilter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		lines []int
		want  []int // lines
	}{
		{"", nil, []int{2, 5, 9, 12}},
		{"two", nil, []int{5}},
		{"a > b", nil, []int{5, 9}},
		{"/^a > (one|b > t.o)$/", nil, []int{2, 5}},
		{"/", nil, nil},
		{"nothing", nil, nil},
		{"", []int{1}, []int{2, 5, 9}},
		{"", []int{4}, []int{5, 9}},
		{"", []int{3}, []int{2}}, // in the body of the first
		{"", []int{7}, []int{5}},
		{"", []int{9, 12}, []int{9, 12}},
		{"", []int{400}, []int{12}},
		{"three", []int{4}, []int{9}},
	} {
		var f Filter
		if err := f.Named(c.text); err != nil {
			t.Fatal(err)
		}
		for _, line := range c.lines {
			f.At("x_test.lua", line)
		}
		var got []int
		for i, wanted := range f.wants("x_test.lua", cases) {
			if wanted {
				got = append(got, cases[i].Line)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q %v wants the tests at %v, want %v", c.text, c.lines, got, c.want)
		}
	}
}

// A file that declares no tests is one, by its name.
func TestFilterWholeFile(t *testing.T) {
	t.Parallel()
	var f Filter
	f.At("dir/x_test.lua", 3)
	if err := f.Named("dir/x"); err != nil {
		t.Fatal(err)
	}
	if whole := []Case{{}}; !f.wants("dir/x_test.lua", whole)[0] || f.wants("dir/y_test.lua", whole)[0] {
		t.Error("it isn't found by its name")
	}
	if f.Named("/(/") == nil {
		t.Error("a broken pattern is taken")
	}
}
