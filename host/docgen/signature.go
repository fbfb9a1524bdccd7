package docgen

import (
	"strconv"
	"strings"

	"moonwire/host/decl"
)

// Signature is a function's call with typed parameters and options: name(a: string[, b: integer, {c: number = 2}]).
func Signature(name string, r *decl.Record) string {
	args := make([]string, 0, len(r.Params)+1)
	optional := len(r.Params)
	for i := len(r.Params) - 1; i >= 0 && (r.Params[i].Optional || r.Params[i].Variadic); i-- {
		optional = i
	}
	for _, p := range r.Params {
		args = append(args, typed(p))
	}
	if len(r.Options) > 0 {
		args = append(args, optionList(r.Options))
		if required(r.Options) {
			optional = len(args)
		}
	}
	return name + "(" + bracket(args, optional) + ")"
}

// bracket joins arguments and puts those from place optional on in brackets.
func bracket(args []string, optional int) string {
	switch {
	case optional >= len(args):
		return strings.Join(args, ", ")
	case optional == 0:
		return "[" + strings.Join(args, ", ") + "]"
	}
	return strings.Join(args[:optional], ", ") + "[, " + strings.Join(args[optional:], ", ") + "]"
}

func optionList(options []decl.Param) string {
	items := make([]string, len(options))
	for i, o := range options {
		items[i] = typed(o)
	}
	return "{" + strings.Join(items, ", ") + "}"
}

func required(options []decl.Param) bool {
	for _, o := range options {
		if !o.Optional {
			return true
		}
	}
	return false
}

// typed is name: type = default.
func typed(p decl.Param) string {
	s := p.Name
	if p.Variadic {
		s = "..."
	}
	if p.Type != "" {
		s += ": " + typeOf(p)
	}
	if p.Default != "" {
		s += " = " + p.Default
	}
	return s
}

// typeOf is a parameter's type: the words themselves, where only some words are accepted.
func typeOf(p decl.Param) string {
	if p.Type != "string" || len(p.Choices) == 0 {
		return p.Type
	}
	words := make([]string, len(p.Choices))
	for i, w := range p.Choices {
		words[i] = strconv.Quote(w)
	}
	return strings.Join(words, "|")
}

// resultLines are the ways a call can end: its results, then the refusal.
func resultLines(r *decl.Record) []string {
	var lines []string
	if len(r.Results) > 0 {
		results := make([]string, len(r.Results))
		for i, p := range r.Results {
			results[i] = result(p)
		}
		lines = append(lines, strings.Join(results, ", "))
	}
	if len(r.Fails) > 0 {
		kinds := make([]string, len(r.Fails))
		for i, k := range r.Fails {
			kinds[i] = `"` + k + `"`
		}
		lines = append(lines, "nil, message: string, kind: "+strings.Join(kinds, "|"))
	}
	return lines
}

func result(p decl.Param) string {
	s := typeOf(p)
	if p.Name != "" && p.Name != "..." {
		s = p.Name + ": " + s
	}
	if p.Variadic {
		s += " ..."
	}
	if p.Optional {
		s += "|nil"
	}
	return s
}

// example is a function's, with the lab where it takes place.
func example(r *decl.Record) string {
	text := strings.TrimSpace(r.Example)
	if r.Lab != "" {
		text = "-- in lab " + r.Lab + "; net is the lab\n" + text
	}
	return text
}
