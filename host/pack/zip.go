package pack

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math/bits"
	"slices"
	"strings"
	"unicode"
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

	// What Write gives every entry: made on Unix by version 2.0 of the format, which is enough to read it, a plain file with
	// the date firstDay and without a time, and no flag but that the name is UTF-8.
	writtenBy  = 3<<8 | needed
	needed     = 20
	attributes = 0o100644 << 16
	utf8Name   = 1 << 11
)

// firstDay is 1 January 1980 as zips have dates, the first that they can have.
const firstDay = 1<<5 | 1

// An entry is one file of a zip.
type entry struct {
	name           string
	method         uint16
	crc            uint32
	packed, size   int64
	header, offset int64 // of the local header, and of the data behind it
}

// readDirectory finds the entries of a zip that is plain: one volume, no comment, no 64-bit records, nothing before,
// between or behind its entries, and no field other than Write would have it. So all programs see the same files in it,
// and not one of its bits may change.
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
	case word(8)&^utf8Name != 0:
		return nil, nil, refuseEntry(e.name, "encrypted, streamed or patched (zip flags %#x)", word(8))
	case e.method != stored && e.method != deflated:
		return nil, nil, refuseEntry(e.name, "compressed in another way than deflate (zip method %d)", e.method)
	case word(34) != 0:
		return nil, nil, refuseEntry(e.name, "on another volume")
	case !isRegular(word(4), long(38)):
		return nil, nil, refuseEntry(e.name, "not a plain file")
	case e.method == stored && e.packed != e.size:
		return nil, nil, refuseEntry(e.name, "stored, yet its two sizes differ (%d, %d)", e.packed, e.size)
	case word(4) != writtenBy || word(36) != 0 || long(38) != attributes || !asWritten(directory[6:32], e.name):
		return nil, nil, refuseEntry(e.name, "%s", notAsWritten)
	}
	return e, directory[total:], nil
}

// notAsWritten is what is wrong with an entry that says more, or something else, than Write does.
const notAsWritten = "altered, or not packed by moonwire: a version, flag, date, attribute or extra field that no pack has"

// asWritten looks at the fields that both headers of an entry begin with, from the version on (section 4.4).
func asWritten(fields []byte, name string) bool {
	word := func(at int) uint16 { return binary.LittleEndian.Uint16(fields[at:]) }
	return word(0) == needed && word(2) == flagsOf(name) && word(6) == 0 && word(8) == firstDay && word(24) == 0
}

// flagsOf are the flags of an entry of that name.
func flagsOf(name string) uint16 {
	if strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) {
		return utf8Name
	}
	return 0
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
	nameSize := int64(binary.LittleEndian.Uint16(b[26:]))
	if e.offset = e.header + localSize + nameSize; e.offset+e.packed > end {
		return refuseEntry(e.name, "lies outside of the pack")
	}
	name, err := readAt(r, e.header+localSize, nameSize)
	if err != nil {
		return err
	}
	same := binary.LittleEndian.Uint32(b) == localSignature &&
		binary.LittleEndian.Uint16(b[8:]) == e.method && binary.LittleEndian.Uint32(b[14:]) == e.crc &&
		int64(binary.LittleEndian.Uint32(b[18:])) == e.packed && int64(binary.LittleEndian.Uint32(b[22:])) == e.size &&
		string(name) == e.name
	switch {
	case !same:
		return refuseEntry(e.name, "altered: it and the zip directory contradict each other")
	case !asWritten(b[4:], e.name):
		return refuseEntry(e.name, "%s", notAsWritten)
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
	case err != nil || int64(len(data)) != size || in.Len() > 0:
		return nil, refuse("it doesn't unpack to its %d bytes", size)
	case isFilled(packed):
		return nil, refuse("a bit is set that says nothing")
	}
	return data, nil
}

// isFilled says whether bits are set among those that no program reads: they stand before the lengths of the empty block
// that Write ends with (RFC 1951 section 3.2.4). Without such a bit it unpacks all the same. The last bit of an honest one
// says that the block is the last.
func isFilled(packed []byte) bool {
	lengths := len(packed) - 4
	if lengths < 1 || !bytes.Equal(packed[lengths:], []byte{0, 0, 0xff, 0xff}) || packed[lengths-1] == 0 {
		return false
	}
	without := slices.Clone(packed)
	without[lengths-1] &^= 1 << (bits.Len8(packed[lengths-1]) - 1)
	_, err := io.Copy(io.Discard, flate.NewReader(bytes.NewReader(without)))
	return err == nil
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
