package ber

import "encoding/binary"

// A head is what stands before the contents of an element, and how long they are.
type head struct {
	size       int // bytes of tag and length
	content    int // bytes of the contents
	trailer    int // bytes behind the contents that belong to the element
	indefinite bool
}

// readHead reads the tag and the length at the start of b. The fault completes a sentence that begins with the element.
// Contents may be longer than b.
func readHead(b []byte) (h head, fault string) {
	switch {
	case len(b) > 0 && b[0]&0x1f == 0x1f:
		return h, "has a tag of several bytes"
	case len(b) < 2:
		return h, "is cut short in its length"
	case b[1] < 0x80:
		return head{size: 2, content: int(b[1])}, ""
	case b[1] == 0x80:
		return indefinite(b)
	}
	n := int(b[1] & 0x7f)
	if len(b) < 2+n {
		return h, "is cut short in its length"
	}
	length := b[2 : 2+n]
	for len(length) > 4 && length[0] == 0 {
		length = length[1:]
	}
	if len(length) > 4 {
		return h, "has a length of more than 32 bits"
	}
	var wide [8]byte
	copy(wide[8-len(length):], length)
	size := binary.BigEndian.Uint64(wide[:])
	return head{size: 2 + n, content: int(min(size, 1<<31-1))}, ""
}

// indefinite finds the end of an element whose length is not told: two zeros at its own depth (X.690 section 8.1.3.6).
// One without an end takes all there is.
func indefinite(b []byte) (head, string) {
	if b[0]&0x20 == 0 {
		return head{}, "has an indefinite length without being constructed"
	}
	at, depth := 2, 1
	for len(b)-at >= 2 {
		rest := b[at:]
		if rest[0] == 0 && rest[1] == 0 {
			depth--
			if at += 2; depth == 0 {
				return head{size: 2, content: at - 4, trailer: 2, indefinite: true}, ""
			}
			continue
		}
		if rest[0]&0x20 != 0 && rest[0]&0x1f != 0x1f && rest[1] == 0x80 {
			depth++
			at += 2
			continue
		}
		if rest[1] == 0x80 {
			break
		}
		h, fault := readHead(rest)
		if fault != "" || h.content > len(rest)-h.size {
			break
		}
		at += h.size + h.content
	}
	return head{}, "has an indefinite length without an end"
}

// Count is how many elements follow each other in b, up to the first that can't be read.
func Count(b []byte) int {
	n := 0
	for len(b) > 0 {
		h, fault := readHead(b)
		if fault != "" || h.content > len(b)-h.size {
			break
		}
		b = b[h.size+h.content+h.trailer:]
		n++
	}
	return n
}
