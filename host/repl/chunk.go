package repl

import (
	"errors"
	"regexp"
	"strings"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
	"github.com/yuin/gopher-lua/parse"
)

// A chunk is one input that can run.
type chunk struct {
	source     string // as typed
	body       []ast.Stmt
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
	body, err := parse.Parse(strings.NewReader("return "+text), name)
	if err == nil {
		return &chunk{source: source, body: body, expression: true}, nil
	}
	open := incomplete(err)
	if body, err = parse.Parse(strings.NewReader(source), name); err == nil {
		return &chunk{source: source, body: body}, nil
	}
	if open || incomplete(err) {
		return nil, errIncomplete
	}
	return nil, err
}

// incomplete says whether a syntax error lies at the end of the text.
func incomplete(err error) bool {
	var e *parse.Error
	return errors.As(err, &e) && (e.Pos.Line == parse.EOF || strings.Contains(e.Message, "unterminated multiline"))
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
		if local, ok := s.(*ast.LocalAssignStmt); ok {
			out = append(out, keepCall(local))
		}
	}
	return out
}

func keepCall(local *ast.LocalAssignStmt) ast.Stmt {
	line := local.Line()
	ret := &ast.ReturnStmt{}
	for _, name := range local.Names {
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
func (c *chunk) compile(name string, outer []string) (*lua.FunctionProto, error) {
	body := keepLocals(c.body)
	if c.expression {
		body = showValues(c.body)
	}
	inner := function(body, 1)
	ret := &ast.ReturnStmt{Exprs: []ast.Expr{inner}}
	ret.SetLine(1)
	locals := &ast.LocalAssignStmt{Names: append([]string{keepName, showName}, outer...), Exprs: []ast.Expr{}}
	locals.SetLine(1)
	proto, err := lua.Compile([]ast.Stmt{locals, ret}, "@"+name)
	if err != nil {
		return nil, err
	}
	main := proto.FunctionPrototypes[0]
	main.LineDefined = 0 // tracebacks call it the main chunk
	return main, nil
}
