package tape

import (
	"io"

	"moonwire/host/decl"
	"moonwire/host/record"
	"moonwire/host/vm/lua51"
)

// Getenv wraps the environment.
func (t *Tape) Getenv(real func(string) string) func(string) string {
	return func(name string) string {
		v, _ := asked(t, t.question("getenv", 0, name), func() (string, error) { return real(name), nil })
		return v
	}
}

// Stdout wraps the standard output: what is printed is compared.
func (t *Tape) Stdout(real io.Writer) io.Writer { return printed{object{t, 0}, real} }

// printed is a stream that a script prints to. Played, what is equal is printed again.
type printed struct {
	object
	real io.Writer
}

func (p printed) Write(b []byte) (int, error) {
	q := p.question("print")
	q.Sent = sent(b)
	n, err := asked(p.t, q, func() (int, error) { return p.real.Write(b) })
	if p.t.plays() && err == nil {
		return p.real.Write(b)
	}
	return n, err
}

// plays says whether answers come from a record.
func (t *Tape) plays() bool {
	_, plays := t.side.(*player)
	return plays
}

// Stderr wraps the standard error output, which is kept and not compared.
func (t *Tape) Stderr(real io.Writer) io.Writer { return said{object{t, 0}, real} }

type said struct {
	object
	real io.Writer
}

func (s said) Write(b []byte) (int, error) {
	q := &record.Event{Call: "stderr"}
	q.Sent = sent(b)
	s.t.note(q)
	return s.real.Write(b)
}

// Stdin wraps the standard input.
func (t *Tape) Stdin(real io.Reader) io.Reader { return typed{object{t, 0}, lua51.NewInput(real)} }

type typed struct {
	object
	real interface {
		io.Reader
		decl.Interrupter
	}
}

// Interrupt ends a read that waits.
func (s typed) Interrupt() {
	_ = s.do("stdin.interrupt", func() error {
		s.real.Interrupt()
		return nil
	})
}

func (s typed) Read(b []byte) (int, error) {
	got, err := awaited(s.t, s.question("stdin", len(b)), func() (record.Bytes, error) {
		room := make([]byte, len(b))
		n, err := s.real.Read(room)
		return room[:max(n, 0)], err
	})
	return copy(b, got), err
}
