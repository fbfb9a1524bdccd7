package vm

import (
	"io"
	"os"
	"sync"

	"moonwire/host/decl"
)

// output lets a runtime and its workers write to the same stream.
type output struct {
	mu sync.Mutex
	w  io.Writer
}

func shared(w io.Writer) io.Writer {
	if o, ok := w.(*output); ok {
		return o
	}
	return &output{w: w}
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.w.Write(b)
}

// input lets a script, its workers and the processes it starts read from the same stream. Processes inherit a file,
// which needs no lock; nor does one whose reads end by Interrupt.
type input struct {
	mu sync.Mutex
	r  io.Reader
}

func sharedInput(r io.Reader) io.Reader {
	switch r.(type) {
	case *input, *os.File, decl.Interrupter:
		return r
	}
	return &input{r: r}
}

func (i *input) Read(b []byte) (int, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.r.Read(b)
}
