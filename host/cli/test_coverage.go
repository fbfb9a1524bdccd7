package cli

import (
	"bytes"
	"io"

	"moonwire/host/test"
	"moonwire/host/whole"
)

// covered writes which lines ran: a summary beside the report, the counts into the file that was asked for, and the source
// with marks into another.
func (t *testing) covered(c test.Coverage) error {
	if t.cover == "" {
		return nil
	}
	out := t.streams.Out
	if t.reporter != "" && t.report == "" {
		out = t.streams.Err // a program reads the report
	}
	c.Text(out)
	if err := written(t.cover, c.LCOV); err != nil {
		return err
	}
	return written(t.cover+".txt", c.Marked)
}

// written writes a file.
func written(name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return whole.Write(name, b.Bytes())
}
