package smi

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unsafe"

	"moonwire/host/network"
)

// maxSize is the longest file that is read: ten times what the longest MIB files known have.
const maxSize = 32 << 20

// unread is why a file was not read.
type unread struct {
	text, remedy string
}

func (u *unread) Error() string { return u.text }

// reader reads files one after the other.
type reader struct {
	files network.Files
	room  []byte
}

// text reads the text of a file. It stands in the reader's room, so it holds until the next one is read.
func (r *reader) text(path string) (string, error) {
	f, err := r.files.Open(path, os.O_RDONLY, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	n := 0
	for err == nil {
		if n == len(r.room) {
			r.room = append(r.room, make([]byte, max(n, 64<<10))...)
		}
		var more int
		more, err = f.Read(r.room[n:])
		if n += more; n > maxSize {
			return "", &unread{fmt.Sprintf("has over %d MiB, so it is no MIB file and was not read", maxSize>>20), ""}
		}
	}
	if err != io.EOF {
		return "", err
	}
	text := unsafe.String(unsafe.SliceData(r.room), n)
	return text, check(text)
}

// check refuses what is no text of ASCII's kind.
func check(s string) error {
	switch {
	case strings.HasPrefix(s, "\xff\xfe"), strings.HasPrefix(s, "\xfe\xff"):
		return &unread{"is written in UTF-16", "save it as UTF-8"}
	case strings.IndexByte(s, 0) >= 0:
		return &unread{"is binary, so it is no MIB file and was not read", ""}
	}
	return nil
}
