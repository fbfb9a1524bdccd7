package pcap

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// standard is the name of the standard streams.
const standard = "-"

// errNoFiles is the answer where a task may touch no files.
var errNoFiles = decl.Refuse(decl.Denied, errors.New("files are not allowed here"))

// openFile opens a file of the task's world.
func openFile(ctx context.Context, path string, flag int) (network.File, error) {
	files := network.FilesFrom(ctx)
	if files == nil {
		return nil, errNoFiles
	}
	f, err := files.Open(path, flag, 0o666)
	if err != nil {
		return nil, about(path, err)
	}
	return f, nil
}

// A pipe makes reads end when their task is told to stop. Neither a pipe nor a terminal can be woken, so the read itself
// goes on in the background, and what it brings is there for the next one.
type pipe struct {
	r    io.Reader
	wake chan struct{}
	got  chan piece
	busy bool // a read is under way
	rest piece
}

// A piece is what one read brought.
type piece struct {
	b   []byte
	err error
}

func newPipe(r io.Reader) *pipe {
	return &pipe{r: r, wake: make(chan struct{}, 1), got: make(chan piece, 1)}
}

// Read returns os.ErrDeadlineExceeded when it is interrupted.
func (p *pipe) Read(b []byte) (int, error) {
	if len(p.rest.b) == 0 && p.rest.err == nil {
		if !p.busy {
			p.busy = true
			go p.fetch(len(b))
		}
		select {
		case p.rest = <-p.got:
			p.busy = false
		case <-p.wake:
			return 0, os.ErrDeadlineExceeded
		}
	}
	n := copy(b, p.rest.b)
	p.rest.b = p.rest.b[n:]
	if n > 0 {
		return n, nil
	}
	return 0, p.rest.err
}

func (p *pipe) fetch(n int) {
	b := make([]byte, min(n, 64<<10))
	n, err := p.r.Read(b)
	p.got <- piece{b[:n], err}
}

// Interrupt ends the wait that is under way.
func (p *pipe) Interrupt() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// A fileError is what went wrong with a file.
type fileError struct {
	name string
	err  error
}

func (e *fileError) Error() string {
	var path *fs.PathError
	if errors.As(e.err, &path) { // names it already
		return "pcap: " + e.err.Error()
	}
	return "pcap: " + e.name + ": " + e.err.Error()
}

func (e *fileError) Unwrap() error { return e.err }

// about names the file in an error. The natural end is none.
func about(name string, err error) error {
	var named *fileError
	if err == nil || err == io.EOF || errors.As(err, &named) {
		return err
	}
	return &fileError{name, err}
}
