package tool

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
)

// Load commands of a Mach-O file (mach-o/loader.h) and parts of a signature (cs_blobs.h). The commands are
// little-endian, the signature big-endian.
const (
	machoHeader     = 32
	loadSymtab      = 0x2
	loadSegment64   = 0x19
	loadSignature   = 0x1d
	pageOfSegment   = 16 << 10
	signatureAlign  = 16
	superBlobSize   = 12 + 8
	superBlobMagic  = 0xfade0cc0
	directoryMagic  = 0xfade0c02
	directorySize   = 88 // of version 0x20400
	directoryFormat = 0x20400
	adHoc           = 0x2
	linkerSigned    = 0x20000
	hashSHA256      = 2
	pageBits        = 12 // of the pages that are hashed
	mainBinary      = 1
)

// A machoFile is where the load commands that matter begin; 0 for one that isn't there.
type machoFile struct{ symtab, linkedit, text, signature int }

var errMacho = errors.New("its layout is not that of a Go program for macOS")

func commandsOf(b []byte) (m machoFile, err error) {
	le := binary.LittleEndian
	at := machoHeader
	for range le.Uint32(b[16:]) {
		if at+8 > len(b) {
			return m, errCut
		}
		size := int(le.Uint32(b[at+4:]))
		if size < 8 || at+size > len(b) {
			return m, errCut
		}
		switch le.Uint32(b[at:]) {
		case loadSymtab:
			m.symtab = at
		case loadSignature:
			m.signature = at
		case loadSegment64:
			switch name := string(b[at+8 : at+24]); {
			case name[:10] == "__LINKEDIT":
				m.linkedit = at
			case name[:7] == "__TEXT\x00":
				m.text = at
			}
		}
		at += size
	}
	if m.symtab == 0 || m.linkedit == 0 || m.text == 0 {
		return m, errMacho
	}
	return m, nil
}

// appendMacho puts the pack behind the table of strings, which is the last thing in the last segment, and makes both so
// much longer. base is the whole file, out the part of it before an earlier pack; the slot is at slotAt.
func appendMacho(out, base, payload []byte, slotAt int) ([]byte, error) {
	m, err := commandsOf(base)
	if err != nil {
		return nil, err
	}
	le := binary.LittleEndian
	var identity []byte
	if m.signature != 0 {
		begin, size := int(le.Uint32(base[m.signature+8:])), int(le.Uint32(base[m.signature+12:]))
		if begin+size > len(base) {
			return nil, errCut
		}
		if identity, err = identityIn(base[begin : begin+size]); err != nil {
			return nil, err
		}
		out = out[:min(len(out), begin)]
	}
	strings, stringsSize := int(le.Uint32(base[m.symtab+16:])), int(le.Uint32(base[m.symtab+20:]))
	if gap := len(out) - strings - stringsSize; len(out) == len(base) && gap != 0 || m.signature != 0 && le.Uint64(base[slotAt+lengthAt:]) == 0 && (gap < 0 || gap >= signatureAlign) {
		return nil, errMacho
	}
	setPlace(out[slotAt:], len(out), len(payload))
	out = append(out, payload...)
	for len(out)%signatureAlign != 0 {
		out = append(out, 0)
	}
	le.PutUint32(out[m.symtab+20:], uint32(len(out)-strings))
	end := len(out)
	if m.signature != 0 {
		end += signatureSize(len(out), identity)
		le.PutUint32(out[m.signature+8:], uint32(len(out)))
		le.PutUint32(out[m.signature+12:], uint32(end-len(out)))
	}
	length := uint64(end) - le.Uint64(out[m.linkedit+40:])
	le.PutUint64(out[m.linkedit+32:], (length+pageOfSegment-1)/pageOfSegment*pageOfSegment)
	le.PutUint64(out[m.linkedit+48:], length)
	if m.signature != 0 {
		out = append(out, signature(out, identity, le.Uint64(out[m.text+40:]), le.Uint64(out[m.text+48:]))...)
	}
	return out, nil
}

// identityIn is the name that a signature gives the program. Only signatures without a certificate can be made anew.
func identityIn(blob []byte) ([]byte, error) {
	be := binary.BigEndian
	if len(blob) < superBlobSize+directorySize || be.Uint32(blob) != superBlobMagic || be.Uint32(blob[8:]) != 1 ||
		be.Uint32(blob[superBlobSize:]) != directoryMagic || be.Uint32(blob[superBlobSize+12:])&adHoc == 0 {
		return nil, errSigned
	}
	name := blob[superBlobSize+directorySize:]
	for i, c := range name {
		if c == 0 {
			return name[:i:i], nil
		}
	}
	return nil, errMacho
}

func pages(size int) int { return (size + 1<<pageBits - 1) >> pageBits }

func signatureSize(size int, identity []byte) int {
	return superBlobSize + directorySize + len(identity) + 1 + pages(size)*sha256.Size
}

// signature is the one that Go's linker makes: without a certificate, a hash for each page.
func signature(code, identity []byte, textAt, textSize uint64) []byte {
	be := binary.BigEndian
	size := signatureSize(len(code), identity)
	b := make([]byte, 0, size)
	hashes := uint32(directorySize + len(identity) + 1)
	for _, word := range []uint32{superBlobMagic, uint32(size), 1, 0, superBlobSize,
		directoryMagic, uint32(size - superBlobSize), directoryFormat, adHoc | linkerSigned, hashes, directorySize, 0, uint32(pages(len(code))), uint32(len(code)),
		sha256.Size<<24 | hashSHA256<<16 | pageBits, 0, 0, 0, 0} {
		b = be.AppendUint32(b, word)
	}
	b = be.AppendUint64(b, 0) // the length again, of files over 4 GiB
	b = be.AppendUint64(b, textAt)
	b = be.AppendUint64(b, textSize)
	b = be.AppendUint64(b, mainBinary)
	b = append(append(b, identity...), 0)
	for len(code) > 0 {
		n := min(len(code), 1<<pageBits)
		sum := sha256.Sum256(code[:n])
		b, code = append(b, sum[:]...), code[n:]
	}
	return b
}
