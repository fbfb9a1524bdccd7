package pack

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
)

// Layout of a zip (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16), all numbers little-endian.
const (
	localSignature     = 0x04034b50
	directorySignature = 0x02014b50
	endSignature       = 0x06054b50

	localSize     = 30
	directorySize = 46
	endSize       = 22

	stored   = 0
	deflated = 8

	// Flags that a plain entry may have: how hard the deflater tried, and that the name is UTF-8.
	plainFlags = 1<<1 | 1<<2 | 1<<11
)

// An entry is one file of a zip.
type entry struct {
	name           string
	method         uint16
	crc            uint32
	packed, size   int64
	header, offset int64 // of the local header, and of the data behind it
}

// readDirectory finds the entries of a zip that is plain: one volume, no comment, no 64-bit records, nothing before,
// between or behind its entries. So all programs see the same files in it.
func readDirectory(r io.ReaderAt, size int64) ([]*entry, error) {
	switch {
	case size > maxPacked:
		return nil, refuse("%d bytes are more than a pack may have (%d)", size, maxPacked)
	case size < endSize:
		return nil, refuse("not a pack: %d bytes are too few", size)
	}
	end, err := readAt(r, size-endSize, endSize)
	if err != nil {
		return nil, err
	}
	if binary.LittleEndian.Uint32(end) != endSignature {
		return nil, refuse("not a pack, or cut off: no zip directory at its end")
	}
	count, length, start := int(binary.LittleEndian.Uint16(end[10:])), int64(binary.LittleEndian.Uint32(end[12:])), int64(binary.LittleEndian.Uint32(end[16:]))
	switch {
	case !allZero(end[4:8]) || !bytes.Equal(end[8:10], end[10:12]) || !allZero(end[20:]):
		return nil, refuse("a zip of several volumes, with 64-bit records or with a comment")
	case start+length != size-endSize:
		return nil, refuse("cut off or altered: the zip directory isn't where it should be")
	case count > maxEntries:
		return nil, refuse("%d files are more than a pack may have (%d)", count, maxEntries)
	case length < int64(count)*directorySize:
		return nil, refuse("altered: the zip directory is too short for %d files", count)
	case length > int64(count)*(directorySize+2*maxPath):
		return nil, refuse("altered: the zip directory is too long for %d files", count)
	}
	directory, err := readAt(r, start, length)
	if err != nil {
		return nil, err
	}
	entries := make([]*entry, count)
	for i := range entries {
		if entries[i], directory, err = nextEntry(directory); err != nil {
			return nil, err
		}
	}
	if len(directory) > 0 {
		return nil, refuse("altered: %d bytes too many in the zip directory", len(directory))
	}
	return entries, locate(r, entries, start)
}

// nextEntry reads the first record of a directory.
func nextEntry(directory []byte) (*entry, []byte, error) {
	if len(directory) < directorySize || binary.LittleEndian.Uint32(directory) != directorySignature {
		return nil, nil, refuse("altered: a broken record in the zip directory")
	}
	word := func(at int) uint16 { return binary.LittleEndian.Uint16(directory[at:]) }
	long := func(at int) uint32 { return binary.LittleEndian.Uint32(directory[at:]) }
	nameSize, extraSize := int(word(28)), int(word(30))
	total := directorySize + nameSize + extraSize
	if word(32) != 0 || len(directory) < total {
		return nil, nil, refuse("altered: a broken record in the zip directory")
	}
	e := &entry{
		name: string(directory[directorySize : directorySize+nameSize]), method: word(10), crc: long(16),
		packed: int64(long(20)), size: int64(long(24)), header: int64(long(42)),
	}
	switch {
	case word(8)&^plainFlags != 0:
		return nil, nil, refuseEntry(e.name, "encrypted, streamed or patched (zip flags %#x)", word(8))
	case e.method != stored && e.method != deflated:
		return nil, nil, refuseEntry(e.name, "compressed in another way than deflate (zip method %d)", e.method)
	case word(34) != 0:
		return nil, nil, refuseEntry(e.name, "on another volume")
	case !isRegular(word(4), long(38)):
		return nil, nil, refuseEntry(e.name, "not a plain file")
	case e.method == stored && e.packed != e.size:
		return nil, nil, refuseEntry(e.name, "stored, yet its two sizes differ (%d, %d)", e.packed, e.size)
	}
	if err := checkExtra(directory[directorySize+nameSize : total]); err != nil {
		return nil, nil, refuseEntry(e.name, "%s", err)
	}
	return e, directory[total:], nil
}

// isRegular says whether the attributes that a system gave an entry are those of a file (sections 4.4.2 and 4.4.15).
func isRegular(madeBy uint16, attributes uint32) bool {
	const (
		unix, darwin = 3, 19
		typeMask     = 0o170000
		regular      = 0o100000
		dosFolder    = 1 << 4
		dosLabel     = 1 << 3
	)
	if system := madeBy >> 8; system == unix || system == darwin {
		kind := attributes >> 16 & typeMask
		return kind == 0 || kind == regular
	}
	return attributes&(dosFolder|dosLabel) == 0
}

// checkExtra refuses extra fields that would change an entry's name or sizes (sections 4.5.3 and 4.6.9).
func checkExtra(extra []byte) error {
	const zip64, unicodePath = 0x0001, 0x7075
	for len(extra) > 0 {
		if len(extra) < 4 {
			return refuse("a broken extra field")
		}
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		switch {
		case len(extra) < 4+n:
			return refuse("a broken extra field")
		case id == zip64:
			return refuse("has 64-bit sizes")
		case id == unicodePath:
			return refuse("has a second name")
		}
		extra = extra[4+n:]
	}
	return nil
}

// locate finds the entries' data. They fill the zip from its first byte up to its directory.
func locate(r io.ReaderAt, entries []*entry, end int64) error {
	inOrder := slices.Clone(entries)
	slices.SortStableFunc(inOrder, func(a, b *entry) int { return int(a.header - b.header) })
	var at int64
	for _, e := range inOrder {
		switch {
		case e.header < at:
			return refuseEntry(e.name, "overlaps another file")
		case e.header > at:
			return refuseEntry(e.name, "%d hidden bytes lie before it", e.header-at)
		}
		if err := e.locate(r, end); err != nil {
			return err
		}
		at = e.offset + e.packed
	}
	if at != end {
		return refuse("%d hidden bytes lie before the zip directory", end-at)
	}
	return nil
}

// locate reads the local header, which must say what the directory says.
func (e *entry) locate(r io.ReaderAt, end int64) error {
	if e.header+localSize > end {
		return refuseEntry(e.name, "lies outside of the pack")
	}
	b, err := readAt(r, e.header, localSize)
	if err != nil {
		return err
	}
	nameSize, extraSize := int64(binary.LittleEndian.Uint16(b[26:])), int64(binary.LittleEndian.Uint16(b[28:]))
	if e.offset = e.header + localSize + nameSize + extraSize; e.offset+e.packed > end {
		return refuseEntry(e.name, "lies outside of the pack")
	}
	more, err := readAt(r, e.header+localSize, nameSize+extraSize)
	if err != nil {
		return err
	}
	same := binary.LittleEndian.Uint32(b) == localSignature && binary.LittleEndian.Uint16(b[6:])&^plainFlags == 0 &&
		binary.LittleEndian.Uint16(b[8:]) == e.method && binary.LittleEndian.Uint32(b[14:]) == e.crc &&
		int64(binary.LittleEndian.Uint32(b[18:])) == e.packed && int64(binary.LittleEndian.Uint32(b[22:])) == e.size &&
		string(more[:nameSize]) == e.name && checkExtra(more[nameSize:]) == nil
	if !same {
		return refuseEntry(e.name, "altered: it and the zip directory contradict each other")
	}
	return nil
}

// read unpacks an entry.
func (e *entry) read(r io.ReaderAt) ([]byte, error) {
	packed, err := readAt(r, e.offset, e.packed)
	if err != nil {
		return nil, err
	}
	data := packed
	if e.method == deflated {
		if data, err = inflate(packed, e.size); err != nil {
			return nil, refuseEntry(e.name, "altered: %s", err)
		}
	}
	if crc32.ChecksumIEEE(data) != e.crc {
		return nil, refuseEntry(e.name, "altered: its checksum is wrong")
	}
	return data, nil
}

// inflate unpacks to exactly size bytes.
func inflate(packed []byte, size int64) ([]byte, error) {
	in := bytes.NewReader(packed)
	z := flate.NewReader(in)
	data, err := io.ReadAll(io.LimitReader(z, size+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(data)) != size || in.Len() > 0:
		return nil, refuse("it doesn't unpack to its %d bytes", size)
	}
	return data, nil
}

// readAt reads exactly n bytes.
func readAt(r io.ReaderAt, at, n int64) ([]byte, error) {
	b := make([]byte, n)
	if got, err := r.ReadAt(b, at); int64(got) < n {
		if err == io.EOF {
			return nil, refuse("cut off")
		}
		return nil, err
	}
	return b, nil
}

func allZero(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }
