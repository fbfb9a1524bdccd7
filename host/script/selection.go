package script

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// A Selection chooses scripts by an expression: "safe and not dhcp", "tutorial/* or (snmp and safe)". A word is a
// category, a folder, a name or where scripts come from, and may hold the wildcards * and ?. One that is none of these
// for any script is looked for in names, titles and texts. "not" binds tighter than "and", "and" than "or"; words side
// by side are as with "and", a comma is an "or" that binds least.
type Selection struct {
	root  node
	words []string
}

// A Candidate is a script that may be chosen.
type Candidate struct {
	Name   string // with its folder: recipes/arp_scan
	Origin string // a word for where it comes from; "" for none
	Header *Header
}

// ParseSelection reads an expression. An empty one chooses everything.
func ParseSelection(text string) (Selection, error) {
	p := selector{tokens: strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ", ",", " , ").Replace(text))}
	if len(p.tokens) == 0 {
		return Selection{root: all{}}, nil
	}
	n, err := p.list()
	if err == nil && len(p.tokens) > 0 {
		err = fmt.Errorf("no '(' stands before '%s'", p.tokens[0])
	}
	if err != nil {
		return Selection{}, fmt.Errorf("selection '%s': %w", text, err)
	}
	return Selection{n, p.words}, nil
}

// Of are the scripts that are chosen, in their order, and the words that fit none of the list.
func (s Selection) Of(list []Candidate) (chosen []int, strange []string) {
	words := map[string]func(*Candidate) bool{}
	for _, w := range s.words {
		fits := exactly(w)
		if !slices.ContainsFunc(list, func(c Candidate) bool { return fits(&c) }) {
			if fits = mentions(w); !slices.ContainsFunc(list, func(c Candidate) bool { return fits(&c) }) {
				strange = append(strange, w)
			}
		}
		words[w] = fits
	}
	for i := range list {
		if s.root.fits(&list[i], words) {
			chosen = append(chosen, i)
		}
	}
	return chosen, strange
}

// exactly is what a word of an expression chooses: a category, a name with or without its folder, a folder, an origin.
func exactly(word string) func(*Candidate) bool {
	is := like(strings.TrimSuffix(word, ".lua"))
	return func(c *Candidate) bool {
		return is(c.Name) || is(path.Base(c.Name)) || is(path.Dir(c.Name)) || is(c.Origin) || slices.ContainsFunc(c.Header.Categories, is)
	}
}

func like(pattern string) func(string) bool {
	return func(s string) bool { ok, _ := path.Match(pattern, s); return ok }
}

// mentions is what a word chooses that is only looked for.
func mentions(word string) func(*Candidate) bool {
	word = strings.ToLower(word)
	has := func(text string) bool { return strings.Contains(strings.ToLower(text), word) }
	return func(c *Candidate) bool {
		return has(c.Name) || has(c.Header.Title) || has(c.Header.About) || slices.ContainsFunc(c.Header.Categories, has)
	}
}

// A node is one part of an expression.
type node interface {
	fits(c *Candidate, words map[string]func(*Candidate) bool) bool
}

type (
	all  struct{}
	word string
	not  struct{ n node }
	and  struct{ a, b node }
	or   struct{ a, b node }
)

func (all) fits(*Candidate, map[string]func(*Candidate) bool) bool { return true }
func (w word) fits(c *Candidate, words map[string]func(*Candidate) bool) bool {
	return words[string(w)](c)
}
func (n not) fits(c *Candidate, words map[string]func(*Candidate) bool) bool {
	return !n.n.fits(c, words)
}
func (n and) fits(c *Candidate, words map[string]func(*Candidate) bool) bool {
	return n.a.fits(c, words) && n.b.fits(c, words)
}
func (n or) fits(c *Candidate, words map[string]func(*Candidate) bool) bool {
	return n.a.fits(c, words) || n.b.fits(c, words)
}

// A selector reads the tokens from left to right.
type selector struct {
	tokens []string
	words  []string // of the expression, so far
	depth  int      // of brackets and nots
}

// maxDepth bounds the depth of an expression.
const maxDepth = 1000

// next says whether word comes next.
func (p *selector) next(word string) bool { return len(p.tokens) > 0 && p.tokens[0] == word }

// take drops the next token when it is word.
func (p *selector) take(word string) bool {
	if p.next(word) {
		p.tokens = p.tokens[1:]
		return true
	}
	return false
}

// list reads expressions that commas part, as NSE has them.
func (p *selector) list() (node, error) { return p.either(",", p.or) }

func (p *selector) or() (node, error) { return p.either("or", p.and) }

// either reads what a word for "or" parts.
func (p *selector) either(word string, one func() (node, error)) (node, error) {
	a, err := one()
	for err == nil && p.take(word) {
		var b node
		b, err = one()
		a = or{a, b}
	}
	return a, err
}

func (p *selector) and() (node, error) {
	a, err := p.not()
	for err == nil && (p.take("and") || len(p.tokens) > 0 && !p.next("or") && !p.next(",") && !p.next(")")) {
		var b node
		b, err = p.not()
		a = and{a, b}
	}
	return a, err
}

func (p *selector) not() (node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, fmt.Errorf("nested too deep")
	}
	defer func() { p.depth-- }()
	if p.take("not") {
		n, err := p.not()
		return not{n}, err
	}
	if p.take("(") {
		n, err := p.list()
		if err == nil && !p.take(")") {
			err = fmt.Errorf("')' is missing")
		}
		return n, err
	}
	return p.word()
}

func (p *selector) word() (node, error) {
	if len(p.tokens) == 0 {
		return nil, fmt.Errorf("a word is missing at the end")
	}
	w := p.tokens[0]
	p.tokens = p.tokens[1:]
	if slices.Contains([]string{"and", "or", ",", ")"}, w) {
		return nil, fmt.Errorf("a word is missing before '%s'", w)
	}
	if _, err := path.Match(w, ""); err != nil {
		return nil, fmt.Errorf("bad pattern '%s'", w)
	}
	p.words = append(p.words, w)
	return word(w), nil
}
