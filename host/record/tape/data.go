package tape

import (
	"bytes"
	"io"
	"io/fs"

	"moonwire/host/record"
)

// Data wraps the files that come with a script; played, they are the record's.
func (t *Tape) Data(real fs.FS) fs.FS { return data{object{t, 0}, real} }

type data struct {
	object
	real fs.FS
}

// content is a file that came with a script.
type content struct {
	Info *info        `json:"info"`
	Data record.Bytes `json:"data,omitempty"`
}

// Open opens a plain file, or a folder, of which no list is kept.
func (d data) Open(name string) (fs.File, error) {
	c, err := asked(d.t, d.question("data.open", name), func() (content, error) { return d.read(name) })
	if err != nil {
		return nil, err
	}
	return &opened{bytes.NewReader(c.Data), c.Info}, nil
}

func (d data) read(name string) (c content, err error) {
	f, err := d.real.Open(name)
	if err != nil {
		return c, err
	}
	defer f.Close()
	i, err := f.Stat()
	if err != nil {
		return c, err
	}
	if c.Info = infoOf(i); i.IsDir() {
		return c, nil
	}
	c.Data, err = io.ReadAll(io.LimitReader(f, record.LargestFile))
	return c, err
}

// opened is an open file of a record.
type opened struct {
	*bytes.Reader
	info *info
}

func (o *opened) Stat() (fs.FileInfo, error) { return o.info, nil }
func (o *opened) Close() error               { return nil }
