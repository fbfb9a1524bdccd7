package lua51

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"sync"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// stream is an open file as C's stdio has it: one position for reading and writing, both buffered.
type stream struct {
	lib    *library
	name   string
	r      *bufio.Reader
	w      *bufio.Writer
	seeker io.Seeker // nil where there is no position
	close  func() error
	keep   bool // a standard stream: scripts can't close it
	waits  bool // reads may take long: the interpreter is given up meanwhile
	buffer buffering

	mu     sync.Mutex
	closed bool
	busy   bool
	state  *lua.LState // whose wait is under way
}

// buffering is what setvbuf chose.
type buffering int

const (
	full buffering = iota
	line
	none
)

var errBusy = errors.New("another task waits for this file")

// String names the stream in leak reports.
func (s *stream) String() string { return "file " + s.name }

// Close flushes and closes; a second time it does nothing.
func (s *stream) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	err := s.flush()
	if s.close != nil {
		err = errors.Join(err, s.close())
	}
	return err
}

// shut reports whether the stream was closed.
func (s *stream) shut() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// File is the open file below, for module lfs; nil where there is none, or none any more.
func (s *stream) File() network.File {
	f, ok := s.seeker.(network.File)
	if !ok || s.shut() {
		return nil
	}
	return f
}

func (s *stream) flush() error {
	if s.w == nil {
		return nil
	}
	return s.w.Flush()
}

// source is what r reads from: it gives the interpreter up where a read may take long.
type source struct {
	s *stream
	r io.Reader
}

func (r source) Read(b []byte) (n int, err error) {
	if !r.s.waits || r.s.state == nil {
		return r.r.Read(b)
	}
	read := func() error {
		n, err = r.r.Read(b)
		return nil
	}
	var block error
	if i, ok := r.r.(decl.Interrupter); ok {
		block = decl.HostOf(r.s.state).BlockOn(r.s.state, i, read)
	} else {
		block = r.s.lib.Block(r.s.state, read)
	}
	if err == nil {
		err = block
	}
	return n, err
}

// reading prepares for reads: what was written goes out first.
func (s *stream) reading(L *lua.LState) error {
	switch {
	case s.busy:
		return errBusy
	case s.r == nil:
		return fs.ErrClosed
	}
	s.state = L
	return s.flush()
}

// write appends to the buffer; what was read ahead is given back first.
func (s *stream) write(b string) error {
	switch {
	case s.busy:
		return errBusy
	case s.w == nil:
		return fs.ErrClosed
	}
	if err := s.unread(); err != nil {
		return err
	}
	if _, err := s.w.WriteString(b); err != nil {
		return err
	}
	if s.buffer != full {
		return s.w.Flush()
	}
	return nil
}

// unread puts the position back to where the script has read to.
func (s *stream) unread() error {
	if s.r == nil || s.seeker == nil || s.r.Buffered() == 0 {
		return nil
	}
	_, err := s.seeker.Seek(-int64(s.r.Buffered()), io.SeekCurrent)
	s.r.Reset(s.underlying())
	return err
}

func (s *stream) underlying() io.Reader {
	if f, ok := s.seeker.(io.Reader); ok {
		return source{s, f}
	}
	return nil
}

func (s *stream) seek(offset int64, whence int) (int64, error) {
	if s.seeker == nil {
		return 0, errIllegalSeek
	}
	if err := errors.Join(s.flush(), s.unread()); err != nil {
		return 0, err
	}
	return s.seeker.Seek(offset, whence)
}

// streamKey is where the registry keeps the metatable of files.
const streamKey = "FILE*"

// newStream wraps s for Lua and ties it to the current task.
func (l *library) newStream(L *lua.LState, s *stream) *lua.LUserData {
	s.lib = l
	ud := L.NewUserData()
	ud.Value = s
	ud.Metatable = L.G.Registry.RawGetString(streamKey)
	if !s.keep {
		decl.HostOf(L).Own(L, s)
	}
	return ud
}

// NewFile is an open file for reading, as Lua's io library has it.
func NewFile(L *lua.LState, name string, f interface {
	io.ReadSeeker
	io.Closer
}) *lua.LUserData {
	s := &stream{name: name, seeker: f, close: f.Close}
	s.r = bufio.NewReader(source{s, f})
	return (*library)(nil).newStream(L, s)
}

// describe is tostring of a file.
func (s *stream) describe(L *lua.LState, ud *lua.LUserData) string {
	if s.shut() {
		return "file (closed)"
	}
	return "file (" + decl.Address(L, ud) + ")"
}
