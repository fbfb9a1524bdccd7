package record

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"sync"
)

// magic begins a journal.
const magic = "moonwire record journal 1\n"

// Parts of a journal, by the letter behind a line's checksum.
const (
	partHeader = 'H'
	partEvent  = 'E'
	partFile   = 'F'
	partEnd    = 'Z'
)

// Suffix is what the journal's name has behind the record's.
const Suffix = ".part"

// A chunk is bytes appended to a file of the record.
type chunk struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}

// span is where a line of the journal stands.
type span struct {
	at   int64
	size int
}

// ErrFull is why a Writer takes no more.
var ErrFull = errors.New("the record has reached its largest size")

// A Writer writes a record while the run goes on. Any goroutine may use it.
type Writer struct {
	name string
	most int64

	mu     sync.Mutex
	file   *os.File
	out    *bufio.Writer
	size   int64
	events []span
	files  map[string][]span
	names  []string // of files, as they came
	header span
	err    error
}

// Create begins the record of that name, of at most so many bytes (0: 1 GiB). An older one stays until Finish.
func Create(name string, h Header, most int64) (*Writer, error) {
	if most <= 0 {
		most = 1 << 30
	}
	f, err := os.OpenFile(name+Suffix, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	w := &Writer{name: name, most: most, file: f, out: bufio.NewWriterSize(f, 64<<10), files: map[string][]span{}}
	_, err = w.out.WriteString(magic)
	w.size = int64(len(magic))
	h.Format = Format
	if err == nil {
		w.header, err = w.line(partHeader, h)
	}
	if err == nil {
		err = w.out.Flush()
	}
	if err != nil {
		w.Abandon()
		return nil, err
	}
	return w, nil
}

// line appends one line. It needs w.mu, but for the first.
func (w *Writer) line(part byte, v any) (span, error) {
	if w.err != nil {
		return span{}, w.err
	}
	b, err := json.Marshal(v)
	if err != nil {
		return span{}, err
	}
	at := span{w.size, len(b) + lineFrame}
	if w.size+int64(at.size) > w.most && part != partEnd {
		w.err = ErrFull
		return span{}, ErrFull
	}
	_, err = fmt.Fprintf(w.out, "%08x %c %s\n", checksum(part, b), part, b)
	w.size += int64(at.size)
	if err != nil {
		w.err = err
	}
	return at, err
}

// lineFrame is how long a line is beside its JSON: checksum, part, newline.
const lineFrame = 8 + 1 + 1 + 1 + 1

func checksum(part byte, b []byte) uint32 {
	return crc32.Update(crc32.ChecksumIEEE([]byte{part}), crc32.IEEETable, b)
}

// Event appends an event.
func (w *Writer) Event(e *Event) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	at, err := w.line(partEvent, e)
	if err == nil {
		w.events = append(w.events, at)
	}
	return err
}

// Append appends to a file of the record, which begins with its first bytes.
func (w *Writer) Append(name string, data []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	at, err := w.line(partFile, chunk{name, data})
	if err != nil {
		return err
	}
	if w.files[name] == nil {
		w.names = append(w.names, name)
	}
	w.files[name] = append(w.files[name], at)
	return nil
}

// Flush gives what was appended to the system, which keeps it if this process is killed.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.out.Flush(); err != nil && w.err == nil {
		w.err = err
	}
	return w.err
}

// Abandon removes the journal.
func (w *Writer) Abandon() {
	w.file.Close()
	os.Remove(w.file.Name())
}

// A File is a file of the record, to be appended to.
type File struct {
	w    *Writer
	name string
}

// File is the file of that name.
func (w *Writer) File(name string) *File { return &File{w, name} }

// Write appends. A record that is full takes no more, and nobody is told: its end says so.
func (f *File) Write(b []byte) (int, error) {
	for rest := b; len(rest) > 0; {
		n := min(len(rest), longestChunk)
		if err := f.w.Append(f.name, rest[:n]); err != nil && !errors.Is(err, ErrFull) {
			return 0, err
		}
		rest = rest[n:]
	}
	return len(b), nil
}

// longestChunk keeps lines short.
const longestChunk = 256 << 10
