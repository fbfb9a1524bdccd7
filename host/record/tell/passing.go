package tell

import (
	"fmt"
	"io"
	"time"
)

// Passing are the frames of a lab, told one after the other between a record's events.
type Passing struct {
	frames *frames
	start  time.Time
	more   bool
}

// NewPassing reads a capture of a run that began at start.
func NewPassing(from io.Reader, start time.Time) (*Passing, error) {
	f, err := open(from)
	if err != nil {
		return nil, err
	}
	p := &Passing{frames: f, start: start}
	p.more, err = f.next()
	return p, err
}

// Until tells the frames that passed before a moment of the run, a line each.
func (p *Passing) Until(at time.Duration) (lines []string) {
	for p.more && p.frames.p.Time().Sub(p.start) < at {
		lines = append(lines, fmt.Sprintf("%11.6f  %s: %s", p.frames.p.Time().Sub(p.start).Seconds(), p.frames.link(), frameLine(p.frames.p.Data)))
		var err error
		if p.more, err = p.frames.next(); err != nil {
			return append(lines, "the capture is cut: "+err.Error())
		}
	}
	return lines
}
