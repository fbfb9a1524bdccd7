package smi

import (
	"fmt"
	"io"
	"os"
	"strings"

	"moonwire/host/network"
)

// maxSize is the longest file that is read: ten times what the longest MIB files known have.
const maxSize = 32 << 20

// unread is why a file was not read.
type unread struct {
	text, remedy string
}

func (u *unread) Error() string { return u.text }

// load reads the text of a file.
func load(files network.Files, path string) (string, error) {
	f, err := files.Open(path, os.O_RDONLY, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var b strings.Builder
	if info, err := files.Stat(path); err == nil && info.Size() <= maxSize {
		b.Grow(int(info.Size()) + 1)
	}
	n, err := io.Copy(&b, io.LimitReader(f, maxSize+1))
	switch {
	case err != nil:
		return "", err
	case n > maxSize:
		return "", &unread{fmt.Sprintf("has over %d MiB, so it is no MIB file and was not read", maxSize>>20), ""}
	}
	return b.String(), check(b.String())
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
