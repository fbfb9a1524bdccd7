package syntax

import "github.com/yuin/gopher-lua/ast"

// block reads statements up to a word that ends a block.
func (p *parser) block() []ast.Stmt {
	p.enter()
	defer p.leave()
	stmts := []ast.Stmt{}
	for last := false; !last && !p.blockEnds(); {
		var s ast.Stmt
		s, last = p.statement()
		stmts = append(stmts, s)
		p.accept(';')
	}
	return stmts
}

func (p *parser) blockEnds() bool {
	switch p.tok.kind {
	case tElse, tElseif, tEnd, tUntil, tEOF:
		return true
	}
	return false
}

// loop is block for the body of a loop, where break may stand.
func (p *parser) loop() []ast.Stmt {
	p.function.loops++
	defer func() { p.function.loops-- }()
	return p.block()
}

// statement reads one statement; last says that none may follow it in its block.
func (p *parser) statement() (s ast.Stmt, last bool) {
	line := p.tok.line
	switch p.tok.kind {
	case tIf:
		s = p.ifStatement(line)
	case tWhile:
		s = p.whileStatement(line)
	case tDo:
		p.advance()
		body := p.block()
		p.match(tEnd, tDo, line)
		s = &ast.DoBlockStmt{Stmts: body}
	case tFor:
		s = p.forStatement(line)
	case tRepeat:
		s = p.repeatStatement(line)
	case tFunction:
		s = p.functionStatement(line)
	case tLocal:
		p.advance()
		if p.accept(tFunction) {
			s = &LocalFunction{Name: p.name(), Func: p.body(p.tok.line)}
			break
		}
		return p.localStatement(), false
	case tReturn:
		return p.returnStatement(), true
	case tBreak:
		p.advance()
		if p.function.loops == 0 {
			p.refuse("no loop to break")
		}
		s, last = &ast.BreakStmt{}, true
	case tLabel:
		p.advance()
		s = &ast.LabelStmt{Name: p.name()}
		p.expect(tLabel)
	default:
		if p.tok.kind == tName && p.tok.text == "goto" && p.lookahead().kind == tName {
			p.advance()
			s = &ast.GotoStmt{Label: p.name()}
			break
		}
		return p.expressionStatement(), false
	}
	if s.Line() == 0 {
		s.SetLine(line)
	}
	s.SetLastLine(p.lastLine)
	return s, last
}

func (p *parser) ifStatement(line int) ast.Stmt {
	p.advance()
	s := &ast.IfStmt{Condition: p.expression()}
	p.expect(tThen)
	s.Then = p.block()
	s.SetLine(line)
	switch elseLine := p.tok.line; p.tok.kind {
	case tElseif:
		nested := p.ifStatement(line) // the end of both is the first one's
		nested.SetLine(elseLine)
		s.Else = []ast.Stmt{nested}
	case tElse:
		p.advance()
		s.Else = p.block()
		p.match(tEnd, tIf, line)
	default:
		p.match(tEnd, tIf, line)
	}
	return s
}

func (p *parser) whileStatement(line int) ast.Stmt {
	p.advance()
	s := &ast.WhileStmt{Condition: p.expression()}
	p.expect(tDo)
	s.Stmts = p.loop()
	p.match(tEnd, tWhile, line)
	return s
}

func (p *parser) repeatStatement(line int) ast.Stmt {
	p.advance()
	s := &ast.RepeatStmt{Stmts: p.loop()}
	p.match(tUntil, tRepeat, line)
	s.Condition = p.expression()
	return s
}

func (p *parser) forStatement(line int) ast.Stmt {
	p.advance()
	first := p.name()
	switch p.tok.kind {
	case '=':
		p.advance()
		s := &ast.NumberForStmt{Name: first, Init: p.expression()}
		p.expect(',')
		s.Limit = p.expression()
		if p.accept(',') {
			s.Step = p.expression()
		}
		s.Stmts = p.forBody(line)
		return s
	case ',', tIn:
		s := &ast.GenericForStmt{Names: []string{first}}
		for p.accept(',') {
			s.Names = append(s.Names, p.name())
		}
		p.expect(tIn)
		s.SetLine(p.tok.line)
		s.Exprs = p.expressions()
		s.Stmts = p.forBody(line)
		return s
	}
	p.refuse("'=' or 'in' expected")
	return nil
}

func (p *parser) forBody(line int) []ast.Stmt {
	p.expect(tDo)
	body := p.loop()
	p.match(tEnd, tFor, line)
	return body
}

func (p *parser) functionStatement(line int) ast.Stmt {
	p.advance()
	var target ast.Expr = at(p, &ast.IdentExpr{Value: p.name()})
	for p.accept('.') {
		target = p.field(target)
	}
	if !p.accept(':') {
		return &ast.FuncDefStmt{Name: &ast.FuncName{Func: target}, Func: p.body(line)}
	}
	method := p.name()
	return &ast.FuncDefStmt{Name: &ast.FuncName{Receiver: target, Method: method}, Func: p.body(line)}
}

func (p *parser) localStatement() ast.Stmt {
	s := &ast.LocalAssignStmt{Names: []string{p.name()}}
	for p.accept(',') {
		s.Names = append(s.Names, p.name())
	}
	if p.accept('=') {
		s.Exprs = p.expressions()
	}
	return at(p, s)
}

func (p *parser) returnStatement() ast.Stmt {
	p.advance()
	s := &ast.ReturnStmt{}
	if !p.blockEnds() && p.tok.kind != ';' {
		s.Exprs = p.expressions()
	}
	return at(p, s)
}

// expressionStatement reads a call or an assignment.
func (p *parser) expressionStatement() ast.Stmt {
	e, target := p.suffixed()
	if _, call := e.(*ast.FuncCallExpr); call && !target {
		if !isCall(e) {
			p.refuse("syntax error")
		}
		return at(p, &ast.FuncCallStmt{Expr: e})
	}
	s := &ast.AssignStmt{Lhs: []ast.Expr{e}}
	for {
		if !target {
			p.refuse("syntax error")
		}
		if !p.accept(',') {
			break
		}
		e, target = p.suffixed()
		s.Lhs = append(s.Lhs, e)
	}
	p.expect('=')
	s.Rhs = p.expressions()
	return at(p, s)
}

// isCall says whether e is a call that stands in no parentheses.
func isCall(e ast.Expr) bool {
	c, ok := e.(*ast.FuncCallExpr)
	return ok && !c.AdjustRet
}
