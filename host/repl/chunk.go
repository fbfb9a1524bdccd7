package repl

import (
	"errors"
	"regexp"
	"strings"

	"moonwire/host/vm/lua51/code"
	"moonwire/host/vm/lua51/syntax"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

// A chunk is one input that can run.
type chunk struct {
	name       string // as messages call it
	body       []ast.Stmt
	lastLine   int
	expression bool // it was read as return SOURCE
}

// errIncomplete says that an input goes on in the next line.
var errIncomplete = errors.New("the input goes on")

// read parses an input: as an expression when it is one, else as statements.
func read(name, source string) (*chunk, error) {
	text := source
	if rest, ok := strings.CutPrefix(strings.TrimSpace(source), "="); ok && !strings.HasPrefix(rest, "=") {
		text = rest // Lua 5.1's own prompt needs "=" before an expression
	}
	body, last, err := syntax.Parse("@"+name, "return "+text)
	if err == nil {
		return &chunk{name, body, last, true}, nil
	}
	open := incomplete(err)
	if body, last, err = syntax.Parse("@"+name, source); err == nil {
		return &chunk{name, body, last, false}, nil
	}
	if open || incomplete(err) {
		return nil, errIncomplete
	}
	return nil, err
}

// incomplete says whether more text might mend a syntax error.
func incomplete(err error) bool {
	var e *syntax.Error
	return errors.As(err, &e) && e.AtEOF
}

// What an input calls the functions that keep its locals and show its values. No program can write these names.
const (
	keepName = "(keep)"
	showName = "(show)"
)

// showValues makes a call of showName from the return statement that an expression was read as: a return would be a
// tail call, which tracebacks know nothing of.
func showValues(body []ast.Stmt) []ast.Stmt {
	ret := body[0].(*ast.ReturnStmt)
	return []ast.Stmt{callOf(showName, ret.Exprs, ret.Line())}
}

// keepLocals puts a call of keepName behind each local statement of the top level, with a closure over its names.
func keepLocals(body []ast.Stmt) []ast.Stmt {
	var out []ast.Stmt
	for _, s := range body {
		out = append(out, s)
		switch s := s.(type) {
		case *ast.LocalAssignStmt:
			out = append(out, keepCall(s.Names, s.Line()))
		case *syntax.LocalFunction:
			out = append(out, keepCall([]string{s.Name}, s.Line()))
		}
	}
	return out
}

func keepCall(names []string, line int) ast.Stmt {
	ret := &ast.ReturnStmt{}
	for _, name := range names {
		ret.Exprs = append(ret.Exprs, ident(name, line))
	}
	ret.SetLine(line)
	return callOf(keepName, []ast.Expr{function([]ast.Stmt{ret}, line)}, line)
}

func callOf(name string, args []ast.Expr, line int) ast.Stmt {
	call := &ast.FuncCallExpr{Func: ident(name, line), Args: args}
	call.SetLine(line)
	call.SetLastLine(line)
	s := &ast.FuncCallStmt{Expr: call}
	s.SetLine(line)
	return s
}

func ident(name string, line int) ast.Expr {
	e := &ast.IdentExpr{Value: name}
	e.SetLine(line)
	return e
}

func function(body []ast.Stmt, line int) *ast.FunctionExpr {
	f := &ast.FunctionExpr{ParList: &ast.ParList{HasVargs: true, Names: []string{}}, Stmts: body}
	f.SetLine(line)
	f.SetLastLine(line)
	return f
}

var word = regexp.MustCompile(`[A-Za-z_][A-Za-z_0-9]*`)

// words are the names in a source, and more than those: what stands in strings and comments, too.
func words(source string) map[string]bool {
	set := map[string]bool{}
	for _, w := range word.FindAllString(source, -1) {
		set[w] = true
	}
	return set
}

// compile makes a prototype whose upvalues are those of the outer names that the chunk uses.
func (c *chunk) compile(outer []string) (*lua.FunctionProto, error) {
	body := keepLocals(c.body)
	if c.expression {
		body = showValues(c.body)
	}
	inner := function(body, 0) // line 0: tracebacks call it the main chunk
	inner.SetLastLine(c.lastLine)
	ret := &ast.ReturnStmt{Exprs: []ast.Expr{inner}}
	locals := &ast.LocalAssignStmt{Names: append([]string{keepName, showName}, outer...)}
	proto, err := code.Generate("@"+c.name, []ast.Stmt{locals, ret}, c.lastLine)
	if err != nil {
		return nil, err
	}
	return proto.FunctionPrototypes[0], nil
}
