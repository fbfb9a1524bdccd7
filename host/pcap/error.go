package pcap

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// A FormatError says that a capture file is cut short or damaged, and how much of it is good.
type FormatError struct {
	Reason  string
	Packets int64 // whole ones before the fault
	Bytes   int64 // where the last whole record ends, in the uncompressed file
	Cut     bool  // the file ends early; else it holds what no file of its format does
}

func (e *FormatError) Error() string {
	if e.Bytes == 0 {
		return e.Reason
	}
	return fmt.Sprintf("%s: %s in the first %d bytes", e.Reason, counted(e.Packets, "whole packet"), e.Bytes)
}

// Kind is the kind of refusal that scripts see.
func (e *FormatError) Kind() string { return "malformed" }

func counted(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// damaged is the error for what no file of this format holds.
func (r *Reader) damaged(format string, args ...any) error {
	return r.fail(&FormatError{Reason: "damaged: " + fmt.Sprintf(format, args...), Packets: r.packets, Bytes: r.good})
}

// short is the error when the source ends inside a record, or the source's own.
func (r *Reader) short(what string) error {
	if err := r.in.err; errors.Is(err, os.ErrDeadlineExceeded) { // the wait was ended; the next one may bring more
		r.in.err = nil
		return err
	}
	if err := r.in.err; err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return r.fail(fmt.Errorf("%w: %s in the first %d bytes", err, counted(r.packets, "whole packet"), r.good))
	}
	return r.fail(&FormatError{Reason: "cut short inside " + what, Packets: r.packets, Bytes: r.good, Cut: true})
}

// fail makes err the answer of all further calls.
func (r *Reader) fail(err error) error {
	r.err = err
	return err
}
