package repl

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"

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
func newEditor(o Options, out, errs *output) (LineEditor, error) {
	in, ok := o.Host.Stdin.(*os.File)
	if ok && term.IsTerminal(int(in.Fd())) && isTerminal(out.to) {
		return newTerminal(o.History, in, out, errs)
	}
	return &plain{bufio.NewReader(o.Host.Stdin)}, nil
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// plain reads lines from a pipe or a file.
type plain struct{ in *bufio.Reader }

func (p *plain) ReadLine(string) (string, error) {
	line, err := p.in.ReadString('\n')
	if line == "" {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func (p *plain) Complete(func(string) ([]string, int)) {}
func (p *plain) Interactive() bool                     { return false }
func (p *plain) Close() error                          { return nil }
