package shelf

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"moonwire/host/whole"
)

// The index saves opening every pack and parsing its header. It is a copy: what it says of a file counts while that file
// has the size and the time that it had, and a lost or broken index is made anew.
//
// It is a line that names the format; then, for each pack, a line with the file's name, size and time, the pack's ID and
// the length of the main file's header; a line each for title, about and categories; and that header.
const (
	indexName   = "index"
	indexFormat = "moonwire shelf 2\n"
)

// A record is what the index says of a pack.
type record struct {
	size  int64
	time  int64 // of the last change, in nanoseconds
	entry Entry
}

// scan reads all packs, most of them from the index.
func (s *Shelf) scan() ([]Entry, error) {
	files, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	old := s.readIndex()
	records, found := make([]record, 0, len(files)), make([]Entry, 0, len(files))
	var faults []error
	changed := false
	for _, f := range files {
		r, known := old[f.Name()]
		if !known && !isPack(f.Name()) {
			continue
		}
		info, err := f.Info()
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if !known || r.size != info.Size() || r.time != info.ModTime().UnixNano() {
			changed = true
			if r.entry, err = read(filepath.Join(s.dir, f.Name())); err != nil {
				faults = append(faults, err)
				continue
			}
			r.size, r.time = info.Size(), info.ModTime().UnixNano()
		}
		records, found = append(records, r), append(found, r.entry)
	}
	if changed || len(records) < len(old) {
		_ = s.writeIndex(records) // who may not write here still reads
	}
	return found, errors.Join(faults...)
}

// readIndex is what the index says of each file. It is empty when there is no index or none that can be read.
func (s *Shelf) readIndex() map[string]record {
	b, _ := os.ReadFile(filepath.Join(s.dir, indexName))
	text, ok := strings.CutPrefix(string(b), indexFormat)
	if !ok {
		return nil
	}
	records := make(map[string]record, strings.Count(text, suffix+" "))
	for text != "" {
		r, rest, ok := s.readRecord(text)
		if !ok {
			return nil
		}
		records[filepath.Base(r.entry.Path)], text = r, rest
	}
	return records
}

// readRecord reads the first record of a text.
func (s *Shelf) readRecord(text string) (r record, rest string, ok bool) {
	line, rest, _ := strings.Cut(text, "\n")
	words := strings.Fields(line)
	if len(words) != 5 {
		return record{}, "", false
	}
	size, err1 := strconv.ParseInt(words[1], 10, 64)
	time, err2 := strconv.ParseInt(words[2], 10, 64)
	length, err3 := strconv.Atoi(words[4])
	name, version, ok := parts(words[0])
	if !ok || errors.Join(err1, err2, err3) != nil {
		return record{}, "", false
	}
	e := Entry{Name: name, Version: version, Path: filepath.Join(s.dir, words[0]), ID: words[3]}
	e.Title, rest, _ = strings.Cut(rest, "\n")
	e.About, rest, _ = strings.Cut(rest, "\n")
	categories, rest, ok := strings.Cut(rest, "\n")
	if !ok || length < 0 || length > len(rest) {
		return record{}, "", false
	}
	e.Categories, e.head = strings.Fields(categories), rest[:length]
	return record{size, time, e}, rest[length:], true
}

// writeIndex writes the index whole or not at all.
func (s *Shelf) writeIndex(records []record) error {
	var b bytes.Buffer
	b.WriteString(indexFormat)
	for _, r := range records {
		e := &r.entry
		fmt.Fprintf(&b, "%s %d %d %s %d\n", filepath.Base(e.Path), r.size, r.time, e.ID, len(e.head))
		fmt.Fprintf(&b, "%s\n%s\n%s\n%s", e.Title, e.About, strings.Join(e.Categories, " "), e.head)
	}
	return whole.Write(filepath.Join(s.dir, indexName), b.Bytes())
}
