package record

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// left is a journal as a source.
type left struct {
	f      ReadAtCloser
	found  []span
	chunks map[string][]span
}

// readJournal reads what a run that was killed has left, up to its last whole line.
func readJournal(f ReadAtCloser, size int64) (*Record, error) {
	l := &left{f: f, chunks: map[string][]span{}}
	r := &Record{from: l}
	lines := newJournalLines(f, size)
	for {
		part, body, err := lines.next()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = l.take(r, part, body, lines.last)
		}
		if err != nil && r.Header.Format == 0 {
			return nil, fmt.Errorf("the journal has no whole header: %w", err)
		}
		if err != nil {
			r.Cut = fmt.Sprintf("the record is cut after event %d: %s", len(l.found), err)
			break
		}
	}
	switch {
	case r.Header.Format == 0:
		return nil, errors.New("the journal has no header")
	case r.End == nil && r.Cut == "":
		r.Cut = fmt.Sprintf("the run was killed after event %d", len(l.found))
	case r.End != nil && r.Cut == "":
		r.Cut = r.End.Stopped
	}
	return r, nil
}

// take notes a line.
func (l *left) take(r *Record, part byte, body []byte, at span) error {
	switch {
	case part == partHeader && r.Header.Format == 0:
		return r.head(body)
	case r.Header.Format == 0:
		return errors.New("it doesn't begin with the header")
	case part == partEvent:
		l.found = append(l.found, at)
	case part == partFile:
		var c chunk
		if err := json.Unmarshal(body, &c); err != nil {
			return err
		}
		if !safe(c.Name) || own(c.Name) {
			return fmt.Errorf("file %q has no place in a record", c.Name)
		}
		if l.chunks[c.Name] == nil {
			r.files = append(r.files, c.Name)
		}
		if l.chunks[c.Name] = append(l.chunks[c.Name], at); len(r.files) > mostEntries {
			return fmt.Errorf("more than %d files", mostEntries)
		}
	case part == partEnd:
		r.End = &End{}
		return json.Unmarshal(body, r.End)
	default:
		return fmt.Errorf("a line of unknown kind %q", part)
	}
	return nil
}

// journalLines goes through a journal.
type journalLines struct {
	from *bufio.Reader
	at   int64
	last span
}

func newJournalLines(f io.ReaderAt, size int64) *journalLines {
	at := int64(len(magic))
	return &journalLines{from: bufio.NewReaderSize(io.NewSectionReader(f, at, size-at), 64<<10), at: at}
}

// next is the next whole line.
func (j *journalLines) next() (part byte, body []byte, err error) {
	b, err := readLine(j.from)
	switch {
	case err == io.EOF && len(b) > 0:
		return 0, nil, errors.New("its last line is not whole")
	case err != nil:
		return 0, nil, err
	}
	j.last = span{j.at, len(b)}
	j.at += int64(len(b))
	return parseLine(b[:len(b)-1])
}

func parseLine(b []byte) (part byte, body []byte, err error) {
	if len(b) < lineFrame-1 || b[8] != ' ' || b[10] != ' ' {
		return 0, nil, errors.New("a line without its checksum")
	}
	want, err := strconv.ParseUint(string(b[:8]), 16, 32)
	part, body = b[9], b[lineFrame-1:]
	if err != nil || uint32(want) != checksum(part, body) {
		return 0, nil, errors.New("a line whose checksum is wrong")
	}
	return part, body, nil
}

func (l *left) events() (io.ReadCloser, error) {
	return &joined{f: l.f, rest: l.found, of: func(b []byte) ([]byte, error) { return append(b, '\n'), nil }}, nil
}

func (l *left) open(name string) (io.ReadCloser, error) {
	list, ok := l.chunks[name]
	if !ok {
		return nil, fmt.Errorf("the record has no %s", name)
	}
	return &joined{f: l.f, rest: list, of: func(b []byte) ([]byte, error) {
		var c chunk
		err := json.Unmarshal(b, &c)
		return c.Data, err
	}}, nil
}

func (l *left) Close() error { return l.f.Close() }

// joined is what lines of a journal hold, one behind the other.
type joined struct {
	f    io.ReaderAt
	rest []span
	of   func([]byte) ([]byte, error)
	have []byte
}

func (j *joined) Read(b []byte) (int, error) {
	for len(j.have) == 0 {
		if len(j.rest) == 0 {
			return 0, io.EOF
		}
		line := make([]byte, j.rest[0].size)
		if _, err := j.f.ReadAt(line, j.rest[0].at); err != nil && err != io.EOF {
			return 0, err
		}
		var err error
		if j.have, err = j.of(line[lineFrame-1 : len(line)-1]); err != nil {
			return 0, err
		}
		j.rest = j.rest[1:]
	}
	n := copy(b, j.have)
	j.have = j.have[n:]
	return n, nil
}

func (j *joined) Close() error { return nil }
