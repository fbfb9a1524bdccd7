package transport

import (
	"errors"
	"fmt"
	"io"
)

// Frames cuts a stream into messages: each is a BER sequence, whose length stands in front (RFC 3430 section 2.1).
type Frames struct {
	buffer []byte // what came and belongs to no whole message yet
}

// LongestFrame is the longest message that a stream may carry.
const LongestFrame = 1 << 24

// sequence is the tag of every SNMP message.
const sequence = 0x30

// ErrNoMessage is what bytes are that don't begin as a message does: the stream can't be read on.
var ErrNoMessage = errors.New("the stream holds no SNMP message here")

// Next takes a whole message out of what has come; nil when there is none yet.
func (f *Frames) Next() ([]byte, error) {
	size, err := FrameSize(f.buffer)
	if err != nil || size == 0 || size > len(f.buffer) {
		return nil, err
	}
	b := f.buffer[:size:size]
	if f.buffer = f.buffer[size:]; len(f.buffer) == 0 {
		f.buffer = nil
	}
	return b, nil
}

// Fill reads what is there.
func (f *Frames) Fill(r io.Reader) error {
	room := buffers.Get().(*[Longest]byte)
	defer buffers.Put(room)
	n, err := r.Read(room[:])
	f.buffer = append(f.buffer, room[:n]...)
	if n > 0 {
		return nil
	}
	return err
}

// FrameSize is the length of the message that b begins with; 0 when too little of it is there to tell.
func FrameSize(b []byte) (int, error) {
	if len(b) > 0 && b[0] != sequence {
		return 0, fmt.Errorf("%w: it begins with the byte 0x%02x", ErrNoMessage, b[0])
	}
	if len(b) < 2 {
		return 0, nil
	}
	if b[1] < 0x80 {
		return 2 + int(b[1]), nil
	}
	count := int(b[1] & 0x7f)
	if count == 0 || count == 0x7f {
		return 0, fmt.Errorf("%w: its length is not definite", ErrNoMessage)
	}
	size := 0
	for i := range count {
		if 2+i >= len(b) {
			return 0, nil
		}
		if size = size<<8 | int(b[2+i]); size > LongestFrame {
			return 0, fmt.Errorf("%w: it is longer than %d bytes", ErrNoMessage, LongestFrame)
		}
	}
	return 2 + count + size, nil
}
