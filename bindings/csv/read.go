package csv

import (
	"errors"
	"fmt"

	"moonwire/host/decl"
)

// A Reader reads rows from pieces of text. Lines end with LF or CRLF; empty lines are skipped.
type Reader struct {
	separator byte
	more      func() (piece string, ok bool) // nil after the last piece
	text      string
	pos       int
	line      int // of the next character
	start     int // line of the last row
}

// NewReader reads from the pieces that more gives until it says false.
func NewReader(separator byte, more func() (string, bool)) *Reader {
	return &Reader{separator: separator, more: more, line: 1}
}

// end stands for what follows the last character.
const end = -1

// peek is the next character, or end.
func (r *Reader) peek() int {
	for r.pos == len(r.text) {
		if r.more == nil {
			return end
		}
		piece, ok := r.more()
		if !ok {
			r.more = nil
			return end
		}
		r.text, r.pos = piece, 0
	}
	return int(r.text[r.pos])
}

// take takes the next character, or end.
func (r *Reader) take() int {
	c := r.peek()
	if c != end {
		r.pos++
	}
	if c == '\n' {
		r.line++
	}
	return c
}

// Row reads one row; it is nil at the end. A row is never empty.
func (r *Reader) Row() ([]string, error) {
	for r.peek() != end {
		quoted := r.peek() == '"'
		row, err := r.row()
		if err != nil || len(row) > 1 || row[0] != "" || quoted {
			return row, err
		}
	}
	return nil, nil
}

// row reads to the end of a line, which may be empty.
func (r *Reader) row() ([]string, error) {
	r.start = r.line
	var row []string
	for {
		field, stop, err := r.field()
		if err != nil {
			return nil, decl.Refuse(decl.Malformed, fmt.Errorf("csv: line %d: %w", r.start, err))
		}
		row = append(row, field)
		if stop != int(r.separator) {
			return row, nil
		}
	}
}

// Line is where the last row began.
func (r *Reader) Line() int { return r.start }

var (
	errBareQuote  = errors.New("quote inside a field that has none around it")
	errAfterQuote = errors.New("text after the closing quote")
	errNoQuote    = errors.New("closing quote missing")
)

// field reads one field and the character that ends it.
func (r *Reader) field() (field string, stop int, err error) {
	if r.peek() == '"' {
		r.take()
		return r.quoted()
	}
	var b []byte
	for {
		switch c := r.take(); c {
		case int(r.separator), '\n', end:
			return string(b), c, nil
		case '\r':
			if next := r.peek(); next == '\n' || next == end {
				return string(b), r.take(), nil
			}
			b = append(b, '\r')
		case '"':
			return "", c, errBareQuote
		default:
			b = append(b, byte(c))
		}
	}
}

// quoted reads the rest of a field that began with a quote; two quotes are one.
func (r *Reader) quoted() (field string, stop int, err error) {
	var b []byte
	for {
		switch c := r.take(); {
		case c == end:
			return "", c, errNoQuote
		case c != '"':
			b = append(b, byte(c))
		case r.peek() == '"':
			b = append(b, byte(r.take()))
		default:
			if r.peek() == '\r' {
				r.take()
			}
			if stop = r.take(); stop != int(r.separator) && stop != '\n' && stop != end {
				return "", stop, errAfterQuote
			}
			return string(b), stop, nil
		}
	}
}
