package syntax

import "github.com/yuin/gopher-lua/ast"

// priority is how strongly a binary operator binds to its left and its right.
type priority struct{ left, right int }

var priorities = map[kind]priority{
	tOr: {1, 1}, tAnd: {2, 2},
	'<': {3, 3}, '>': {3, 3}, tLe: {3, 3}, tGe: {3, 3}, tNe: {3, 3}, tEq: {3, 3},
	tConcat: {5, 4},
	'+':     {6, 6}, '-': {6, 6}, '*': {7, 7}, '/': {7, 7}, '%': {7, 7},
	'^': {10, 9},
}

const unaryPriority = 8

func (p *parser) expressions() []ast.Expr {
	list := []ast.Expr{p.expression()}
	for p.accept(',') {
		list = append(list, p.expression())
	}
	return list
}

func (p *parser) expression() ast.Expr { return p.operation(0) }

// operation reads operands joined by operators that bind more strongly than limit.
func (p *parser) operation(limit int) ast.Expr {
	p.enter()
	defer p.leave()
	e := p.operand()
	for {
		op := p.tok.kind
		bind, ok := priorities[op]
		if !ok || bind.left <= limit {
			return e
		}
		p.advance()
		e = p.binary(op, e, p.operation(bind.right))
	}
}

func (p *parser) binary(op kind, l, r ast.Expr) ast.Expr {
	switch op {
	case tAnd, tOr:
		return at(p, &ast.LogicalOpExpr{Operator: op.String(), Lhs: l, Rhs: r})
	case tConcat:
		return at(p, &ast.StringConcatOpExpr{Lhs: l, Rhs: r})
	case '+', '-', '*', '/', '%', '^':
		return at(p, &ast.ArithmeticOpExpr{Operator: op.String(), Lhs: l, Rhs: r})
	}
	return at(p, &ast.RelationalOpExpr{Operator: op.String(), Lhs: l, Rhs: r})
}

// operand reads a unary operation or a simple expression.
func (p *parser) operand() ast.Expr {
	switch p.tok.kind {
	case tNot:
		p.advance()
		e := p.operation(unaryPriority)
		return at(p, &ast.UnaryNotOpExpr{Expr: e})
	case '-':
		p.advance()
		e := p.operation(unaryPriority)
		return at(p, &ast.UnaryMinusOpExpr{Expr: e})
	case '#':
		p.advance()
		e := p.operation(unaryPriority)
		return at(p, &ast.UnaryLenOpExpr{Expr: e})
	}
	return p.simple()
}

func (p *parser) simple() ast.Expr {
	var e ast.Expr
	switch p.tok.kind {
	case tNumber:
		e = &ast.NumberExpr{Value: p.tok.text}
	case tString:
		e = &ast.StringExpr{Value: p.tok.text}
	case tNil:
		e = &ast.NilExpr{}
	case tTrue:
		e = &ast.TrueExpr{}
	case tFalse:
		e = &ast.FalseExpr{}
	case tDots:
		if !p.function.vararg {
			p.refuse("cannot use '...' outside a vararg function")
		}
		e = &ast.Comma3Expr{}
	case '{':
		return p.table()
	case tFunction:
		line := p.tok.line
		p.advance()
		return p.body(line)
	default:
		e, _ = p.suffixed()
		return e
	}
	p.advance()
	return at(p, e)
}

// suffixed reads a name or a parenthesis with its fields, indices and calls; target says it may be assigned to.
func (p *parser) suffixed() (e ast.Expr, target bool) {
	e, target = p.prefix()
	for {
		switch p.tok.kind {
		case '.':
			p.advance()
			e, target = p.field(e), true
		case '[':
			p.advance()
			key := p.expression()
			p.expect(']')
			e, target = at(p, &ast.AttrGetExpr{Object: e, Key: key}), true
		case ':':
			p.advance()
			method := p.name()
			e, target = p.call(&ast.FuncCallExpr{Receiver: e, Method: method}), false
		case '(', tString, '{':
			e, target = p.call(&ast.FuncCallExpr{Func: e}), false
		default:
			return e, target
		}
	}
}

func (p *parser) prefix() (e ast.Expr, target bool) {
	switch p.tok.kind {
	case tName:
		name := p.name()
		return at(p, &ast.IdentExpr{Value: name}), true
	case '(':
		line := p.tok.line
		p.advance()
		e := p.expression()
		p.match(')', '(', line)
		switch e := e.(type) {
		case *ast.FuncCallExpr:
			e.AdjustRet = true
		case *ast.Comma3Expr:
			e.AdjustRet = true
		}
		return e, false
	}
	p.refuse("unexpected symbol")
	return nil, false
}

// field reads the name after a dot.
func (p *parser) field(object ast.Expr) ast.Expr {
	key := at(p, &ast.StringExpr{Value: p.name()})
	return at(p, &ast.AttrGetExpr{Object: object, Key: key})
}

// call reads a call's arguments. A parenthesis on a new line could also begin a statement: refused.
func (p *parser) call(c *ast.FuncCallExpr) ast.Expr {
	line := p.tok.line
	switch p.tok.kind {
	case '(':
		if line != p.lastLine {
			p.refuse("ambiguous syntax (function call x new statement)")
		}
		p.advance()
		if p.tok.kind != ')' {
			c.Args = p.expressions()
		}
		p.match(')', '(', line)
	case '{':
		c.Args = []ast.Expr{p.table()}
	case tString:
		c.Args = []ast.Expr{p.simple()}
	default:
		p.refuse("function arguments expected")
	}
	c.SetLine(line)
	c.SetLastLine(p.lastLine)
	return c
}

func (p *parser) table() ast.Expr {
	line := p.tok.line
	p.expect('{')
	t := &ast.TableExpr{}
	for p.tok.kind != '}' {
		t.Fields = append(t.Fields, p.tableField())
		if !p.accept(',') && !p.accept(';') {
			break
		}
	}
	p.match('}', '{', line)
	t.SetLine(line)
	t.SetLastLine(p.lastLine)
	return t
}

func (p *parser) tableField() *ast.Field {
	switch {
	case p.tok.kind == tName && p.lookahead().kind == '=':
		key := at(p, &ast.StringExpr{Value: p.name()})
		p.expect('=')
		return &ast.Field{Key: key, Value: p.expression()}
	case p.tok.kind == '[':
		p.advance()
		key := p.expression()
		p.expect(']')
		p.expect('=')
		return &ast.Field{Key: key, Value: p.expression()}
	}
	return &ast.Field{Value: p.expression()}
}

// body reads a function from its parameters to its end; line is where it began.
func (p *parser) body(line int) *ast.FunctionExpr {
	f := &ast.FunctionExpr{ParList: &ast.ParList{}}
	p.function = &function{outer: p.function}
	p.expect('(')
	p.parameters(f.ParList)
	p.function.vararg = f.ParList.HasVargs
	f.Stmts = p.block()
	f.SetLine(line)
	f.SetLastLine(p.tok.line)
	p.match(tEnd, tFunction, line)
	p.function = p.function.outer
	return f
}

func (p *parser) parameters(list *ast.ParList) {
	for p.tok.kind != ')' {
		switch p.tok.kind {
		case tName:
			list.Names = append(list.Names, p.name())
		case tDots:
			p.advance()
			list.HasVargs = true
		default:
			p.refuse("<name> or '...' expected")
		}
		if list.HasVargs || !p.accept(',') {
			break
		}
		if p.tok.kind == ')' {
			p.refuse("<name> or '...' expected")
		}
	}
	p.expect(')')
}
