package filter

import "moonwire/host/filter/internal/flow"

// A parser reads an expression from left to right and has the generator make conditions of it on the way.
//
//	expr     = term { ("and" | "or") ( term | id ) }
//	term     = "not" term | "(" expr ")" | qualifiers id | protocol | arithmetic relation arithmetic | primitive
//	id       = "not" id | "(" id-list ")" | name | number | address ...
//	id-list  = ( name | address | number ) { ("and" | "or") id }
//
// And and or bind alike, from left to right. An id takes the qualifiers that were given last.
type parser struct {
	lexer
	token  token // the next one
	gen    *generator
	nested int
}

// maxNesting bounds parentheses, negations and operators within each other.
const maxNesting = 1000

func (p *parser) advance() token {
	t := p.token
	p.token = p.next()
	return t
}

func (p *parser) enter() {
	if p.nested++; p.nested > maxNesting {
		fail(p.token.at, "nested deeper than %d levels", maxNesting)
	}
}

func (p *parser) leave() { p.nested-- }

// accept takes the next token when it is of this kind.
func (p *parser) accept(k kind) bool {
	if p.token.kind != k {
		return false
	}
	p.advance()
	return true
}

func (p *parser) expect(k kind, what string) token {
	if p.token.kind != k && k == kindName {
		p.unexpectedName(what)
	} else if p.token.kind != k {
		p.unexpected(what)
	}
	return p.advance()
}

// unexpected fails with what should stand in the place of the next token.
func (p *parser) unexpected(what string) {
	t := p.token
	hint := ""
	if t.kind == kindName && t.text == t.name {
		hint = suggest(t.text, words)
	}
	fail(t.at, "%s expected, got %s%s", what, t.describe(), hint)
}

// unexpectedName is for places where a name could stand: one that is a keyword too needs a backslash.
func (p *parser) unexpectedName(what string) {
	if t := p.token; t.kind >= kwDst {
		fail(t.at, "%s expected, got the keyword %s (write \\%s when the name is meant)", what, quote(t.text), t.text)
	}
	p.unexpected(what)
}

// parse reads the whole expression; the condition of an empty one is nil.
func (p *parser) parse() *cond {
	p.advance()
	if p.token.kind == kindEnd {
		return nil
	}
	e := p.chain(p.item(qualifier{none: true}, false))
	if p.token.kind != kindEnd {
		p.unexpected("'and', 'or' or the end")
	}
	return e.cond
}

// An item is what the parser has read: a number, arithmetic, or a condition with the qualifiers in force after it.
type item struct {
	kind  itemKind
	cond  *cond
	q     qualifier
	num   uint32
	value value
	at    int
}

type itemKind uint8

const (
	isNumber itemKind = iota // a number, perhaps in parentheses: an id, or the start of arithmetic
	isValue                  // arithmetic
	isTerm                   // a term
	isName                   // a single name, address or negated id
	isNames                  // ids in parentheses
)

// connective takes an "and" or "or" and gives what it does; nil when none stands next.
func (p *parser) connective() func(a, b *cond) *cond {
	switch {
	case p.accept(kwAnd):
		return flow.All
	case p.accept(kwOr):
		return flow.Any
	}
	return nil
}

// chain reads the rest of an expression behind its first term.
func (p *parser) chain(left item) item {
	for join := p.connective(); join != nil; join = p.connective() {
		right := p.item(left.q, true)
		left = item{kind: isTerm, cond: join(left.cond, right.cond), q: right.q, at: left.at}
	}
	return left
}

// item reads a term, or an id where one may stand. Its condition is made.
func (p *parser) item(q qualifier, ids bool) item {
	i := p.relation(p.any(q))
	switch {
	case i.kind == isTerm:
		return i
	case i.kind == isValue:
		p.unexpected(comparison)
	case !ids:
		fail(i.at, "a word such as host, net or port expected before a bare name or number")
	}
	return p.asID(i, q)
}

// comparison is what is expected behind arithmetic.
const comparison = "a comparison (=, !=, <, <=, >, >=)"

// asID makes the condition of a number that stands as an id.
func (p *parser) asID(i item, q qualifier) item {
	if i.kind == isNumber {
		p.gen.at = i.at
		i.cond = p.gen.idNumber(i.num, q)
	}
	i.q = q
	return i
}

// any reads whatever stands next. A number is left a number.
func (p *parser) any(q qualifier) item {
	p.enter()
	defer p.leave()
	at := p.token.at
	switch k := p.token.kind; {
	case k == kindNumber:
		return item{kind: isNumber, num: p.advance().num, at: at}
	case k == '(':
		return p.parenthesis(q)
	case k == '!':
		p.advance()
		return p.negation(p.any(q), q, at)
	case k == kindName || k == kindIPv4 || k == kindIPv6 || k == kindMAC || k == kindARCnet:
		return p.id(q)
	case k == '-' || k == kwLen:
		return item{kind: isValue, value: p.operand(), at: at}
	}
	return p.term()
}

// negation is not before a term or an id.
func (p *parser) negation(i item, q qualifier, at int) item {
	i = p.relation(i)
	switch i.kind {
	case isValue:
		p.unexpected(comparison)
	case isTerm:
		i.cond = flow.Not(i.cond)
		return i
	}
	i = p.asID(i, q)
	return item{kind: isName, cond: flow.Not(i.cond), q: q, at: at}
}

// parenthesis reads what stands in parentheses: a number, arithmetic, a list of ids or an expression.
func (p *parser) parenthesis(q qualifier) item {
	at := p.advance().at
	i := p.relation(p.any(q))
	switch i.kind {
	case isNames:
		fail(i.at, "two parentheses around names: one is enough")
	case isTerm:
		i = p.chain(i)
		i.q = q
	case isName, isNumber:
		i = p.ids(i, q)
	}
	if p.token.kind != ')' {
		p.unexpected("'and', 'or' or ')'")
	}
	p.advance()
	i.at = at
	return i
}

// ids reads the rest of a list of ids in parentheses. A number alone is left a number.
func (p *parser) ids(left item, q qualifier) item {
	for join := p.connective(); join != nil; join = p.connective() {
		left = p.asID(left, q)
		right := p.any(q)
		if right.kind == isTerm || right.kind == isValue {
			fail(right.at, "a name, number or address expected, as in the rest of this list")
		}
		left = item{kind: isName, cond: join(left.cond, p.asID(right, q).cond), q: q, at: left.at}
	}
	if left.kind == isName {
		left.kind = isNames
	}
	return left
}

// relation reads the rest of a comparison when i is its beginning, and makes it a term.
func (p *parser) relation(i item) item {
	if i.kind != isNumber && i.kind != isValue {
		return i
	}
	_, operator := operations[p.token.kind]
	_, compares := relations[p.token.kind]
	if !operator && !compares {
		return i
	}
	left := p.arithmetic(p.valueOf(i), 0)
	r, compares := relations[p.token.kind]
	if !compares {
		return item{kind: isValue, value: left, at: i.at}
	}
	p.advance()
	right := p.arithmetic(p.operand(), 0)
	p.gen.at = i.at
	return item{kind: isTerm, cond: p.gen.relate(r, left, right), q: qualifier{none: true}, at: i.at}
}

func (p *parser) valueOf(i item) value {
	if i.kind == isNumber {
		p.gen.at = i.at
		return p.gen.constantValue(i.num)
	}
	return i.value
}
