package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// terminalOf is the terminal that r reads from; nil when it is none.
func terminalOf(r io.Reader) *os.File {
	if f, ok := r.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return nil
}

// converses says whether a person sees what is asked and can answer.
func (s Streams) converses() bool { return terminalOf(s.In) != nil && isTerminal(s.Err) }

// askPassword reads a password: from a terminal unseen, else a line of the standard input.
func askPassword(s Streams, question string) (string, error) {
	t := terminalOf(s.In)
	if t == nil {
		return readLine(s.In)
	}
	fmt.Fprint(s.Err, question)
	b, err := term.ReadPassword(int(t.Fd()))
	fmt.Fprintln(s.Err)
	return string(b), err
}

// readLine reads a line and no byte more.
func readLine(r io.Reader) (string, error) {
	var line strings.Builder
	for b := make([]byte, 1); ; {
		n, err := r.Read(b)
		switch {
		case n > 0 && b[0] == '\n', err == io.EOF:
			return strings.TrimSuffix(line.String(), "\r"), nil
		case n > 0:
			line.WriteByte(b[0])
		case err != nil:
			return "", err
		}
	}
}

// errNo is what a person said.
var errNo = errors.New("not allowed")

// confirm asks a question that is answered by yes or no.
func confirm(s Streams, question string) error {
	fmt.Fprintf(s.Err, "%s [y/N] ", question)
	answer, err := readLine(s.In)
	if err == nil && !strings.EqualFold(answer, "y") && !strings.EqualFold(answer, "yes") {
		err = errNo
	}
	return err
}
