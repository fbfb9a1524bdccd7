package syntax

import (
	"fmt"

	"github.com/yuin/gopher-lua/ast"
)

// Error is why source was refused. Message is complete: place, reason and token.
type Error struct {
	Message string
	Line    int
	AtEOF   bool // more source might mend it
}

func (e *Error) Error() string { return e.Message }

// LocalFunction is local function f() end: unlike in local f = function() end, f is in scope in its own body.
type LocalFunction struct {
	ast.StmtBase
	Name string
	Func *ast.FunctionExpr
}

// Parse reads a chunk. chunkname is Lua's ("@file", "=name" or the source). The main function's body is returned, with
// the line of its last token.
func Parse(chunkname, source string) (body []ast.Stmt, lastLine int, err error) {
	p := &parser{lexer: lexer{chunk: shorten(chunkname, parseSize), src: source, line: 1}, lastLine: 1}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	p.function = &function{vararg: true}
	p.advance()
	body = p.block()
	p.check(tEOF)
	return body, p.lastLine, nil
}

// maxLevels is how deep statements and expressions may nest (LUAI_MAXCCALLS).
const maxLevels = 200

// parser is a recursive-descent parser with one token in hand and at most one more read ahead.
type parser struct {
	lexer
	tok      token
	ahead    *token
	lastLine int // of the token before tok
	level    int
	function *function
}

// function is what the parser must know of the function it is in.
type function struct {
	outer  *function
	vararg bool
	loops  int
}

func (p *parser) advance() {
	p.lastLine = p.line
	if p.tok.kind != 0 {
		p.lastLine = p.tok.line
	}
	if p.ahead != nil {
		p.tok, p.ahead = *p.ahead, nil
		return
	}
	p.tok = p.next()
}

func (p *parser) lookahead() token {
	if p.ahead == nil {
		t := p.next()
		p.ahead = &t
	}
	return *p.ahead
}

// near is the token in hand as messages spell it.
func (p *parser) near() string {
	switch p.tok.kind {
	case tName, tNumber, tString:
		return cstring(p.tok.spelling)
	}
	return p.tok.kind.String()
}

func (p *parser) refuse(format string, args ...any) {
	p.line = p.tok.line
	p.fail(fmt.Sprintf(format, args...), p.near())
}

func (p *parser) accept(k kind) bool {
	if p.tok.kind != k {
		return false
	}
	p.advance()
	return true
}

func (p *parser) check(k kind) {
	if p.tok.kind != k {
		p.refuse("'%s' expected", k)
	}
}

func (p *parser) expect(k kind) {
	p.check(k)
	p.advance()
}

// match expects the token that closes what opened on line.
func (p *parser) match(closing, opening kind, line int) {
	if p.tok.kind == closing {
		p.advance()
		return
	}
	if p.tok.line == line {
		p.refuse("'%s' expected", closing)
	}
	p.refuse("'%s' expected (to close '%s' at line %d)", closing, opening, line)
}

func (p *parser) name() string {
	p.check(tName)
	s := p.tok.text
	p.advance()
	return s
}

func (p *parser) enter() {
	p.level++
	if p.level > maxLevels {
		p.fail("chunk has too many syntax levels", "")
	}
}

func (p *parser) leave() { p.level-- }

// at gives n the line of the token before the one in hand.
func at[N ast.PositionHolder](p *parser, n N) N {
	n.SetLine(p.lastLine)
	return n
}
