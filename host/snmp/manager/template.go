package manager

import (
	"bytes"
	"encoding/binary"

	"moonwire/host/snmp/message"
)

// A template is an encoded question whose request id is written anew for each agent.
type template struct {
	data []byte
	at   int // where the request id's four bytes stand
}

// newTemplate encodes a question.
func newTemplate(m message.Message) (*template, error) {
	var data [2][]byte
	for i, id := range []int32{1 << 30, 1<<31 - 1} {
		m.PDU.RequestID = id
		var err error
		if data[i], err = m.Encode(); err != nil {
			return nil, err
		}
	}
	at := 0
	for data[0][at] == data[1][at] { // the id is all that differs
		at++
	}
	return &template{bytes.Clone(data[0]), at}, nil
}

// with writes a request id of 31 bits; the result is valid until the next call.
func (t *template) with(id int32) []byte {
	binary.BigEndian.PutUint32(t.data[t.at:], uint32(id))
	return t.data
}
