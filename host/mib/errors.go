package mib

import (
	"fmt"
	"slices"
	"strings"

	"moonwire/host/decl/nearest"
)

// An UnknownError says that no module gives a name.
type UnknownError struct {
	Name    string
	Nearest string // what may have been meant; "" when nothing is near
	Module  string // of module::name, when the tree doesn't have that module
}

func (e *UnknownError) Error() string {
	what := fmt.Sprintf("no MIB module names '%s'", e.Name)
	if e.Module != "" {
		what = fmt.Sprintf("MIB module %s is not known (mib.load reads its file)", e.Module)
	}
	switch {
	case e.Nearest != "":
		what += fmt.Sprintf(" (did you mean '%s'?)", e.Nearest)
	case e.Module == "":
		what += " (mib.load reads the MIB files of vendors)"
	}
	return what
}

// Kind is the refusal's kind for scripts.
func (e *UnknownError) Kind() string { return "notfound" }

// An AmbiguousError says that modules give one name to different OIDs.
type AmbiguousError struct {
	Name  string
	Nodes []*Node
}

func (e *AmbiguousError) Error() string {
	names := make([]string, len(e.Nodes))
	for i, n := range e.Nodes {
		names[i] = fmt.Sprintf("%s (%s)", n, n.OID)
	}
	return fmt.Sprintf("'%s' is the name of several objects: write %s", e.Name, strings.Join(names, " or "))
}

// Kind is the refusal's kind for scripts.
func (e *AmbiguousError) Kind() string { return "notfound" }

// unknown is the error for a name that nothing has, with the nearest that something has.
func (t *Tree) unknown(s string) error {
	module, name, qualified := cutModule(s)
	if !qualified {
		return &UnknownError{Name: s, Nearest: nearest.Word(name, t.names())}
	}
	m := t.Module(module)
	if m == nil {
		return &UnknownError{Name: s, Module: module, Nearest: nearest.Word(module, t.Modules())}
	}
	names := make([]string, len(m.Nodes))
	for i, n := range m.Nodes {
		names[i] = n.Name
	}
	e := &UnknownError{Name: s}
	if near := nearest.Word(name, names); near != "" {
		e.Nearest = module + "::" + near
	}
	return e
}

// names are all names, in order.
func (t *Tree) names() []string {
	t.mu.RLock()
	names := slices.Collect(t.added.Names())
	t.mu.RUnlock()
	for name := range t.base.Names() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
