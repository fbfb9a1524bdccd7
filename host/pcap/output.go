package pcap

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// An output collects whole records and gives its destination no others. When that takes only a part, as a full disk
// does, the part of a record is taken back where the destination can be truncated.
type output struct {
	dst     io.Writer
	zip     *gzip.Writer // nil: not compressed
	buf     []byte
	ends    []recordEnd // of the records in buf
	written int64       // bytes of whole records given to dst
	packets int64       // of them
	err     error
}

// A recordEnd is where a record in a buffer ends, and how many packets the buffer has up to there.
type recordEnd struct {
	at      int
	packets int64
}

// full is how much an output collects at most before it writes.
const full = 256 << 10

func newOutput(dst io.Writer, compress bool) *output {
	o := &output{dst: dst}
	if compress {
		o.zip = gzip.NewWriter(dst)
		o.dst = o.zip
	}
	return o
}

// ended closes a record that stands in buf.
func (o *output) ended(packets int64) error {
	var before int64
	if n := len(o.ends); n > 0 {
		before = o.ends[n-1].packets
	}
	o.ends = append(o.ends, recordEnd{len(o.buf), before + packets})
	if len(o.buf) >= full {
		return o.drain()
	}
	return nil
}

// drain gives the destination what was collected.
func (o *output) drain() error {
	if o.err != nil || len(o.buf) == 0 {
		return o.err
	}
	n, err := o.dst.Write(o.buf)
	if err == nil && n < len(o.buf) {
		err = io.ErrShortWrite
	}
	whole, all := o.whole(n), o.ends[len(o.ends)-1]
	o.written += int64(whole.at)
	o.packets += whole.packets
	if err != nil {
		o.err = o.failed(err, n > whole.at, all.packets-whole.packets)
	}
	o.buf, o.ends = o.buf[:0], o.ends[:0]
	return o.err
}

// whole is the last record that ends within the first n bytes.
func (o *output) whole(n int) (last recordEnd) {
	for _, e := range o.ends {
		if e.at <= n {
			last = e
		}
	}
	return last
}

// failed says what became of the file. torn: a part of a record was written.
func (o *output) failed(err error, torn bool, lost int64) error {
	e := &WriteError{Err: err, Packets: o.packets, Lost: lost, Torn: torn || o.zip != nil}
	if t, ok := o.dst.(truncater); ok && torn {
		e.Torn = t.Truncate(o.written) != nil
	}
	return e
}

// A truncater is a file that can be cut. Truncate takes the length that was written through this writer.
type truncater interface{ Truncate(size int64) error }

// A WriteError says that a capture file couldn't be written any further, and what it holds.
type WriteError struct {
	Err     error
	Packets int64 // whole ones in the file
	Lost    int64 // that the file hasn't room for
	Torn    bool  // the file ends inside a record
}

func (e *WriteError) Error() string {
	end := ""
	if e.Torn {
		end = " and a part of the next"
	}
	return fmt.Sprintf("%v: %s written%s, %d lost", e.Err, counted(e.Packets, "whole packet"), end, e.Lost)
}

// Unwrap is the destination's error.
func (e *WriteError) Unwrap() error { return e.Err }

// flush drains all the way.
func (o *output) flush() error {
	if err := o.drain(); err != nil || o.zip == nil {
		return err
	}
	if err := o.zip.Flush(); err != nil {
		o.err = o.failed(err, false, 0)
	}
	return o.err
}

var errClosed = errors.New("the writer is closed")

// close flushes for the last time.
func (o *output) close() error {
	err := o.drain()
	if o.zip != nil && err == nil {
		if err = o.zip.Close(); err != nil {
			err = o.failed(err, false, 0)
		}
	}
	if o.err == nil {
		o.err = errClosed
	}
	return err
}
