package repl

import (
	"errors"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/chzyer/readline"
)

// terminal edits lines by chzyer/readline.
type terminal struct {
	lines     *readline.Instance
	in        io.Closer
	history   *history
	out, errs *output
	complete  func(line string) (words []string, replaced int)
	once      sync.Once
	closed    error
}

func newTerminal(file string, in *os.File, out, errs *output) (*terminal, error) {
	keys := readline.NewCancelableStdin(in)
	t := &terminal{in: keys, history: openHistory(file), out: out, errs: errs}
	lines, err := readline.NewEx(&readline.Config{
		Stdin:                  keys,
		Stdout:                 out.to,
		Stderr:                 errs.to,
		AutoComplete:           t,
		InterruptPrompt:        "^C",
		EOFPrompt:              "",
		HistoryLimit:           historyLines,
		HistorySearchFold:      true,
		DisableAutoSaveHistory: true,
	})
	if err != nil {
		return nil, err
	}
	for _, line := range t.history.lines {
		lines.SaveHistory(line)
	}
	t.lines = lines
	return t, nil
}

// ReadLine shows the prompt. Meanwhile output of other tasks goes above it.
func (t *terminal) ReadLine(prompt string) (string, error) {
	t.lines.SetPrompt(prompt)
	t.out.above(t.lines.Stdout())
	t.errs.above(t.lines.Stdout())
	line, err := t.lines.Readline()
	t.out.direct()
	t.errs.direct()
	if errors.Is(err, readline.ErrInterrupt) {
		return "", errInterrupted
	}
	if err == nil && strings.TrimSpace(line) != "" {
		t.lines.SaveHistory(line)
		t.history.add(line)
	}
	return line, err
}

func (t *terminal) Complete(f func(line string) ([]string, int)) { t.complete = f }
func (t *terminal) Interactive() bool                            { return true }

// Close gives the terminal its modes back. It may be called twice, and while a line is read.
func (t *terminal) Close() error {
	t.once.Do(func() {
		t.in.Close() // or the editor waits for a key
		t.closed = errors.Join(t.history.close(), t.lines.Close())
	})
	return t.closed
}

// Do is what the editor calls for Tab: it wants the ends of the words.
func (t *terminal) Do(line []rune, pos int) ([][]rune, int) {
	if t.complete == nil {
		return nil, 0
	}
	words, replaced := t.complete(string(line[:pos]))
	ends := make([][]rune, len(words))
	for i, w := range words {
		ends[i] = []rune(w[replaced:])
	}
	return ends, replaced
}
