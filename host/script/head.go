package script

import (
	"bytes"
	"io"
)

// headPiece is how much of a file is read at once: more than most headers have.
const headPiece = 4 << 10

// ReadHead reads the lines at the top of a script that may be its header, and little more.
func ReadHead(r io.Reader) (string, error) {
	var text []byte
	at := 0 // where the first line begins that hasn't been looked at
	for {
		text = append(text, make([]byte, headPiece)...)
		n, err := io.ReadFull(r, text[len(text)-headPiece:])
		text = text[:len(text)-headPiece+n]
		for {
			line, _, whole := bytes.Cut(text[at:], []byte("\n"))
			if !whole {
				break
			}
			if at > 0 && !bytes.HasPrefix(line, []byte("--")) {
				return string(text[:at]), nil
			}
			at += len(line) + 1
		}
		switch {
		case err == io.EOF, err == io.ErrUnexpectedEOF:
			return string(text), nil
		case err != nil:
			return "", err
		case len(text)-at > 1<<20:
			return string(text[:at]), nil // no line of a header is that long
		}
	}
}
