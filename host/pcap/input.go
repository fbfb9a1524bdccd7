package pcap

import (
	"bufio"
	"compress/gzip"
	"io"
)

// window is how much an input asks its source for at a time.
const window = 256 << 10

// An input gives views of a stream's next bytes without copying them. It grows with what arrives, not with what is
// asked for.
type input struct {
	src  io.Reader
	buf  []byte
	r, w int   // what is there and not taken yet: buf[r:w]
	base int64 // where buf[0] stands in the stream
	err  error // of src
}

// newInput reads src, which may be compressed by gzip.
func newInput(src io.Reader) (*input, error) {
	in := &input{src: src, buf: make([]byte, window)}
	if !in.need(2) || in.buf[0] != 0x1f || in.buf[1] != 0x8b {
		return in, nil
	}
	// bufio makes the source an io.ByteReader, or gzip would take more of a pipe than it needs.
	z, err := gzip.NewReader(bufio.NewReaderSize(io.MultiReader(&pending{in}, src), 64<<10))
	if err != nil {
		return nil, err
	}
	return &input{src: z, buf: make([]byte, window)}, nil
}

// pending reads what an input has in its buffer.
type pending struct{ in *input }

func (p *pending) Read(b []byte) (int, error) {
	n := copy(b, p.in.buf[p.in.r:p.in.w])
	p.in.r += n
	if n > 0 {
		return n, nil
	}
	if p.in.err != nil {
		return 0, p.in.err
	}
	return 0, io.EOF
}

// need says whether the next n bytes are there, after waiting for them. They are then at(n).
func (in *input) need(n int) bool { return in.w-in.r >= n || in.fill(n) }

// at is a view of the next n bytes, which are there.
func (in *input) at(n int) []byte { return in.buf[in.r : in.r+n : in.r+n] }

// offset is where in the stream the next byte stands.
func (in *input) offset() int64 { return in.base + int64(in.r) }

// held is how many bytes are there without waiting.
func (in *input) held() int { return in.w - in.r }

func (in *input) fill(n int) bool {
	copy(in.buf, in.buf[in.r:in.w])
	in.base += int64(in.r)
	in.r, in.w = 0, in.w-in.r
	for empty := 0; in.w < n; {
		if in.err != nil {
			return false
		}
		if in.w == len(in.buf) {
			bigger := make([]byte, min(2*len(in.buf), max(n, window)))
			copy(bigger, in.buf)
			in.buf = bigger
		}
		m, err := in.src.Read(in.buf[in.w:])
		in.w += m
		in.err = err
		if empty++; m > 0 {
			empty = 0
		}
		if empty > 100 && err == nil {
			in.err = io.ErrNoProgress
		}
	}
	return true
}
