package filter_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/bpf"

	"moonwire/host/filter"
)

// FuzzCompile looks for expressions that make the compiler panic or hang, or that make a program no kernel would take.
func FuzzCompile(f *testing.F) {
	for _, name := range []string{"expressions", "wrong"} {
		for linkType, list := range corpus(f, name) {
			for _, expression := range list {
				f.Add(expression, linkType, false)
			}
		}
	}
	f.Add("vlan 5 and ip", uint32(1), true)
	frames := newForge(5).frames(1, 50)
	f.Fuzz(func(t *testing.T, expression string, linkType uint32, live bool) {
		p, err := filter.Compile(expression, filter.Options{LinkType: linkType, Live: live})
		if err != nil {
			refused(t, expression, err)
			return
		}
		if n := len(p.Instructions()); n == 0 || n > 4096 {
			t.Fatalf("%d instructions", n)
		}
		if strings.Count(p.Text(), "\n") != len(p.Instructions()) {
			t.Error("text has other lines than the program")
		}
		var vm *bpf.VM
		if !strings.Contains(expression, "protochain") && !strings.Contains(expression, "-") {
			vm = machine(p.Instructions())
		}
		for _, fr := range frames {
			got := p.Match(fr.data, len(fr.data))
			if vm == nil {
				continue
			}
			if n, err := vm.Run(fr.data); err == nil && got != (n > 0) {
				t.Fatalf("%v, the machine says %d to %x\n%s", got, n, fr.data, p.Text())
			}
		}
	})
}

// refused checks that an error shows a place in the expression.
func refused(t *testing.T, expression string, err error) {
	var e *filter.Error
	if !errors.As(err, &e) {
		t.Fatalf("an error of another type: %v", err)
	}
	if e.Column < 1 || e.Column > len([]rune(expression))+1 || e.Reason == "" || e.Kind() == "" {
		t.Fatalf("column %d: %s", e.Column, e.Reason)
	}
	if lines := strings.Split(e.Error(), "\n"); len(lines) != 3 || !strings.HasSuffix(lines[2], "^") {
		t.Errorf("%q", e.Error())
	}
}

// machine runs a program by the rules of another implementation; nil when that doesn't take it.
func machine(program []bpf.RawInstruction) *bpf.VM {
	code, ok := bpf.Disassemble(program)
	if !ok {
		return nil
	}
	vm, err := bpf.NewVM(code)
	if err != nil {
		return nil
	}
	return vm
}
