package script

import (
	"fmt"
	"slices"
	"strings"
)

// Returns is what a script returns, for readers of its result as data.
type Returns struct {
	Type   string // list, record, or a type of Field; "": the header doesn't say
	Doc    string
	Fields []Field // of the record, or of each record of the list
}

// A Field is one of a record that a script returns.
type Field struct {
	Name, Type, Doc string
}

// resultTypes are the types that fields may have beside those of arguments.
var resultTypes = []string{"list", "record", "any"}

// setReturns reads TYPE [| DOC], and a line "NAME TYPE [| DOC]" for each field.
func (h *Header) setReturns(e entry) error {
	kind, doc, _ := strings.Cut(e.lines[0]+" ", " | ")
	h.Returns = Returns{Type: strings.TrimSpace(kind), Doc: strings.TrimSpace(doc)}
	if err := checkResultType(h.Returns.Type); err != nil {
		return fmt.Errorf("header key 'returns': %w", err)
	}
	for _, l := range e.lines[1:] {
		f, err := parseField(l)
		if err == nil && slices.ContainsFunc(h.Returns.Fields, func(g Field) bool { return g.Name == f.Name }) {
			err = fmt.Errorf("field '%s' declared twice", f.Name)
		}
		if err != nil {
			return fmt.Errorf("header key 'returns': %w", err)
		}
		h.Returns.Fields = append(h.Returns.Fields, f)
	}
	return nil
}

func parseField(line string) (Field, error) {
	text, doc, _ := strings.Cut(line+" ", " | ")
	name, kind, _ := strings.Cut(strings.TrimSpace(text), " ")
	f := Field{Name: name, Type: strings.TrimSpace(kind), Doc: strings.TrimSpace(doc)}
	if f.Type == "" {
		return f, fmt.Errorf("a field is 'NAME TYPE | what it is', got '%s'", line)
	}
	if err := checkResultType(f.Type); err != nil {
		return f, fmt.Errorf("field '%s': %w", f.Name, err)
	}
	return f, nil
}

// checkResultType wants a type that results may have.
func checkResultType(kind string) error {
	if slices.Contains(resultTypes, kind) {
		return nil
	}
	if _, err := parseType(kind); err != nil {
		return fmt.Errorf("unknown type '%s'%s", kind, Meant(kind, append(slices.Clone(typeNames), resultTypes...)))
	}
	return nil
}

// Columns are the names of the fields of what the script returns, in the order of the header.
func (h *Header) Columns() []string {
	var names []string
	for _, f := range h.Returns.Fields {
		names = append(names, f.Name)
	}
	return names
}
