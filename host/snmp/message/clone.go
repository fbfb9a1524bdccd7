package message

import (
	"bytes"
	"slices"
)

// Clone makes a message that shares nothing that is ever written to.
func (m *Message) Clone() *Message {
	c := *m
	c.Problems = slices.Clone(m.Problems)
	if m.V3 != nil {
		v3 := *m.V3
		v3.Security.Auth = bytes.Clone(v3.Security.Auth)
		c.V3 = &v3
	}
	if m.PDU != nil {
		p := *m.PDU
		p.Vars = slices.Clone(p.Vars)
		if p.Trap != nil {
			t := *p.Trap
			p.Trap = &t
		}
		c.PDU = &p
	}
	return &c
}
