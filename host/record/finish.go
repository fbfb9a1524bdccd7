package record

import (
	"archive/zip"
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Names of a record's parts.
const (
	headerName = "record.json"
	eventsName = "events.jsonl"
	endName    = "end.json"
	ScriptName = "script.lua"
	StdoutName = "stdout.txt"
	Modules    = "modules/"
	Captures   = "captures/"
)

// Finish makes the record of the journal: into a file beside it first, which then gets its name.
func (w *Writer) Finish(e End) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	e.Events = len(w.events)
	if errors.Is(w.err, ErrFull) {
		w.err = nil
		if e.Stopped == "" {
			e.Stopped = ErrFull.Error()
		}
	}
	_, err := w.line(partEnd, e)
	if err == nil {
		err = w.out.Flush()
	}
	if err == nil {
		err = w.zip(e)
	}
	if err != nil {
		return err // the journal stays
	}
	w.Abandon()
	return nil
}

// zip writes the archive and gives it its name.
func (w *Writer) zip(e End) (err error) {
	f, err := os.CreateTemp(filepath.Dir(w.name), "."+filepath.Base(w.name)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	out := bufio.NewWriterSize(f, 256<<10)
	if err := w.entries(zip.NewWriter(out), e); err != nil {
		return err
	}
	if err := errors.Join(out.Flush(), f.Sync(), f.Chmod(0o600), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), w.name)
}

// entries writes the archive's entries.
func (w *Writer) entries(z *zip.Writer, e End) error {
	head, err := w.json(w.header)
	if err != nil {
		return err
	}
	if err := put(z, headerName, indented(head)); err != nil {
		return err
	}
	for _, name := range w.names {
		if err := w.copy(z, name, w.files[name], w.data); err != nil {
			return err
		}
	}
	events := func(s span) ([]byte, error) {
		b, err := w.json(s)
		return append(b, '\n'), err
	}
	if err := w.copy(z, eventsName, w.events, events); err != nil {
		return err
	}
	end, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return errors.Join(put(z, endName, indented(end)), z.Close())
}

func put(z *zip.Writer, name string, b []byte) error {
	to, err := z.CreateHeader(entry(name))
	if err == nil {
		_, err = to.Write(b)
	}
	return err
}

// entry is a file of the archive. Equal runs make equal archives: it carries no time of its own.
func entry(name string) *zip.FileHeader {
	return &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// copy makes an entry of lines of the journal.
func (w *Writer) copy(z *zip.Writer, name string, lines []span, of func(span) ([]byte, error)) error {
	to, err := z.CreateHeader(entry(name))
	if err != nil {
		return err
	}
	for _, s := range lines {
		b, err := of(s)
		if err != nil {
			return err
		}
		if _, err := to.Write(b); err != nil {
			return err
		}
	}
	return nil
}

// json is what a line holds.
func (w *Writer) json(s span) ([]byte, error) {
	b := make([]byte, s.size)
	if _, err := w.file.ReadAt(b, s.at); err != nil && err != io.EOF {
		return nil, err
	}
	return b[lineFrame-1 : len(b)-1], nil
}

// data is what a file's line holds.
func (w *Writer) data(s span) ([]byte, error) {
	b, err := w.json(s)
	if err != nil {
		return nil, err
	}
	var c chunk
	err = json.Unmarshal(b, &c)
	return c.Data, err
}

// indented is JSON for people.
func indented(b []byte) []byte {
	var v json.RawMessage = b
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return b
	}
	return append(out, '\n')
}
