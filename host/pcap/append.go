package pcap

import (
	"compress/gzip"
	"errors"
	"io"
)

// A File is what Append needs of a file.
type File interface {
	io.ReadWriteSeeker
	Truncate(size int64) error
}

// Append makes a writer that goes on where a capture file ends, in its format. A part of a packet at the end is cut off
// first. A file without a byte is begun as o says. A pcap file holds one link type: o.LinkType must be that one, or
// AnyLinkType.
func Append(f File, o WriterOptions) (*Writer, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	if size == 0 {
		if o.LinkType == AnyLinkType {
			o.LinkType = Ethernet
		}
		return NewWriter(f, o), nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	r, err := NewReader(f)
	if err != nil {
		return nil, err
	}
	if _, zipped := r.in.src.(*gzip.Reader); zipped {
		return nil, unsupported("a compressed file can't be appended to")
	}
	_, err = Count(r, nil)
	var fault *FormatError
	if err != nil && !(errors.As(err, &fault) && fault.Cut) {
		return nil, err
	}
	return r.continued(f, o)
}

// continued is a writer in the state that the reader's file ends in.
func (r *Reader) continued(f File, o WriterOptions) (*Writer, error) {
	if err := f.Truncate(r.good); err != nil {
		return nil, err
	}
	if _, err := f.Seek(r.good, io.SeekStart); err != nil {
		return nil, err
	}
	o.Format, o.Gzip = r.format, false
	w := NewWriter(&tail{f, r.good}, o)
	w.started, w.big, w.interfaces, w.first = true, r.big, r.interfaces, r.first
	if r.format == Pcap {
		i := &w.interfaces[0]
		if o.LinkType != AnyLinkType && o.LinkType != i.LinkType {
			return nil, unsupported("the file has link type %s, not %s", LinkTypeName(i.LinkType), LinkTypeName(o.LinkType))
		}
		w.o.LinkType, w.o.Nano = i.LinkType, r.old.scale == 1
		if r.old.head != 16 || r.old.swapped != nil {
			return nil, unsupported("a pcap file of an old kind can't be appended to")
		}
	}
	return w, nil
}

// AnyLinkType takes packets to a file whatever its link type.
const AnyLinkType = -1

// A tail is a file behind a part of it.
type tail struct {
	File
	before int64
}

func (t *tail) Truncate(size int64) error { return t.File.Truncate(t.before + size) }
