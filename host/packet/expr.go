package packet

import (
	"fmt"
	"strconv"
	"strings"
)

// An Expr is a compiled expression over the integer fields of a header: numbers, field names, rest (the bytes that are
// left of the layer), ( ), ! - ~, * / %, + -, << >>, < <= > >=, == != ~=, &, ^, |, && and, || or. C's precedence, except
// that & ^ | bind tighter than comparisons. Comparisons give 1 or 0; a division by zero gives 0.
type Expr struct {
	text string
	eval func(e Header) int64
}

// ParseExpr compiles an expression; slot finds a field's place in the table.
func ParseExpr(text string, slot func(name string) (int, bool)) (Expr, error) {
	p := &exprParser{text: text, slot: slot}
	p.next()
	eval, err := p.binary(0)
	if err == nil && p.tok != "" {
		err = p.fail("an operator")
	}
	return Expr{text, eval}, err
}

type exprParser struct {
	text, tok string
	at, end   int // of tok
	slot      func(string) (int, bool)
	depth     int
}

func (p *exprParser) fail(want string) error {
	got := p.tok
	if got == "" {
		got = "the end"
	}
	return fmt.Errorf("expression '%s', column %d: %s expected, got %s", p.text, p.at+1, want, got)
}

// operators by precedence, loosest first.
var operators = [][]string{{"||", "or"}, {"&&", "and"}, {"==", "!=", "~="}, {"<=", ">=", "<", ">"}, {"|"}, {"^"}, {"&"},
	{"<<", ">>"}, {"+", "-"}, {"*", "/", "%"}}

// next reads one token.
func (p *exprParser) next() {
	s := p.text
	i := p.end
	for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t') {
		i++
	}
	j := i
	switch {
	case i == len(s):
	case word(s[i]):
		for j < len(s) && (word(s[j]) || s[j] == '.') {
			j++
		}
	case i+2 <= len(s) && strings.Contains("|| && == != ~= <= >= << >>", s[i:i+2]) && s[i+1] != ' ':
		j = i + 2
	default:
		j = i + 1
	}
	p.tok, p.at, p.end = s[i:j], i, j
}

func word(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func (p *exprParser) binary(level int) (func(Header) int64, error) {
	if level == len(operators) {
		return p.unary()
	}
	left, err := p.binary(level + 1)
	for err == nil {
		op, found := p.tok, false
		for _, o := range operators[level] {
			found = found || o == op
		}
		if !found {
			return left, nil
		}
		p.next()
		var right func(Header) int64
		if right, err = p.binary(level + 1); err == nil {
			left = combine(op, left, right)
		}
	}
	return left, err
}

func (p *exprParser) unary() (func(Header) int64, error) {
	if p.depth++; p.depth > 100 {
		return nil, p.fail("a shorter expression")
	}
	defer func() { p.depth-- }()
	switch op := p.tok; op {
	case "!", "not", "-", "~":
		p.next()
		x, err := p.unary()
		switch op {
		case "-":
			return func(e Header) int64 { return -x(e) }, err
		case "~":
			return func(e Header) int64 { return ^x(e) }, err
		}
		return func(e Header) int64 { return truth(x(e) == 0) }, err
	case "(":
		p.next()
		x, err := p.binary(0)
		if err == nil && p.tok != ")" {
			err = p.fail("')'")
		}
		p.next()
		return x, err
	}
	return p.operand()
}

func (p *exprParser) operand() (func(Header) int64, error) {
	tok := p.tok
	if tok == "" || !word(tok[0]) {
		return nil, p.fail("a number or a field")
	}
	if '0' <= tok[0] && tok[0] <= '9' {
		n, err := strconv.ParseInt(tok, 0, 64)
		if err != nil {
			return nil, p.fail("a number")
		}
		p.next()
		return func(Header) int64 { return n }, nil
	}
	if tok == "size" || tok == "count" {
		name, err := p.measured(tok)
		if err != nil {
			return nil, err
		}
		tok = name
	}
	if tok == "rest" {
		p.next()
		return func(e Header) int64 { return int64(e.Rest()) }, nil
	}
	i, ok := p.slot(tok)
	if !ok {
		return nil, p.fail("an integer field that is known here")
	}
	p.next()
	return func(e Header) int64 { return int64(e.number(i)) }, nil
}

// measured reads size(field) or count(field), the present token being the last of it.
func (p *exprParser) measured(what string) (string, error) {
	save := *p
	if p.next(); p.tok != "(" {
		*p = save // a field of that name
		return what, nil
	}
	p.next()
	field := p.tok
	if p.next(); p.tok != ")" {
		return "", p.fail("')'")
	}
	return what + "(" + field + ")", nil
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func combine(op string, a, b func(Header) int64) func(Header) int64 {
	switch op {
	case "||", "or":
		return func(e Header) int64 { return truth(a(e) != 0 || b(e) != 0) }
	case "&&", "and":
		return func(e Header) int64 { return truth(a(e) != 0 && b(e) != 0) }
	case "==":
		return func(e Header) int64 { return truth(a(e) == b(e)) }
	case "!=", "~=":
		return func(e Header) int64 { return truth(a(e) != b(e)) }
	case "<":
		return func(e Header) int64 { return truth(a(e) < b(e)) }
	case "<=":
		return func(e Header) int64 { return truth(a(e) <= b(e)) }
	case ">":
		return func(e Header) int64 { return truth(a(e) > b(e)) }
	case ">=":
		return func(e Header) int64 { return truth(a(e) >= b(e)) }
	case "|":
		return func(e Header) int64 { return a(e) | b(e) }
	case "^":
		return func(e Header) int64 { return a(e) ^ b(e) }
	case "&":
		return func(e Header) int64 { return a(e) & b(e) }
	case "<<":
		return func(e Header) int64 { return a(e) << (b(e) & 63) }
	case ">>":
		return func(e Header) int64 { return a(e) >> (b(e) & 63) }
	case "+":
		return func(e Header) int64 { return a(e) + b(e) }
	case "-":
		return func(e Header) int64 { return a(e) - b(e) }
	case "*":
		return func(e Header) int64 { return a(e) * b(e) }
	}
	return func(e Header) int64 { return divide(op, a(e), b(e)) }
}

func divide(op string, a, b int64) int64 {
	switch {
	case b == 0:
		return 0
	case op == "/":
		return a / b
	}
	return a % b
}
