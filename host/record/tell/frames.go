package tell

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"moonwire/host/pcap"
)

// A FrameDifference is the first frame in which two captures differ.
type FrameDifference struct {
	At   time.Time // when it was sent, in the capture that has it
	Text string
}

// Captures compares two captures frame by frame: when, on which link, what. nil: they are equal. Where the run was cut
// short, frames that are missing at its end are none of its differences.
func Captures(want, got io.Reader, short bool) (*FrameDifference, error) {
	a, err := open(want)
	if err != nil {
		return nil, err
	}
	b, err := open(got)
	if err != nil {
		return nil, err
	}
	for n := 1; ; n++ {
		moreA, err := a.next()
		if err != nil {
			return nil, err
		}
		moreB, err := b.next()
		switch {
		case err != nil:
			return nil, err
		case !moreA && !moreB, !moreB && short:
			return nil, nil
		case !moreB:
			return &FrameDifference{a.p.Time(), fmt.Sprintf("frame %d is missing:\n- %s\n", n, a)}, nil
		case !moreA:
			return &FrameDifference{b.p.Time(), fmt.Sprintf("frame %d is one more:\n+ %s\n", n, b)}, nil
		}
		if text := differ(a, b); text != "" {
			at := a.p.Time()
			if b.p.Time().Before(at) {
				at = b.p.Time()
			}
			return &FrameDifference{at, fmt.Sprintf("frame %d differs (- recorded, + now)\n%s", n, text)}, nil
		}
	}
}

// frames is a capture that is read.
type frames struct {
	r *pcap.Reader
	p pcap.Packet
}

func open(from io.Reader) (*frames, error) {
	r, err := pcap.NewReader(from)
	if err != nil {
		return nil, err
	}
	return &frames{r: r}, nil
}

// next reads a frame.
func (f *frames) next() (bool, error) {
	err := f.r.Next(&f.p)
	if err == io.EOF {
		return false, nil
	}
	return err == nil, err
}

// String is the frame in one line: when, on which link, what.
func (f *frames) String() string {
	text := fmt.Sprintf("%s %s %s", f.p.Time().UTC().Format("15:04:05.000000"), f.link(), frameLine(f.p.Data))
	for _, c := range f.p.Comments() {
		text += " -- " + c
	}
	return text
}

// link is the name of the frame's.
func (f *frames) link() string {
	if list := f.r.Interfaces(); f.p.Interface < len(list) {
		return list[f.p.Interface].Name
	}
	return ""
}

// differ says in what two frames differ; "" when they don't.
func differ(a, b *frames) string {
	if a.String() == b.String() && a.p.Time().Equal(b.p.Time()) && bytes.Equal(a.p.Data, b.p.Data) {
		return ""
	}
	text := fmt.Sprintf("- %s\n+ %s\n", a, b)
	if fields := Frames(a.p.Data, b.p.Data); !bytes.Equal(a.p.Data, b.p.Data) {
		text += strings.SplitN(fields, "\n", 3)[2] + "\n"
	}
	return text
}
