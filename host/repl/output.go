package repl

import (
	"bytes"
	"io"
	"sync"
)

// output is a stream that tasks write to while a person types. Then it writes whole lines only, above the prompt: half
// a line would be wiped out with the prompt.
type output struct {
	mu     sync.Mutex
	to     io.Writer // the stream itself
	prompt io.Writer // writes above the prompt; nil when there is none
	half   []byte    // a line that has not ended
}

func newOutput(to io.Writer) *output { return &output{to: to} }

// Unwrap is the stream itself.
func (o *output) Unwrap() io.Writer { return o.to }

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.prompt == nil {
		return o.to.Write(b)
	}
	o.half = append(o.half, b...)
	end := bytes.LastIndexByte(o.half, '\n') + 1
	if end == 0 {
		return len(b), nil
	}
	_, err := o.prompt.Write(o.half[:end])
	o.half = append(o.half[:0], o.half[end:]...)
	return len(b), err
}

// above makes what is written from now on appear above the prompt.
func (o *output) above(prompt io.Writer) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.prompt = prompt
}

// direct ends that.
func (o *output) direct() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.prompt = nil
	o.to.Write(o.half)
	o.half = nil
}
