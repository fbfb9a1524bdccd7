package tool

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// The slot's layout: a mark that stands nowhere else, the slot's version, and where the pack is.
const (
	markSize    = 32
	versionAt   = markSize
	offsetAt    = markSize + 8
	lengthAt    = markSize + 16
	slotSize    = markSize + 24
	slotVersion = 1
)

// slot is this executable's. It is an array so that the mark stands in the file as it is here, once.
var slot = [slotSize]byte{
	'm', 'o', 'o', 'n', 'w', 'i', 'r', 'e', ' ', 't', 'o', 'o', 'l', ' ', 's', 'l', 'o', 't', 0xf1, 0x3a, 0x9c, 0x52, 0xd0, 0x07,
	0xbe, 0x64, 0x8d, 0x21, 0xe9, 0x5f, 0x73, 0xa8,
	slotVersion, 0, 0, 0, 0, 0, 0, 0,
}

// A Payload is the pack of a tool.
type Payload struct {
	*io.SectionReader
	file *os.File
}

// Close closes the executable.
func (p *Payload) Close() error { return p.file.Close() }

// Self is the pack of this executable; nil when it is a plain moonwire.
func Self() (*Payload, error) {
	at, length := place(slot[:])
	if length == 0 {
		return nil, nil
	}
	f, err := openSelf()
	if err != nil {
		return nil, fmt.Errorf("this tool cannot read its own file: %w", err)
	}
	p, err := payloadIn(f, at, length)
	if err != nil {
		f.Close()
		return nil, err
	}
	return p, nil
}

// Of is the pack of the tool in a file; nil when the file is none.
func Of(file string) (*Payload, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	found, err := findSlot(data)
	if err != nil {
		return nil, nil
	}
	at, length := place(data[found:])
	if length == 0 {
		return nil, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	p, err := payloadIn(f, at, length)
	if err != nil {
		f.Close()
	}
	return p, err
}

// errLost is said of a tool that is shorter than it was.
var errLost = errors.New("this tool's recipe is gone: its file was stripped, packed or cut off (moonwire build makes it again)")

func payloadIn(f *os.File, at, length int64) (*Payload, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if at < 0 || length < 0 || at > info.Size() || length > info.Size()-at {
		return nil, errLost
	}
	return &Payload{io.NewSectionReader(f, at, length), f}, nil
}

// openSelf opens this executable. Linux has it even when its file was removed or replaced meanwhile.
func openSelf() (*os.File, error) {
	if runtime.GOOS == "linux" {
		if f, err := os.Open("/proc/self/exe"); err == nil {
			return f, nil
		}
	}
	file, err := os.Executable()
	if err != nil {
		file, err = filepath.Abs(os.Args[0])
	}
	if err != nil {
		return nil, err
	}
	return os.Open(file)
}

// place reads where a slot says that the pack is.
func place(slot []byte) (at, length int64) {
	return int64(binary.LittleEndian.Uint64(slot[offsetAt:])), int64(binary.LittleEndian.Uint64(slot[lengthAt:]))
}

// setPlace writes it.
func setPlace(slot []byte, at, length int) {
	binary.LittleEndian.PutUint64(slot[offsetAt:], uint64(at))
	binary.LittleEndian.PutUint64(slot[lengthAt:], uint64(length))
}

// findSlot finds the slot of a moonwire.
func findSlot(data []byte) (int, error) {
	mark := slot[:markSize]
	at := bytes.Index(data, mark)
	switch {
	case at < 0:
		return 0, errors.New("it is no moonwire, or one from before tools, or packed by another program")
	case bytes.Contains(data[at+markSize:], mark):
		return 0, errors.New("more than one moonwire is in it")
	case len(data) < at+slotSize:
		return 0, errors.New("it is cut off")
	}
	if v := binary.LittleEndian.Uint64(data[at+versionAt:]); v != slotVersion {
		return 0, fmt.Errorf("its slot for recipes is of version %d, this moonwire knows %d", v, slotVersion)
	}
	return at, nil
}
