package smi

import "strings"

// slab hands out values from larger pieces of memory: a module has thousands of small ones, which live and go together.
type slab[T any] struct{ free []T }

// piece is how many values a slab makes room for at once.
const piece = 64

// take is room for n values, next to each other.
func (s *slab[T]) take(n int) []T {
	if len(s.free) < n {
		s.free = make([]T, max(n, piece))
	}
	taken := s.free[:n:n]
	s.free = s.free[n:]
	return taken
}

// one is room for one value.
func (s *slab[T]) one() *T { return &s.take(1)[0] }

// namePiece is the room for names that is made at once, in bytes.
const namePiece = 4096

// names are copies of strings, side by side, so that none keeps the text of its file in memory.
type names struct{ b *strings.Builder }

// keep is a copy of s.
func (n *names) keep(s string) string {
	if n.b == nil || n.b.Cap()-n.b.Len() < len(s) {
		n.b = &strings.Builder{}
		n.b.Grow(max(namePiece, len(s)))
	}
	from := n.b.Len()
	n.b.WriteString(s)
	return n.b.String()[from:]
}
