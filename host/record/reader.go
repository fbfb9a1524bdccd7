package record

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Bounds of what is read, so that a record from elsewhere costs no more than it should.
const (
	longestLine  = 64 << 20 // of an event
	largestHead  = 4 << 20  // record.json, end.json
	LargestFile  = 64 << 20 // what File gives at once
	largestTotal = 16 << 30
	mostEntries  = 10_000
)

// A Record is a run that was kept.
type Record struct {
	Header Header
	End    *End   // nil: the record has none
	Cut    string // why the record ends early; "" when it is whole

	from  source
	files []string
}

// source is where a Record is read from: an archive or a journal.
type source interface {
	open(name string) (io.ReadCloser, error)
	events() (io.ReadCloser, error)
	Close() error
}

// Open reads a record. Of a run that was killed it finds the journal, too.
func Open(name string) (*Record, error) {
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) && !strings.HasSuffix(name, Suffix) {
		if left, other := os.Open(name + Suffix); other == nil {
			f, err = left, nil
		}
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	r, err := Read(f, info.Size())
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", f.Name(), err)
	}
	return r, nil
}

// A ReadAtCloser is what a Record is read from.
type ReadAtCloser interface {
	io.ReaderAt
	io.Closer
}

// Read reads a record of so many bytes.
func Read(f ReadAtCloser, size int64) (*Record, error) {
	first := make([]byte, len(magic))
	n, _ := f.ReadAt(first, 0)
	switch {
	case bytes.Equal(first[:n], []byte(magic)):
		return readJournal(f, size)
	case bytes.HasPrefix(first[:n], []byte("PK")):
		return readArchive(f, size)
	case n == 0:
		return nil, errors.New("no record: it is empty")
	}
	return nil, errors.New("no record: neither a zip nor a journal of moonwire's")
}

// head reads the header.
func (r *Record) head(b []byte) error {
	var version struct{ Format int }
	if err := json.Unmarshal(b, &version); err != nil {
		return fmt.Errorf("%s: %w", headerName, err)
	}
	if version.Format > Format {
		return fmt.Errorf("format %d is newer than this moonwire knows (%d)", version.Format, Format)
	}
	if version.Format < 1 {
		return fmt.Errorf("%s names no format", headerName)
	}
	if err := json.Unmarshal(b, &r.Header); err != nil {
		return fmt.Errorf("%s: %w", headerName, err)
	}
	if p := r.Header.Place; p != InLab && p != InReal {
		return fmt.Errorf("%s: it ran in place %q, of which this moonwire knows nothing", headerName, p)
	}
	return nil
}

// Close ends reading.
func (r *Record) Close() error { return r.from.Close() }

// Files are the names of the files inside, but for the record's own parts.
func (r *Record) Files() []string { return r.files }

// Open opens a file inside.
func (r *Record) Open(name string) (io.ReadCloser, error) { return r.from.open(name) }

// File is a file inside.
func (r *Record) File(name string) ([]byte, error) {
	f, err := r.from.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, LargestFile+1))
	if err == nil && len(b) > LargestFile {
		err = fmt.Errorf("%s is longer than %d bytes", name, LargestFile)
	}
	return b, err
}

// Events goes through the events.
func (r *Record) Events() (*Events, error) {
	f, err := r.from.events()
	if err != nil {
		return nil, err
	}
	return &Events{from: f, lines: bufio.NewReaderSize(f, 64<<10)}, nil
}

// Events are read one after the other.
type Events struct {
	from  io.ReadCloser
	lines *bufio.Reader
	n     int
}

// Next reads an event. io.EOF is the end; any other error says after which event the record is broken, and why.
func (e *Events) Next() (*Event, error) {
	line, err := readLine(e.lines)
	switch {
	case err == io.EOF && len(line) == 0:
		return nil, io.EOF
	case err == io.EOF:
		return nil, fmt.Errorf("the record is cut after event %d", e.n)
	case err != nil:
		return nil, fmt.Errorf("the record is broken after event %d: %w", e.n, err)
	}
	event := &Event{}
	if err := json.Unmarshal(line, event); err != nil {
		return nil, fmt.Errorf("the record is broken after event %d: %w", e.n, err)
	}
	e.n++
	return event, nil
}

// readLine reads a line of bounded length, with its end.
func readLine(from *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := from.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return line, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return line, err
		case len(line) > longestLine:
			return nil, fmt.Errorf("a line is longer than %d bytes", longestLine)
		}
	}
}

// Close ends reading.
func (e *Events) Close() error { return e.from.Close() }

// safe says whether a name stays below the folder it is written into.
func safe(name string) bool {
	return filepath.IsLocal(name) && !strings.ContainsAny(name, "\\:\x00") && len(name) < 1024
}

// own are the parts that Files leaves out.
func own(name string) bool { return name == headerName || name == eventsName || name == endName }

// readArchive reads a zip.
func readArchive(f ReadAtCloser, size int64) (*Record, error) {
	z, err := zip.NewReader(f, size)
	if err != nil {
		return nil, fmt.Errorf("the zip is cut or broken: %w", err)
	}
	r := &Record{}
	a := &archive{f: f, entries: map[string]*zip.File{}}
	r.from = a
	if len(z.File) > mostEntries {
		return nil, fmt.Errorf("the zip has %d entries, more than %d", len(z.File), mostEntries)
	}
	total := uint64(0)
	for _, e := range z.File {
		if total += e.UncompressedSize64; total > largestTotal || e.UncompressedSize64 > largestTotal {
			return nil, fmt.Errorf("the zip unpacks to more than %d bytes", int64(largestTotal))
		}
		switch {
		case !safe(e.Name):
			return nil, fmt.Errorf("entry %q would lie outside the folder that it is unpacked into", e.Name)
		case a.entries[e.Name] != nil:
			return nil, fmt.Errorf("entry %q is there twice", e.Name)
		}
		a.entries[e.Name] = e
		if !own(e.Name) {
			r.files = append(r.files, e.Name)
		}
	}
	head, err := a.small(headerName)
	if err == nil {
		err = r.head(head)
	}
	if err != nil {
		return nil, err
	}
	if a.entries[eventsName] == nil {
		return nil, fmt.Errorf("no record: %s is missing", eventsName)
	}
	for _, name := range []string{eventsName, ScriptName} {
		if err := a.whole(name); err != nil {
			return nil, err
		}
	}
	end, err := a.small(endName)
	if err == nil {
		r.End = &End{}
		err = json.Unmarshal(end, r.End)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", endName, err)
	}
	r.Cut = r.End.Stopped
	return r, nil
}

// archive is a zip as a source.
type archive struct {
	f       io.Closer
	entries map[string]*zip.File
}

func (a *archive) open(name string) (io.ReadCloser, error) {
	e := a.entries[name]
	if e == nil {
		return nil, fmt.Errorf("the record has no %s", name)
	}
	return e.Open()
}

func (a *archive) events() (io.ReadCloser, error) { return a.open(eventsName) }
func (a *archive) Close() error                   { return a.f.Close() }

// whole reads an entry to its end, where its checksum is looked at.
func (a *archive) whole(name string) error {
	if a.entries[name] == nil {
		return nil
	}
	f, err := a.open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(f, largestTotal)); err != nil {
		return fmt.Errorf("%s is cut or was altered: %w", name, err)
	}
	return nil
}

// small is an entry that fits into memory.
func (a *archive) small(name string) ([]byte, error) {
	f, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, largestHead+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case len(b) > largestHead:
		return nil, fmt.Errorf("%s is longer than %d bytes", name, largestHead)
	}
	return b, nil
}
