package script

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// A Selection chooses scripts by an expression: "safe and not dhcp", "tutorial/* or (snmp and safe)". A word is a
// category, a folder or a name, and may hold the wildcards * and ?; "not" binds tighter than "and", "and" than "or".
type Selection struct {
	matches func(name string, h *Header) bool
}

// Matches says whether the script of that name is chosen.
func (s Selection) Matches(name string, h *Header) bool { return s.matches(name, h) }

// ParseSelection reads an expression. An empty one chooses everything.
func ParseSelection(text string) (Selection, error) {
	p := selector{tokens: strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(text))}
	if len(p.tokens) == 0 {
		return Selection{func(string, *Header) bool { return true }}, nil
	}
	m, err := p.or()
	if err == nil && len(p.tokens) > 0 {
		err = fmt.Errorf("'and' or 'or' expected before '%s'", p.tokens[0])
	}
	if err != nil {
		return Selection{}, fmt.Errorf("selection '%s': %w", text, err)
	}
	return Selection{m}, nil
}

// A matcher is one part of an expression.
type matcher = func(name string, h *Header) bool

// A selector reads the tokens from left to right.
type selector struct{ tokens []string }

// take drops the next token when it is word.
func (p *selector) take(word string) bool {
	if len(p.tokens) > 0 && p.tokens[0] == word {
		p.tokens = p.tokens[1:]
		return true
	}
	return false
}

func (p *selector) or() (matcher, error) {
	a, err := p.and()
	for err == nil && p.take("or") {
		var b matcher
		left := a
		b, err = p.and()
		a = func(n string, h *Header) bool { return left(n, h) || b(n, h) }
	}
	return a, err
}

func (p *selector) and() (matcher, error) {
	a, err := p.not()
	for err == nil && p.take("and") {
		var b matcher
		left := a
		b, err = p.not()
		a = func(n string, h *Header) bool { return left(n, h) && b(n, h) }
	}
	return a, err
}

func (p *selector) not() (matcher, error) {
	if p.take("not") {
		a, err := p.not()
		return func(n string, h *Header) bool { return !a(n, h) }, err
	}
	if p.take("(") {
		a, err := p.or()
		if err == nil && !p.take(")") {
			err = fmt.Errorf("')' is missing")
		}
		return a, err
	}
	return p.word()
}

func (p *selector) word() (matcher, error) {
	if len(p.tokens) == 0 {
		return nil, fmt.Errorf("a word is missing at the end")
	}
	w := p.tokens[0]
	p.tokens = p.tokens[1:]
	if slices.Contains([]string{"and", "or", ")"}, w) {
		return nil, fmt.Errorf("a word is missing before '%s'", w)
	}
	if _, err := path.Match(w, ""); err != nil {
		return nil, fmt.Errorf("bad pattern '%s'", w)
	}
	return func(name string, h *Header) bool { return named(w, name) || slices.ContainsFunc(h.Categories, like(w)) }, nil
}

// named says whether pattern is the script's name, its name without the folder, or its folder.
func named(pattern, name string) bool {
	is := like(strings.TrimSuffix(pattern, ".lua"))
	return is(name) || is(path.Base(name)) || is(path.Dir(name))
}

func like(pattern string) func(string) bool {
	return func(s string) bool { ok, _ := path.Match(pattern, s); return ok }
}
