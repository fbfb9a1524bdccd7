package repl

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"
)

// LineEditor reads lines from whoever types them.
type LineEditor interface {
	// ReadLine shows the prompt and returns a line without its end. The error is io.EOF when there will be none, and
	// errInterrupted when Ctrl-C threw the line away.
	ReadLine(prompt string) (string, error)
	// Complete tells what Tab asks: the words that could stand at the end of a line, and how many bytes of that end
	// they replace.
	Complete(func(line string) (words []string, replaced int))
	// Interactive says whether a person types.
	Interactive() bool
	Close() error
}

var errInterrupted = errors.New("interrupted")

// newEditor edits lines where both ends are terminals, and only reads them anywhere else.
func newEditor(o *Options, out, errs *output) (LineEditor, error) {
	in, ok := o.Host.Stdin.(*os.File)
	if ok && term.IsTerminal(int(in.Fd())) && isTerminal(out.to) {
		return newTerminal(o.History, in, out, errs)
	}
	lines := &byLine{in: bufio.NewReader(o.Host.Stdin)}
	o.Host.Stdin = lines
	return &plain{in: lines, end: make(chan struct{})}, nil
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// plain reads lines from a pipe or a file.
type plain struct {
	in   *byLine
	end  chan struct{}
	once sync.Once
}

// ReadLine ignores the prompt. The read goes on by itself when Close comes first.
func (p *plain) ReadLine(string) (string, error) {
	read := make(chan struct{})
	var text string
	var failed error
	go func() {
		defer close(read)
		text, failed = p.in.line()
	}()
	select {
	case <-p.end:
		return "", io.EOF
	case <-read:
	}
	if text == "" {
		return "", failed
	}
	return strings.TrimRight(text, "\r\n"), nil
}

func (p *plain) Complete(func(string) ([]string, int)) {}
func (p *plain) Interactive() bool                     { return false }

func (p *plain) Close() error {
	p.once.Do(func() { close(p.end) })
	return nil
}

// byLine is an input that inputs and io.read share: each takes whole lines, and none that belongs to the other.
type byLine struct {
	mu sync.Mutex
	in *bufio.Reader
}

func (l *byLine) line() (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.in.ReadString('\n')
}

// Read reads no further than to the end of a line.
func (l *byLine) Read(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := l.in.Peek(1); err != nil {
		return 0, err
	}
	ready, _ := l.in.Peek(min(l.in.Buffered(), len(b)))
	if i := bytes.IndexByte(ready, '\n'); i >= 0 {
		ready = ready[:i+1]
	}
	return l.in.Read(b[:len(ready)])
}
