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

	"moonwire/host/pack"
	"moonwire/host/script"
)

// The index saves reading every pack. It is a copy: what it says of a file counts while that file has the size and the
// time that it had, and a lost or broken index is made anew.
//
// It is a line that names the format; then, for each pack, a line with the file's name, size and time, the pack's ID and
// the length of the main file's header, and that header.
const (
	indexName   = "index"
	indexFormat = "moonwire shelf 1\n"
)

// A record is what the index says of a pack.
type record struct {
	size   int64
	time   int64 // of the last change, in nanoseconds
	id     string
	header string
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
	old, fresh := s.readIndex(), make(map[string]record, len(files))
	var found []Entry
	var faults []error
	changed := false
	for _, f := range files {
		name, version, ok := parts(f.Name())
		if !ok {
			continue
		}
		path := filepath.Join(s.dir, f.Name())
		r, known, err := lookUp(path, f, old)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		h, err := script.Parse(f.Name(), r.header)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		changed = changed || !known
		fresh[f.Name()] = r
		found = append(found, Entry{name, version, path, r.id, h})
	}
	if changed || len(fresh) < len(old) {
		_ = s.writeIndex(fresh) // who may not write here still reads
	}
	return found, errors.Join(faults...)
}

// lookUp is the record of a pack: the one of the index while it is true.
func lookUp(path string, f fs.DirEntry, old map[string]record) (r record, known bool, err error) {
	info, err := f.Info()
	if err != nil {
		return record{}, false, err
	}
	r, known = old[f.Name()]
	if known && r.size == info.Size() && r.time == info.ModTime().UnixNano() {
		return r, true, nil
	}
	p, err := pack.Open(path)
	if err != nil {
		return record{}, false, err
	}
	defer p.Close()
	if _, err := entryOf(path, p); err != nil {
		return record{}, false, err
	}
	return record{info.Size(), info.ModTime().UnixNano(), p.ID, headerText(p)}, false, nil
}

// headerText is the header of a pack's main file.
func headerText(p *pack.Pack) string {
	rest := p.Main()
	for range p.Header.Lines {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	return p.Main()[:len(p.Main())-len(rest)]
}

// readIndex is empty when there is no index or none that can be read.
func (s *Shelf) readIndex() map[string]record {
	b, _ := os.ReadFile(filepath.Join(s.dir, indexName))
	text, ok := strings.CutPrefix(string(b), indexFormat)
	if !ok {
		return nil
	}
	records := make(map[string]record, strings.Count(text, suffix))
	for text != "" {
		line, rest, _ := strings.Cut(text, "\n")
		name, r, length, ok := parseRecord(line)
		if !ok || length > len(rest) {
			return nil
		}
		r.header, text = rest[:length], rest[length:]
		records[name] = r
	}
	return records
}

// parseRecord reads a pack's line.
func parseRecord(line string) (name string, r record, length int, ok bool) {
	words := strings.Fields(line)
	if len(words) != 5 {
		return "", record{}, 0, false
	}
	size, err1 := strconv.ParseInt(words[1], 10, 64)
	time, err2 := strconv.ParseInt(words[2], 10, 64)
	length, err3 := strconv.Atoi(words[4])
	return words[0], record{size: size, time: time, id: words[3]}, length, errors.Join(err1, err2, err3) == nil && length >= 0
}

// writeIndex writes the index whole or not at all.
func (s *Shelf) writeIndex(records map[string]record) error {
	var b bytes.Buffer
	b.WriteString(indexFormat)
	for name, r := range records {
		fmt.Fprintf(&b, "%s %d %d %s %d\n%s", name, r.size, r.time, r.id, len(r.header), r.header)
	}
	return s.replace(indexName, b.Bytes())
}

// replace writes a file beside the old one and then puts it in its place.
func (s *Shelf) replace(name string, data []byte) error {
	f, err := os.CreateTemp(s.dir, name+".*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // which is gone when all went well
	_, err = f.Write(data)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(s.dir, name))
	}
	return err
}
