package smi

import "fmt"

// parser reads the modules of one text. Where a definition breaks it goes on at the next one.
type parser struct {
	lex        lexer
	tok        token // the current one
	ahead      token // the one after it, when peeked
	peeked     bool
	permissive bool
	labels     bool // named numbers are being read

	out    parsed
	mod    *module
	def    *definition
	broken bool // the definition can't be read on; tok is eof until resume
	lost   bool // the definition has a fault that costs it
	budget int  // bytes that may still be read: going back at each fault must not take for ever

	names       names
	definitions slab[definition]
	types       slab[syntax]
	arcs        slab[arc]
	components  []arc // of the OID that is being read
}

// rereads is how often a text may be read over on average.
const rereads = 8

// parse reads a text. With whole, comments run to the end of their lines; again says that the other way of reading them
// could make a difference.
func parse(src string, permissive, whole bool) (out *parsed, again bool) {
	p := &parser{lex: newLexer(src), permissive: permissive, budget: rereads*len(src) + 1024}
	p.lex.whole = whole
	p.file()
	result := p.out // without the parser, which has the text
	return &result, p.lex.inner
}

// read reads a text, in permissive mode as its author seems to have understood comments.
func read(src string, permissive bool) *parsed {
	first, again := parse(src, permissive, false)
	if !permissive || !again || len(first.problems) == 0 {
		return first
	}
	second, _ := parse(src, permissive, true)
	if losses(second) < losses(first) {
		return second
	}
	return first
}

func losses(out *parsed) (n int) {
	for i := range out.problems {
		if out.problems[i].Lost {
			n++
		}
	}
	return n
}

// next moves on by one token, and tells what is wrong with the spelling of the one that it leaves.
func (p *parser) next() {
	if p.broken {
		return
	}
	if p.tok.slip != noSlip && !p.lex.prose {
		p.slipped()
	}
	switch {
	case p.peeked:
		p.tok, p.peeked = p.ahead, false
	default:
		p.scan(&p.tok)
	}
}

// peek is the token after the current one.
func (p *parser) peek() *token {
	if !p.peeked && !p.broken {
		p.scan(&p.ahead)
		p.peeked = true
	}
	return &p.ahead
}

func (p *parser) scan(t *token) {
	from := p.lex.pos
	p.lex.next(t)
	if p.budget -= p.lex.pos - from; p.budget < 0 {
		p.lex.pos = len(p.lex.src)
		*t = token{at: t.at, start: t.start, end: t.start}
	}
}

// slipped notes the current token's fault of spelling. It is a small one in labels: nothing refers to them.
func (p *parser) slipped() {
	tell := p.slip
	if p.labels {
		tell = p.remark
	}
	tell(p.tok.at, "%s %s", p.tok.show(), slipTexts[p.tok.slip])
}

// slip notes a fault that leaves no doubt of what is meant: it costs the definition unless the mode is permissive.
func (p *parser) slip(at place, format string, args ...any) {
	problem := p.problem(at, fmt.Sprintf(format, args...))
	if !p.permissive {
		p.lost = true
		problem.Lost = true
		problem.Remedy = "correct it, or load with permissive"
	}
	p.note(problem)
}

// remark notes a fault that costs nothing in either mode.
func (p *parser) remark(at place, format string, args ...any) {
	p.note(p.problem(at, fmt.Sprintf(format, args...)))
}

// fail notes that the definition can't be read on.
func (p *parser) fail(at place, format string, args ...any) {
	if p.broken {
		return
	}
	problem := p.problem(at, fmt.Sprintf(format, args...))
	problem.Lost = true
	p.note(problem)
	p.broken, p.lost, p.peeked, p.labels = true, true, false, false
	p.tok = token{at: p.tok.at, start: p.tok.start, end: p.tok.start}
}

func (p *parser) problem(at place, text string) Problem {
	problem := Problem{Line: int(at.line), Column: int(at.column), Fault: Syntax, Text: text}
	if p.mod != nil {
		problem.Module = p.mod.name
	}
	if p.def != nil {
		problem.Name = p.def.name
	}
	return problem
}

// maxProblems bounds what is kept of a text that is nothing but faults.
const maxProblems = 1000

func (p *parser) note(problem Problem) {
	switch len(p.out.problems) {
	case maxProblems:
		problem = Problem{Line: problem.Line, Column: problem.Column, Fault: Syntax, Lost: true, Text: "there are more faults than are told"}
	case maxProblems + 1:
		return
	}
	p.out.problems = append(p.out.problems, problem)
}

// expect passes over a mark that has to come.
func (p *parser) expect(c, where string) {
	if p.tok.is(c) {
		p.next()
		return
	}
	p.fail(p.tok.at, "%s is not expected %s: %s is", p.tok.show(), where, c)
}

// accept passes over a mark or a word if it comes.
func (p *parser) accept(c string) bool {
	if p.tok.text != c || p.tok.kind == text {
		return false
	}
	p.next()
	return true
}

// keep is a string that doesn't hold the text of the file in memory.
func (p *parser) keep(s string) string { return p.names.keep(s) }

// ref is the current word as a reference, with its module when it is written Module.name.
func (p *parser) ref() ref {
	r := ref{name: p.keep(p.tok.text), at: p.tok.at}
	p.next()
	if p.tok.is(".") && p.peek().word() {
		p.next()
		r.name = p.keep(r.name + "." + p.tok.text)
		p.next()
	}
	return r
}
