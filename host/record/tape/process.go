package tape

import (
	"moonwire/host/record"
	"moonwire/host/vm/lua51"
)

// Processes wraps the processes that a script starts. Played, none is.
func (t *Tape) Processes() lua51.Processes { return processes{object{t, 0}} }

type processes struct{ object }

// ended is how a process ended.
type ended struct {
	Status  int          `json:"status"`
	Printed record.Bytes `json:"printed,omitempty"`
}

func (p processes) Execute(line string, real func() (int, []byte, error)) (int, []byte, error) {
	e, err := awaited(p.t, p.question("execute", line), func() (ended, error) {
		status, out, err := real()
		return ended{status, out}, err
	})
	return e.Status, e.Printed, err
}

func (p processes) Popen(line, mode string, real func() (lua51.Pipe, error)) (lua51.Pipe, error) {
	q := p.question("popen", line, mode)
	q.New = p.t.number()
	var under lua51.Pipe
	err := done(p.t, q, func() (err error) {
		under, err = real()
		return err
	})
	if err != nil {
		return nil, err
	}
	return &pipe{object{p.t, q.New}, under}, nil
}

// pipe is a process's input or output.
type pipe struct {
	object
	real lua51.Pipe
}

func (p *pipe) Read(b []byte) (int, error) {
	got, err := awaited(p.t, p.question("read", len(b)), func() (record.Bytes, error) {
		room := make([]byte, len(b))
		n, err := p.real.Read(room)
		return room[:max(n, 0)], err
	})
	return copy(b, got), err
}

func (p *pipe) Write(b []byte) (int, error) {
	q := p.question("write")
	q.Sent = sent(b)
	return awaited(p.t, q, func() (int, error) { return p.real.Write(q.Sent[0]) })
}

func (p *pipe) End() ([]byte, error) {
	printed, err := awaited(p.t, p.question("end"), func() (record.Bytes, error) {
		b, err := p.real.End()
		return b, err
	})
	return printed, err
}

func (p *pipe) Interrupt() {
	_ = p.do("interrupt", func() error {
		p.real.Interrupt()
		return nil
	})
}
