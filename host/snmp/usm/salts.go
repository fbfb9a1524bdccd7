package usm

import "sync/atomic"

// Salts counts what Seal takes: a number for each encrypted message, never one twice under the same key.
type Salts struct{ last atomic.Uint64 }

// NewSalts counts on from start, which should be chosen by chance so that two runs don't meet.
func NewSalts(start uint64) *Salts {
	s := new(Salts)
	s.last.Store(start)
	return s
}

// Next is the next number.
func (s *Salts) Next() uint64 { return s.last.Add(1) }
